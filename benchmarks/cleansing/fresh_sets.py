"""Fresh sets for the English recognisers, one half to read (dev) and one that nobody reads (blind), each a directory for CleansingFigures:

    PYTHONHASHSEED=0 python fresh_sets.py PRESIDIO_RESEARCH SHARED_ROWS OUT MANUALS...

PRESIDIO_RESEARCH  checkout of microsoft/presidio-research (MIT): templates, organisations, nationalities, its invented people (FakeNameGenerator, CC BY-SA 3.0)
SHARED_ROWS        en_presidio_synthetic.jsonl: templates that occur in it are the half to read, the others the blind half
MANUALS            checkouts of manuals without persons, named OWNER+NAME; their *.md are dealt by the hash of that and the path

pip install faker==40.63.0 mimesis pyyaml. Writes OUT/{us,locales,own,manuals}-{dev,blind}. The rows of own are dealt by the hash of their template, which one author wrote.
"""

import ast, csv, glob, hashlib, json, os, random, re, sys, unicodedata
from datetime import date, datetime

import yaml
from faker import Faker
from mimesis import Address, Person
from mimesis.locales import Locale

REPOSITORY, SHARED, OUT = sys.argv[1:4]
MANUALS = sys.argv[4:]
RAW = REPOSITORY + "/presidio_evaluator/data_generator/raw_data/"


def half(key):
    return ("dev", "blind")[int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2]


def write(name, rows, file):
    for side in ("dev", "blind"):
        path = f"{OUT}/{name}-{side}/{file}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            for where, row in rows:
                if where == side:
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")


# --- rows of the public generator's templates ---


def skeleton(text):
    return re.sub(r"[\s\0]*\0[\s\0]*", "\0", re.sub(r"\s+", " ", text)).lower()


def seen_templates(templates):
    known = {}
    for number, template in enumerate(templates):
        known.setdefault(skeleton(re.sub(r"\{\{.*?\}\}", "\0", template)), []).append(number)
    seen = set()
    for line in open(SHARED, encoding="utf-8"):
        row = json.loads(line)
        bare, end = "", 0
        for span in sorted(row["spans"], key=lambda s: s["start"]):
            bare += row["text"][end : span["start"]] + "\0"
            end = span["end"]
        seen.update(known.get(skeleton(bare + row["text"][end:]), []))
    return seen


T = [l.strip() for l in open(RAW + "templates.txt").read().splitlines()]
T = [re.sub(r"\{\{(.*?)\}\}", lambda m: "{{" + m.group(1).strip().lower() + "}}", t.replace("<", "{{").replace(">", "}}")).replace("\\n", "\n") for t in T]
R = list(csv.DictReader(open(RAW + "FakeNameGenerator.com_3000.csv", encoding="utf-8-sig")))
ORG = [l.strip() for l in open(RAW + "companies_and_organizations.csv").read().splitlines()[1:] if l.strip()]
NAT = list(csv.DictReader(open(RAW + "nationalities.csv", encoding="utf-8-sig")))
LIC = yaml.safe_load(open(RAW + "us_driver_license_format.yaml"))["en"]["faker"]["driving_license"]["usa"]


def literal(name):
    """What the public generator's providers hold under a name: its addresses and telephone numbers have these formats."""
    source = open(REPOSITORY + "/presidio_evaluator/data_generator/faker_extensions/providers.py", encoding="utf-8").read()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            value = node.value.args[0] if isinstance(node.value, ast.Call) else node.value
            found = ast.literal_eval(value)
            if name != "formats" or len(found) > 20:
                return list(found)
    raise SystemExit("providers.py has no " + name)


AF = literal("address_formats")
PF = literal("formats")
LABELS = """
PERSON: person name_female name last_name last_name_male last_name_female first_name first_name_male first_name_female name_male first_name_nonbinary
IP_ADDRESS: ip_address
DRIVERS_LICENSE: us_driver_license
ORGANIZATION: organization
STREET_ADDRESS: address street_name building_number postcode secondary_address
GPE: country state city state_abbr
CREDIT_CARD: credit_card_number
IBAN_CODE: iban
PHONE_NUMBER: phone_number
DOMAIN_NAME: url
US_SSN: ssn
EMAIL_ADDRESS: email
DATE_TIME: date_time date_of_birth day_of_week year
TITLE: prefix_male prefix_female prefix job
NRP: nationality nation_woman nation_man nation_plural
ZIP_CODE: zipcode
AGE: age
"""
MAP = {name: line.split(":")[0] for line in LABELS.strip().splitlines() for name in line.split(": ")[1].split()}
RECORD = """
first_name=GivenName last_name=Surname street_name=StreetAddress city=City state=StateFull state_abbr=State zipcode=ZipCode country=CountryFull
email=EmailAddress phone_number=TelephoneNumber date_of_birth=Birthday job=Occupation prefix=Title
"""


