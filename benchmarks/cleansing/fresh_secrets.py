"""Invented secrets where people and tools write them, and look-alikes that open nothing; as fresh_sets.py, a half to read and a blind one:

    python fresh_secrets.py OUT

Writes OUT/secrets-{dev,blind}/pii/secrets_cases.jsonl.gz for CleansingFigures; every template stands in one half only.
"""

import base64, gzip, hashlib, json, os, random, string, sys, uuid

OUT = sys.argv[1]


def half(key):
    return ("dev", "blind")[int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2]


rnd = random.Random(55123)
AN = string.ascii_letters + string.digits


def r(n, a=AN):
    return "".join(rnd.choice(a) for _ in range(n))


hx = lambda n: r(n, "0123456789abcdef")
W = "amber basin cedar delta ember fjord grove heron inlet juniper kelp lagoon maple nectar otter pebble quartz raven spruce thicket umber violet willow yarrow zephyr tango bravo copper".split()


def pw():
    w = rnd.choice
    return w(
        [
            lambda: w(W).capitalize() + str(rnd.randrange(10, 9999)) + w("!#$%&*?"),
            lambda: w(W) + w("-_.") + w(W) + str(rnd.randrange(10, 999)),
            lambda: r(12),
            lambda: r(16, AN + "!#%^*-_"),
            lambda: w(W)[0].upper() + w(W)[1:] + w(W).capitalize() + str(rnd.randrange(100)),
            lambda: w(W) + str(rnd.randrange(1000, 99999)),
            lambda: w("!#%") + r(9),
        ]
    )()


def long():
    return rnd.choice([r(32), r(40), hx(32), hx(40), hx(64), base64.b64encode(bytes(rnd.randrange(256) for _ in range(32))).decode()])


