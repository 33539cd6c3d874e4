"""Writes the name, place and word lists of domain/text-cleansing from openly licensed lists.

    python word_lists.py FAKER_DIR DATAFAKER_YML_DIR GEOCODER_DATA_DIR FREQUENCY_TXT CORPUS_DIR RESOURCES_DIR

FAKER_DIR            unpacked wheel of PyPI faker (MIT)
DATAFAKER_YML_DIR    *.yml of Maven net.datafaker:datafaker (Apache-2.0; lists from Ruby faker, MIT)
GEOCODER_DATA_DIR    com/google/i18n/phonenumbers/geocoding/data of Maven geocoder (Apache-2.0)
FREQUENCY_TXT        frequency_dictionary_en_82_765.txt of PyPI symspellpy (MIT; from Google Books n-grams, CC BY 3.0, and SCOWL)
CORPUS_DIR           public-domain and CC BY English text, en_*.txt.gz: decides which names are also ordinary words

A name is marked "*" (also an ordinary word) when the corpus writes it in lower case more often than not, or when it is a
frequent dictionary word that the corpus does not show to be a name.
"""
import ast, glob, gzip, os, re, struct, sys
from collections import Counter

faker, datafaker, geocoder, frequency, corpus, out = sys.argv[1:7]
LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’\- ]+$")
# in faker's lists of these locales the "given names" are not in Latin letters or the file mixes titles in
NO_NAMES = {"council"}
given, family, places = set(), set(), set()


def strings(node):
    for n in ast.walk(node):
        if isinstance(n, ast.Constant) and isinstance(n.value, str):
            yield n.value


def faker_names(path):
    tree = ast.parse(open(path, encoding="utf-8").read())
    for cls in [n for n in tree.body if isinstance(n, ast.ClassDef)]:
        for node in cls.body:
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            name = getattr(targets[0], "id", "") if targets and targets[0] is not None else ""
            if node.__class__.__name__ not in ("Assign", "AnnAssign") or "format" in name or node.value is None:
                continue
            if re.search(r"first_?name|given|prenom|romanized_first|first_romanized", name):
                yield from (("given", s) for s in strings(node.value))
            elif re.search(r"last_?name|surname|romanized_last|last_romanized", name):
                yield from (("family", s) for s in strings(node.value))


def add(kind, value):
    value = value.strip().replace("’", "'")
    if value.lower() in NO_NAMES:
        return
    if not LATIN.match(value) or value.upper() == value:
        return
    for part in value.split():
        part = part.strip("'-").lower()
        if len(part) > 2 or kind == "family" and len(part) == 2:
            (given if kind == "given" else family).add(part)


for path in glob.glob(faker + "/faker/providers/person/*/__init__.py"):
    for kind, value in faker_names(path):
        add(kind, value)
for path in glob.glob(faker + "/faker/providers/address/*/__init__.py"):
    tree = ast.parse(open(path, encoding="utf-8").read())
    for cls in [n for n in tree.body if isinstance(n, ast.ClassDef)]:
        for node in cls.body:
            if node.__class__.__name__ in ("Assign", "AnnAssign") and node.value is not None:
                targets = getattr(node, "targets", [getattr(node, "target", None)])
                name = getattr(targets[0], "id", "")
                if re.fullmatch(r"cities|municipalities|_?city_names?|(states|regions|provinces|counties|cantons|districts|departments|krajs?|city_options)", name):
                    for s in strings(node.value):
                        if LATIN.match(s) and len(s) > 3:
                            places.add(s.strip())

import yaml