def generated(seed, n, locales, out):
    rnd = random.Random(seed)
    us = Faker("en_US")
    us.seed_instance(seed)
    DATES = {
        "date_time": lambda: us.date_time_between(datetime(1990, 1, 1), datetime(2026, 1, 1)),
        "date_of_birth": lambda: us.date_between(date(1940, 1, 1), date(2005, 1, 1)),
        "year": lambda: rnd.randrange(1975, 2026),
    }
    fs = [Faker(l) for l in locales]
    for i, f in enumerate(fs):
        f.seed_instance(seed + i)
    rows = []
    for k in range(n):
        tid = rnd.randrange(len(T))
        t = T[tid]
        loc = rnd.randrange(len(fs))
        f = fs[loc]
        fng = locales[loc] == "en_US"
        rec = {}
        if fng:
            r = rnd.choice(R)
            nm = f"{r['GivenName']} {r['Surname']}" if rnd.random() > 0.2 else f"{r['GivenName']} {r['MiddleInitial']}{rnd.choice([' ','. '])}{r['Surname']}"
            rec = {"person": nm, "name": nm, **{a: r[b] for a, b in (pair.split("=") for pair in RECORD.split())}}
            if r["Gender"] == "female":
                rec.update(name_female=nm, first_name_female=r["GivenName"], last_name_female=r["Surname"], prefix_female=r["Title"])
            else:
                rec.update(name_male=nm, first_name_male=r["GivenName"], last_name_male=r["Surname"], prefix_male=r["Title"])
            rec = {a: b for a, b in rec.items() if b}

        def val(x):
            if x in rec:
                return rec.pop(x)
            if x in ("person", "name", "name_male", "name_female"):
                g = {"name_male": "first_name_male", "name_female": "first_name_female"}.get(x, "first_name")
                return f"{getattr(f,g)()} {f.last_name()}"
            if x == "organization":
                return rnd.choice(ORG)
            if x in ("nationality", "nation_man", "nation_woman", "nation_plural"):
                r = rnd.choice(NAT)
                v = r[{"nationality": "nationality", "nation_man": "man", "nation_woman": "woman", "nation_plural": "plural"}[x]]
                return v if rnd.random() < 0.2 else v.capitalize()
            if x == "us_driver_license":
                return us.bothify(rnd.choice(LIC[rnd.choice(sorted(LIC))]))
            if x == "ip_address":
                return us.ipv4() if rnd.random() < 0.8 else us.ipv6()
            if x == "age":
                return us.numerify(rnd.choices(["%#", "%", "1.%", "2.%", "100", "101"], [0.8, 0.1, 0.02, 0.02, 0.02, 0.01])[0])
            if x == "address":
                if not fng and rnd.random() < 0.6:
                    return f.address()
                return re.sub(r"\{\{(\w+)\}\}", lambda m: str(val2(m.group(1))), rnd.choices([a for a, _ in AF], [b for _, b in AF])[0])
            if x == "phone_number":
                return f.phone_number() if not fng else us.numerify(rnd.choice(PF))
            return val2(x)

        def val2(x):
            x = {"credit_card_number": "credit_card_number", "zipcode": "postcode", "birthday": "date_of_birth", "url": "url"}.get(x, x)
            if x in (
                "military_apo",
                "military_ship",
                "military_dpo",
                "military_state",
                "country",
                "state",
                "state_abbr",
                "secondary_address",
                "job",
                "prefix",
                "prefix_male",
                "prefix_female",
                "first_name_nonbinary",
                "ssn",
                "iban",
                "credit_card_number",
                "year",
                "day_of_week",
                "date_time",
                "date_of_birth",
                "email",
                "url",
            ):
                v = DATES[x]() if x in DATES else getattr(us, x)()
            else:
                v = getattr(f, x)()
            return str(v)

        o = ""
        p = 0
        sp = []
        for m in re.finditer(r"\{\{(\w+)\}\}", t):
            o += t[p : m.start()]
            v = str(val(m.group(1)))
            lab = MAP.get(m.group(1), m.group(1).upper())
            if lab == "PERSON" and rnd.random() < 0.03:
                v = v.lower()
            sp.append(dict(label=lab, start=len(o), end=len(o) + len(v), text=v))
            o += v
            p = m.end()
        o += t[p:]
        where = "dev" if tid in seen else "blind"
        rows.append((where, dict(id=f"{out}{k}", text=o, spans=[s for s in sp if s["label"] not in ("DOMAIN_NAME",)])))
    write(out, rows, "pii/en_presidio_synthetic.jsonl")