# fmt: off
S=[
    ("env","DB_HOST=10.2.0.8\nDB_PASSWORD=%s\nDB_NAME=shop",pw),
    ("env","export SMTP_PASS=%s",pw),
    ("env","SECRET_KEY_BASE=%s",lambda:hx(128)),
    ("env","STRIPE_SECRET=%s\n",lambda:'sk_' + 'live_'+r(24)),
    ("yaml","database:\n  user: shop\n  password: %s\n  port: 5432",pw),
    ("yaml","redis:\n  auth: %s\n",lambda:r(20)),
    ("yaml","spring:\n  datasource:\n    password: \"%s\"",pw),
    ("k8s","apiVersion: v1\nkind: Secret\ndata:\n  password: %s",lambda:base64.b64encode(pw().encode()+b'xyz').decode()),
    ("tf","resource \"aws_db_instance\" \"main\" {\n  username = \"admin\"\n  password = \"%s\"\n}",pw),
    ("tf","variable \"api_token\" {\n  default = \"%s\"\n}",lambda:r(32)),
    ("tf","access_key = \"%s\"",lambda:'AK' + 'IA'+r(16,string.ascii_uppercase+'234567')),
    ("tf","secret_key = \"%s\"",lambda:r(40)),
    ("json","{\"clientId\": \"web\", \"clientSecret\": \"%s\"}",lambda:r(32)),
    ("json","{\"user\":\"ops\",\"passwd\":\"%s\"}",pw),
    ("json","\"private_key_id\": \"x\", \"apiKey\": \"%s\"",lambda:hx(32)),
    ("conn","postgres://shop:%s@db.internal:5432/shop",lambda:r(14)),
    ("conn","mongodb+srv://reader:%s@cluster0.ab1cd.mongodb.net/test",lambda:rnd.choice(W)+str(rnd.randrange(100,9999))),
    ("conn","Server=tcp:sql.internal,1433;Database=erp;User ID=erp;Password=%s;Encrypt=True",pw),
    ("conn","amqp://guest:%s@mq:5672/",lambda:rnd.choice(W)+rnd.choice(W)),
    ("conn","DefaultEndpointsProtocol=https;AccountName=leafstore;AccountKey=%s;EndpointSuffix=core.windows.net",lambda:base64.b64encode(bytes(rnd.randrange(256) for _ in range(64))).decode()),
    ("shell","$ mysql -u root -p%s shop < dump.sql",lambda:rnd.choice(W)+str(rnd.randrange(100,9999))),
    ("shell","curl -H 'Authorization: Bearer %s' https://api.internal/v1/me",lambda:r(40)),
    ("shell","curl -u deploy:%s https://repo.internal/x.jar",pw),
    ("shell","docker login -u ci -p %s registry.internal",pw),
    ("shell","PGPASSWORD=%s psql -h db -U shop",pw),
    ("shell","sshpass -p '%s' ssh root@10.0.0.9",pw),
    ("shell","echo %s | sudo -S systemctl restart nginx",pw),
    ("shell","git clone https://oauth2:%s@gitlab.com/acme/app.git",lambda:'gl' + 'pat-'+r(20)),
    ("shell","redis-cli -h cache -a %s ping",lambda:r(18)),
    ("shell","htpasswd -b .htpasswd admin %s",pw),
    ("shell","net use Z: \\\\files\\share /user:acme\\bob %s",pw),
    ("ci","##[debug] NPM_TOKEN=%s",lambda:'npm_'+r(36)),
    ("ci","[12:01:44] + vault login token=%s",lambda:'hvs.'+r(24)),
    ("ci","Run: twine upload -u __token__ -p %s dist/*",lambda:'pypi-AgEIcHlwaS5vcmc'+r(90)),
    ("ci","GITHUB_TOKEN: %s",lambda:'gh' + 'p_'+r(36)),
    ("ci","Setting SONAR_TOKEN to %s",lambda:'sqp_'+hx(40)),
    ("chat","the password for the staging box is %s, don't share it",pw),
    ("chat","hey, wifi pw at the new office: %s",pw),
    ("chat","You can log in as admin with %s",lambda:rnd.choice(W).capitalize()+str(rnd.randrange(10,9999))+'!'),
    ("chat","I reset your password to %s - please change it after the first login.",pw),
    ("chat","login: bob@corp-mail.net pass: %s",pw),
    ("chat","use my credentials (bob / %s) until yours arrive",pw),
    ("chat","My PIN is %s and the card is blocked.",lambda:r(4,string.digits)),
    ("chat","New temp password for the VPN: %s",pw),
    ("chat","The root password on that host was still %s yesterday",pw),
    ("chat","the api key is %s if you need it",lambda:r(32)),
    ("chat","Passphrase for the ssh key = %s",lambda:' '.join(rnd.sample(W,1))+'-'+rnd.choice(W)+'-'+rnd.choice(W)+str(rnd.randrange(99))),
    ("chat","Your one-time access code is %s",lambda:r(6,string.digits)),
    ("chat","Alarm code for the shop is %s",lambda:r(4,string.digits)),
    ("props","jdbc.password=%s",pw),
    ("props","mail.smtp.password = %s",pw),
    ("props","keystore.pass=%s",pw),
    ("ini","[client]\nuser=backup\npassword=\"%s\"",pw),
    ("xml","<property name=\"password\" value=\"%s\"/>",pw),
    ("xml","<password>%s</password>",pw),
    ("code","auth = HTTPBasicAuth('svc', '%s')",pw),
    ("code","conn = connect(host='db', user='app', passwd='%s')",pw),
    ("code","const TOKEN = '%s';",lambda:r(36)),
    ("netrc","machine api.internal login ci password %s",pw),
    ("js","//packages.internal/:_authToken=%s",lambda:r(36)),
    ("header","X-API-Key: %s",lambda:r(32)),
    ("header","Authorization: Basic %s",lambda:base64.b64encode(('svc:'+pw()).encode()).decode()),
    ("tool","SLACK_WEBHOOK=https://hooks.slack.com/services/%s",lambda:f"T{r(8,string.ascii_uppercase+string.digits)}/B{r(8,string.ascii_uppercase+string.digits)}/{r(24)}"),
    ("tool","OPENAI_API_KEY=%s",lambda:'sk-proj-'+r(48)),
    ("tool","sendgrid: %s",lambda:'SG.'+r(22)+'.'+r(43)),
    ("tool","bot token %s",lambda:r(10,'123456789')+':AA'+r(33)),
    ("key","-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n-----END OPENSSH PRIVATE KEY-----",lambda:r(70)+'\n'+r(70)),
    ("key","-----BEGIN EC PRIVATE KEY-----\n%s\n-----END EC PRIVATE KEY-----",lambda:r(64)+'\n'+r(64)),
    ("ldap","bindpw %s",pw),
    ("snmp","snmp-server community %s RO",lambda:rnd.choice(W)+str(rnd.randrange(99))+r(4)),
    ("cisco","enable secret 0 %s",pw),
    ("wg","[Interface]\nPrivateKey = %s\nAddress = 10.9.0.2/32",lambda:base64.b64encode(bytes(rnd.randrange(256) for _ in range(32))).decode()),
    ("totp","TOTP secret: %s",lambda:r(32,string.ascii_uppercase+'234567')),
    ("jwt","session=%s; Path=/",lambda:'eyJhbGciOiJIUzI1NiJ9.'+base64.urlsafe_b64encode(json.dumps({'sub':r(8)}).encode()).decode().rstrip('=')+'.'+r(43)),
]
N=[("hash","sha256:%s",lambda:hx(64)),
    ("hash","commit %s",lambda:hx(40)),
    ("hash","md5 checksum: %s  leaf.tar.gz",lambda:hx(32)),
    ("hash","integrity=\"sha512-%s\"",lambda:base64.b64encode(bytes(rnd.randrange(256) for _ in range(64))).decode()),
    ("hash","Docker image registry.internal/app@sha256:%s",lambda:hx(64)),
    ("hash","ETag: \"%s\"",lambda:hx(32)),
    ("uuid","request id %s failed",lambda:str(uuid.UUID(int=rnd.getrandbits(128)))),
    ("uuid","tenant_id = \"%s\"",lambda:str(uuid.UUID(int=rnd.getrandbits(128)))),
    ("uuid","token_id: %s",lambda:str(uuid.UUID(int=rnd.getrandbits(128)))),
    ("uuid","x-request-id: %s",lambda:hx(32)),
    ("ph","DB_PASSWORD=<your-password>%s",lambda:''),
    ("ph","password: ${DB_PASSWORD}%s",lambda:''),
    ("ph","api_key = \"YOUR_API_KEY\"%s",lambda:''),
    ("ph","export TOKEN=xxxxxxxxxxxxxxxx%s",lambda:''),
    ("ph","password = var.db_password%s",lambda:''),
    ("ph","secret: {{ .Values.secretKey }}%s",lambda:''),
    ("ph","password=changeme%s",lambda:''),
    ("ph","PASSWORD=********%s",lambda:''),
    ("ph","token: $(cat /run/secrets/token)%s",lambda:''),
    ("ph","passwd = os.environ['DB_PASS']%s",lambda:''),
    ("ph","client_secret=%%CLIENT_SECRET%%%s",lambda:''),
    ("ph","postgres://user:password@localhost:5432/db%s",lambda:''),
    ("ph","https://user:pass@example.com%s",lambda:''),
    ("ph","secretKeyRef:\n  name: db-secret\n  key: password%s",lambda:''),
    ("ph","password: !vault |%s",lambda:''),
    ("ph","AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/"+"K7MDENG/bPxRfiCYEXAMPLEKEY%s",lambda:''),
    ("ph","access_key: AKI"+"AIOSFODNN7EXAMPLE%s",lambda:''),
    ("ph","password = getpass.getpass()%s",lambda:''),
    ("ph","const password = req.body.password;%s",lambda:''),
    ("ph","String token = jwtService.createToken(user);%s",lambda:''),
    ("ver","version: 2.14.%s-rc1",lambda:str(rnd.randrange(9))),
    ("ver","image: postgres:15.%s-alpine3.18",lambda:str(rnd.randrange(9))),
    ("ver","<version>4.1.%s.Final</version>",lambda:str(rnd.randrange(9))),
    ("pub","ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI%s bob@laptop",lambda:r(43)),
    ("pub","-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----",lambda:r(64)+'\n'+r(64)),
    ("pub","-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----",lambda:r(64)+'\n'+r(64)),
    ("pub","PublicKey = %s",lambda:base64.b64encode(bytes(rnd.randrange(256) for _ in range(32))).decode()),
    ("pub","SHA256:%s bob@laptop (ED25519)",lambda:r(43)),
    ("prose","Your password must contain 12 characters, one digit and one symbol.%s",lambda:''),
    ("prose","The password for the staging box is stored in the vault.%s",lambda:''),
    ("prose","Please reset your password to a stronger one and log in again%s.",lambda:''),
    ("prose","The token is valid for 3600 seconds and the key is rotated every 90 days.%s",lambda:''),
    ("prose","I forgot my password, can you help me? My username works.%s",lambda:''),
    ("prose","The secret is to let the dough rest overnight.%s",lambda:''),
    ("prose","Passwords: at least 10 characters, see policy SEC-2023-14%s",lambda:''),
    ("prose","Set password_min_length=14 and token_ttl=3600%s",lambda:''),
    ("prose","The API key is missing or invalid (error 401-UNAUTH-7)%s",lambda:''),
    ("prose","keyboard layout: en_US, key size 2048, key type RSA%s",lambda:''),
    ("prose","authentication: tokenType=Bearer expires_in=3599%s",lambda:''),
    ("prose","PIN is 4 digits, PUK 8 digits.%s",lambda:''),
    ("prose","pass: 14, fail: 2, skipped: 1%s",lambda:''),
    ("prose","The access code is printed on the back of the device%s",lambda:''),
    ("prose","login: the login page loads in 300ms%s",lambda:''),
    ("prose","the wifi password is on the board in the kitchen%s",lambda:''),
    ("id","order token ORD-2024-%s",lambda:r(5,string.digits)),
    ("id","tracking: 1Z999AA1%s",lambda:r(10,string.digits)),
    ("id","arn:aws:iam::%s:role/deploy",lambda:r(12,string.digits)),
    ("id","s3://leaf-bucket/build/%s/app.zip",lambda:hx(12)),
    ("id","https://docs.google.com/document/d/1%s/edit",lambda:r(43)),
    ("id","key: user.profile.%s.title",lambda:rnd.choice(W)),
    ("id","cache key user:%s:profile",lambda:r(6,string.digits)),
    ("id","partition_key = \"customer_id_%s\"",lambda:r(2,string.digits)),
    ("id","secret_name = \"prod/db/%s\"",lambda:rnd.choice(W)),
    ("id","keyVaultName: kv-shop-%s",lambda:rnd.choice(W)),
    ("id","nonce: %s",lambda:hx(24)),
    ("id","data:image/png;base64,iVBORw0KGgo%s",lambda:r(60)),
    ("id","primary key (order_id, line_%s)",lambda:'no'),
    ("id","licence: MIT, SPDX-%s",lambda:hx(6))]
# fmt: on
rows = []
for isS, L in ((True, S), (False, N)):
    for ti, (k, t, f) in enumerate(L):
        for rep in range(4):
            v = f()
            x = dict(kind=k, is_secret=isS, text=t % v if isS or "%s" in t else t)
            if not isS and rep and v == "":
                continue
            if isS:
                x["value"] = v
            rows.append((half(f"{isS}{ti}"), x))
for side in ("dev", "blind"):
    os.makedirs(f"{OUT}/secrets-{side}/pii", exist_ok=True)
    with gzip.open(f"{OUT}/secrets-{side}/pii/secrets_cases.jsonl.gz", "wt", encoding="utf-8") as out:
        for where, row in rows:
            if where == side:
                out.write(json.dumps(row) + "\n")