safe_load = lambda f: yaml.load(f, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def walk(node, path=""):
    if isinstance(node, dict):
        for k, v in node.items():
            yield from walk(v, path + "." + str(k))
    elif isinstance(node, list):
        for v in node:
            yield from walk(v, path)
    elif isinstance(node, str):
        yield path, node


for path in glob.glob(datafaker + "/*.yml") + glob.glob(datafaker + "/*/*.yml"):
    try:
        tree = safe_load(open(path, encoding="utf-8"))
    except Exception:
        continue
    for key, value in walk(tree):
        if "#{" in value or "{" in value:
            continue
        if re.search(r"\.name\.(.*first_?name.*|.*middle_name.*)$", key):
            add("given", value)
        elif re.search(r"\.name\..*last_?name.*$", key):
            add("family", value)
        elif re.search(r"\.address\.(city|city_name|default_city|state|county|city_names)$", key) and LATIN.match(value) and len(value) > 3:
            places.add(value.strip())

for path in glob.glob(geocoder + "/*_*"):
    if not re.search(r"_(en|de|fr|es|it|pt|nl|sv|pl|hu|fi|ro)$", path):
        continue
    data = open(path, "rb").read()
    for m in re.finditer(rb"\x00([\x04-\x40])", data):
        n = m.group(1)[0]
        raw = data[m.end():m.end() + n]
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        for piece in re.split(r"[,/]| and ", text):
            piece = re.sub(r"\(.*", "", piece).strip()
            if LATIN.match(piece) and len(piece) > 3 and piece[0].isupper():
                places.add(piece)

frequencies = {}
for rank, line in enumerate(open(frequency, encoding="utf-8-sig")):
    word, count = line.split()
    frequencies[word] = (rank, int(count))
lower, upper = Counter(), Counter()
for path in glob.glob(corpus + "/en_*.txt.gz"):
    for line in gzip.open(path, "rt", encoding="utf-8"):
        for m in re.finditer(r"(?<=[a-z,] )([A-Za-z][a-z']+)", line):
            w = m.group(1)
            (upper if w[0].isupper() else lower)[w.lower()] += 1


# the corpus writes some names in lower case (dialogues): these are names all the same
PLAIN_NAMES = set("""smith john mary tony judy tom jim jane nancy bob dave jack kate ken ann anne helen mike peter paul george
james jerry jeff tim sam dan ben steve susan lucy linda betty alice emily meg ellen naomi taro hanako yamada tanaka""".split())


def ordinary(word):
    if word in PLAIN_NAMES:
        return False
    low, up = lower[word], upper[word]
    rank = frequencies.get(word, (1 << 30, 0))[0]
    if low + up >= 4:
        if rank < 3000 and low >= 2 and 3 * low > up:
            return True
        return low >= 4 and low > up or rank < 20000 and low >= 2 and 6 * low > up and word not in given
    return rank < 12000 and word not in given or rank < 4000


def old(name):
    path = os.path.join(out, name)
    return {l.strip().rstrip("*") for l in open(path, encoding="utf-8") if l.strip() and l[0] != "#"}


given |= old("given-names.txt")
family |= old("family-names.txt")
header = "# Names from faker (PyPI, MIT) and datafaker 2.5.4 (Apache-2.0; lists from Ruby faker, MIT), extended by hand;\n# made by benchmarks/cleansing/word_lists.py. \"*\" marks a name that is also an ordinary word.\n"
for name, names in (("given-names.txt", given), ("family-names.txt", family)):
    with open(os.path.join(out, name), "w", encoding="utf-8") as f:
        f.write(header)
        for n in sorted(names):
            f.write(n + ("*" if ordinary(n) or len(n) == 2 else "") + "\n")

# ordinary words: the old list (frequency order) without those that the corpus writes with a capital
words_path = os.path.join(out, "english-words.txt")
lines = open(words_path, encoding="utf-8").read().split("\n")
with open(words_path, "w", encoding="utf-8") as f:
    kept = [l for l in lines if l.startswith("#") or l and not (l in given | family and not ordinary(l))]
    f.write("\n".join(kept) + "\n")

with open(os.path.join(out, "place-names.txt"), "w", encoding="utf-8") as f:
    f.write("# Towns and regions from geocoder (libphonenumber, Apache-2.0), faker (MIT) and datafaker (Apache-2.0);\n"
            "# made by benchmarks/cleansing/word_lists.py. Lower case; ordinary words left out.\n")
    for p in sorted({p.lower() for p in places}):
        parts = p.split()
        if len(parts) > 4 or len(parts) == 1 and (ordinary(p) or len(p) < 4):
            continue
        if len(parts) > 1 and all(ordinary(x) for x in parts) and p not in frequencies:
            if all(lower[x] > 50 for x in parts):
                continue
        f.write(p + "\n")
print(len(given), len(family), len(places))