seen = seen_templates(T)
generated(20281, 1500, ["en_US"], "us")
generated(41237, 1500, ["en_GB", "en_IN", "en_AU", "en_CA", "es", "de", "fr", "it", "nl", "pl"], "locales")


# --- rows of our own templates ---
LOCS = [Locale.EN] * 6 + [
    Locale.EN_GB,
    Locale.EN_AU,
    Locale.EN_CA,
    Locale.DE,
    Locale.FR,
    Locale.ES,
    Locale.IT,
    Locale.NL,
    Locale.PL,
    Locale.SV,
    Locale.TR,
    Locale.PT_BR,
    Locale.CS,
    Locale.DA,
    Locale.FI,
    Locale.HU,
]
EXTRA = """
Siobhan O'Hanlon | Thandeka Mabuza | Ludo van der Heijden | Maria de la Fuente | Omar al-Rashidi | Jean-Luc Perrault | Anneke van den Berg | Dmitri
Volkonsky | Chidinma Okwuosa | Xiuying Zhao | Rajagopal Venkatesan | Mei-Ling Hsu | Fionnuala Mac Giolla | Giorgos Papadimas | Yusuf bin Hassan |
Tomasz Wierzbicki | Kwabena Asare-Bediako | Priyanka Chatterji | Hyun-woo Seo | Ingrid Aasland
"""
EXTRA = [part.strip() for part in EXTRA.replace("\n", " ").split("|")]
ORGS = """
Brightwater Dental | Cobalt Freight | Hollis & Marr | Northgate Pharmacy | Tidewell Water | Ostrava Bearings | Larkspur Hospice | Quillon Press |
Fenwick Timber Ltd | Meridian Biologics Inc. | Zaltan Software GmbH | Pemberton Credit Union | Arbor Lane Elementary School | St. Brigid's Hospital |
Kestrel Logistics LLC | Vantec Motors | Halden Insurance | Orchid Bay Hotel | Riverton City Council | Lumen Studios | Ardent Capital Partners | Sable
Ridge Winery | The Copper Kettle | Novaline Telecom | Dunmore University | Pike Street Bakery | Wexcom | Tri-County Electric Cooperative
"""
ORGS = [part.strip() for part in ORGS.replace("\n", " ").split("|")]
PEOPLES = """
Lithuanian | Kenyan | Nigerian | Uruguayan | Sri Lankan | South African | New Zealander | Methodist | Jehovah's Witness | Mormon | Baptist | Sunni |
Quaker | Filipino | Scots | Icelandic | Ghanaian | Lebanese
"""
PEOPLES = [part.strip() for part in PEOPLES.replace("\n", " ").split("|")]


