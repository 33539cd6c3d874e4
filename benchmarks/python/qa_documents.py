"""Documents of about 1 KB in which no text repeats, half of them Japanese:

    qa_documents.py QA_DIRECTORY TARGET

QA_DIRECTORY holds the eleven JSONL files named below (question, answer or context).
"""
import json, os, random, sys
qa, target = sys.argv[1:3]
os.makedirs(target, exist_ok=True)
files = {'en': ['en_product_docs_faq','en_usgov_faq','en_medquad','en_dolly','en_bitext_support','en_covid_faq'],
         'ja': ['ja_product_docs_faq','ja_jsquad','ja_jaquad','ja_quiz_aio','ja_lawqa']}
rnd = random.Random(1)
pairs = {}
for lang, names in files.items():
    seen = set(); out = []
    for n in names:
        for line in open(f'{qa}/{n}.jsonl', encoding='utf-8'):
            r = json.loads(line)
            a = r.get('context') or r['answer']
            if not isinstance(a, str): continue
            q = ' '.join(r['question'].split()); a = ' '.join(a.split())
            if q in seen or a in seen or not q or not a: continue
            if len(a.encode()) > 900: a = a.encode()[:900].decode('utf-8', 'ignore')
            seen.add(q); seen.add(a)
            out.append(f'Q: {q}\nA: {a}\n\n')
    rnd.shuffle(out); pairs[lang] = out
docs = {}
for lang, out in pairs.items():
    d = []; cur = ''
    for p in out:
        if cur and len((cur + p).encode()) > 1250: d.append(cur); cur = ''
        cur += p
    docs[lang] = d
n = min(len(docs['en']), len(docs['ja']))
print({k: len(v) for k, v in docs.items()}, n)
total = 0
for i in range(2 * n):
    t = docs['en' if i % 2 == 0 else 'ja'][i // 2]
    if i % 4 < 2:
        t += f'Q: Who answers question {i}?\nA: Write to jane.miller{i}@example.com or call 415-555-0{100 + i % 99}.\n'
    b = t.encode(); total += len(b)
    open(f'{target}/document-{i:05d}.txt', 'wb').write(b)
print(2 * n, total / (2 * n))
