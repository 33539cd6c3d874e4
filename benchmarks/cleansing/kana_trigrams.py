"""Writes domain/text-cleansing's kana-trigrams.txt: which three characters follow each other in openly licensed Japanese text, most frequent first.

    python kana_trigrams.py PRETRAIN_DIR TYPO_PAIRS_JSONL kana-trigrams.txt

PRETRAIN_DIR  ja_tanaka_sentences, ja_aozora_modern_kana, ja_dialogues_asdc, ja_manuals (*.txt.gz; licences: models/quick-start/MODEL_CARD.md)
TYPO_PAIRS    the test set: lines that share 14 characters with one of its lines, and manuals of the projects it comes from, are left out

Hiragana stand for themselves, every other character for its kind; what has less than two hiragana or was seen once is left out.
"""
import collections, gzip, json, pathlib, re, sys

pretrain, pairs, path = map(pathlib.Path, sys.argv[1:4])
KINDS = ((re.compile("[ァ-ヺー]"), "カ"), (re.compile("[一-龥々]"), "漢"), (re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"), "A"), (re.compile("[^ぁ-んカ漢A]"), "。"))


def symbols(line):
    for pattern, symbol in KINDS:
        line = pattern.sub(symbol, line)
    return line


def windows(line):
    line = re.sub(r"[\s`*]", "", line)
    return (line[i:i + 14] for i in range(len(line) - 13))


held = {w for line in open(pairs, encoding="utf-8") for key in ("text", "corrected") for w in windows(json.loads(line)[key])}
held = {w for w in held if re.search("[ぁ-ん]", w)}
counts = collections.Counter()
for name in ("ja_tanaka_sentences", "ja_aozora_modern_kana", "ja_dialogues_asdc", "ja_manuals"):
    for text in gzip.open(pretrain / f"{name}.txt.gz", "rt", encoding="utf-8").read().split("\n\n\n"):
        if name == "ja_manuals" and re.search(r"JavaScript|React|Vue|ECMAScript|npm\b|DOM\b|Node", text):
            continue
        for line in map(str.strip, text.split("\n")):
            if re.search("[ぁ-ん]", line) and not any(w in held for w in windows(line)):
                line = f"。{symbols(line)}。"
                counts.update(line[i:i + 3] for i in range(len(line) - 2))
listed = [t for t, c in counts.items() if c > 1 and len(re.findall("[ぁ-ん]", t)) > 1]
listed.sort(key=lambda t: (-counts[t], t))
frequent = sum(counts[t] >= 20 for t in listed)
head = f"# What three characters follow each other, counted in public-domain and CC BY text (benchmarks/cleansing/kana_trigrams.py), most frequent first; {frequent} were counted 20 times.\n"
path.write_text(head + "".join(t + "\n" for t in listed), encoding="utf-8")
print(len(listed), frequent)