def mk(rnd):
    def person():
        if rnd.random() < 0.15:
            return rnd.choice(EXTRA)
        p = Person(rnd.choice(LOCS), seed=rnd.random())
        return p.full_name()

    def dig(s):
        return "".join(str(rnd.randrange(10)) if c == "#" else rnd.choice("ABCDEFGHJKLMNPRSTUVWXYZ") if c == "?" else c for c in s)

    C = {}

    def V(k):
        b = k.rstrip("0123456789")
        i = k[len(b) :]
        if i and k in C:
            return C[k]
        if i and b in ("P", "PJ", "G", "F", "PL", "FI", "PU", "PC", "E", "U"):
            key = "N" + i
            if key not in C:
                C[key] = person()
            n = C[key]
            w = n.split(" ", 1)
            a = lambda s: re.sub("[^a-z]", "", unicodedata.normalize("NFKD", s.lower()))
            return {
                "P": n,
                "PJ": n + " Jr.",
                "G": w[0],
                "F": w[1],
                "PL": f"{w[1]}, {w[0]}",
                "FI": f"{w[0][0]}. {w[1]}",
                "PU": n.upper(),
                "PC": n.lower(),
                "E": f'{a(w[0])}.{a(w[1])}@{rnd.choice(["fastmail.com","corp-mail.net","posteo.de","uni-leeds.ac.uk"])}',
                "U": f'{a(w[0])[0]}{a(w[1])}{rnd.choice(["","7","_88"])}',
            }[b]
        v = {
            "T": lambda: dig(
                rnd.choice(
                    [
                        "(4##) 5##-####",
                        "+44 7### ######",
                        "0## #### ####",
                        "+61 4## ### ###",
                        "6##.5##.####",
                        "1-8##-3##-####",
                        "+49 30 #######",
                        "+33 6 ## ## ## ##",
                        "5##-4##-#### ext. ##",
                        "+1 (3##) 2##-#### x###",
                        "07### ######",
                        "+91 98### #####",
                        "020 7### ####",
                        "+31 6 ########",
                    ]
                )
            ),
            "A": lambda: addr(),
            "C": lambda: rnd.choice(
                ["Leeds", "Tucson", "Ghent", "Adelaide", "Poznań", "Kraków", "Bergen", "Halifax", "Windhoek", "Porto", "Boise", "Sligo", "Nagpur", "Tampere", "Chattanooga", "Dunedin"]
            ),
            "O": lambda: rnd.choice(ORGS),
            "N": lambda: rnd.choice(PEOPLES),
            "B": lambda: rnd.choice([dig("0#/1#/19##"), dig("1# March 19##"), dig("19##-0#-1#").replace("-0-", "-04-"), dig("June 1#, 19##"), dig("1#.0#.19##"), dig("2# Oct 200#")]).replace(
                "0/", "3/"
            ),
            "ID": lambda: dig("??-#######"),
            "D": lambda: dig("########"),
        }[b]
        return v()

    def addr():
        l = rnd.choice([Locale.EN, Locale.EN_GB, Locale.DE, Locale.FR, Locale.EN, Locale.EN])
        A = Address(l, seed=rnd.random())
        st = A.address()
        if l == Locale.EN:
            return rnd.choice(
                [
                    f"{st}, Apt {rnd.randrange(1,99)}{rnd.choice('ABC')}, {A.city()}, {A.state(abbr=True)} {A.zip_code()}",
                    f"{st}, {A.city()}, {A.state(abbr=True)} {A.zip_code()}",
                    st,
                    f"P.O. Box {rnd.randrange(100,9999)}, {A.city()}, {A.state(abbr=True)} {A.zip_code()}",
                    f"{st}\n{A.city()}, {A.state(abbr=True)} {A.zip_code()}",
                ]
            )
        if l == Locale.EN_GB:
            return (
                f"{rnd.choice(['','Flat 3, ','Flat 12B, '])}{st}, {A.city()} {rnd.choice(['LS','BS','M','EH','CF','BN'])}{rnd.randrange(1,20)} {rnd.randrange(1,9)}{rnd.choice(['AB','QT','ZX','RD'])}"
            )
        return f"{st}, {A.zip_code()} {A.city()}"

    return V


OWN = open(os.path.join(os.path.dirname(__file__), "fresh_templates.txt"), encoding="utf-8").read().strip().split("\n---\n")
rows = []
rnd = random.Random(90417)
for ti, t in enumerate(OWN):
    for rep in range(8):
        V = mk(rnd)
        o = ""
        p = 0
        sp = []
        for m in re.finditer(r"\{(\w+):(\w+)\}|([\w@.]+):(EMAIL_ADDRESS|AGE)\b", t):
            o += t[p : m.start()]
            v = V(m.group(1)) if m.group(1) else m.group(3)
            sp.append(dict(label=m.group(2) or m.group(4), start=len(o), end=len(o) + len(v), text=v))
            o += v
            p = m.end()
        o += t[p:]
        rows.append((half(f"tpl{ti}"), dict(id=f"b{ti}-{rep}", text=o, spans=sp)))
write("own", rows, "pii/en_presidio_synthetic.jsonl")

# --- manuals ---
rows = []
for place in MANUALS:
    for path in sorted(glob.glob(place + "/**/*.md", recursive=True)):
        text = open(path, encoding="utf-8", errors="replace").read()
        text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", "", text, flags=re.S)
        text = re.sub(r"\n{3,}", "\n\n", re.sub(r"</?[a-zA-Z][^>\n]*>", "", text)).strip()
        if len(text) >= 200:
            rows.append((half(os.path.basename(place) + os.path.relpath(path, place)), dict(question="", answer=text)))
write("manuals", rows, "qa/en_product_docs_faq.jsonl")
for empty in ("qa/en_medquad.jsonl", "qa/ja_product_docs_faq.jsonl"):
    write("manuals", [], empty)
