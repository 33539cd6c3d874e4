"""Writes domain/text-cleansing's katakana-vocabulary.txt: words counted in openly licensed Japanese text, most frequent first.

    python katakana_words.py PRETRAIN_DIR CLONES TYPO_PAIRS_JSONL katakana-vocabulary.txt

PRETRAIN_DIR  ja_tanaka_sentences, ja_aozora_modern_kana, ja_dialogues_asdc, ja_manuals (*.txt.gz; licences: models/quick-start/MODEL_CARD.md)
CLONES        git directories OWNER+NAME/repo: those of models/quick-start/gpu/collect.py (CC BY 4.0), python+python-docs-ja (PSF licence),
              rust-lang-ja+rust-by-example-ja (MIT or Apache-2.0)
TYPO_PAIRS    the test set: lines that share 14 characters with one of its lines, and manuals of the projects it comes from, are left out

Words that the list held before stay; words counted less than four times do not enter.
"""
import collections, gzip, json, pathlib, re, subprocess, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "models/quick-start/gpu"))
import collect

pretrain, clones, pairs, path = map(pathlib.Path, sys.argv[1:5])
WRONG = {"プロフラム", "フィルフィルメント", "ランザクション"}
KEPT_COMMON = 700
WORD = re.compile(r"(?<![ァ-ヺー・])[ァ-ヺー]{2,20}(?![ァ-ヺー・])")


def squeezed(line):
    return re.sub(r"[\s`*]", "", line)


def windows(line):
    line = squeezed(line)
    return (line[i:i + 14] for i in range(len(line) - 13))


def messages(po):
    for match in re.finditer(r'\nmsgstr ((?:"[^\n]*"\n?)+)', po):
        yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1)))


def texts():
    for name in ("ja_tanaka_sentences", "ja_aozora_modern_kana", "ja_dialogues_asdc", "ja_manuals"):
        for text in gzip.open(pretrain / f"{name}.txt.gz", "rt", encoding="utf-8").read().split("\n\n\n"):
            if name != "ja_manuals" or not re.search(r"JavaScript|React|Vue|ECMAScript|npm\b|DOM\b|Node", text):
                yield text
    for repository, commit, folder in collect.MARKDOWN["ja_business_manuals"]:
        for _, markdown in collect.files(clones / repository / "repo", commit, folder, ".md"):
            yield collect.text_of(markdown)
    for repository, suffix in (("python+python-docs-ja", ".po"), ("rust-lang-ja+rust-by-example-ja", ".md")):
        clone = clones / repository / "repo"
        head = subprocess.run(["git", "-C", str(clone), "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
        for _, text in collect.files(clone, head, ".", suffix):
            yield "\n".join(messages(text)) if suffix == ".po" else collect.text_of(text)


held = {w for line in open(pairs, encoding="utf-8") for key in ("text", "corrected") for w in windows(json.loads(line)[key])}
held = {w for w in held if re.search("[ぁ-ん]", w)}
counts, seen = collections.Counter(), set()
for text in texts():
    for line in map(str.strip, text.split("\n")):
        if line not in seen and re.search("[ぁ-ん]", line) and not any(w in held for w in windows(line)):
            counts.update(WORD.findall(line))
        seen.add(line)
old = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
score = {word: n for word, n in counts.items() if n >= 4 and word not in WRONG}
for rank, word in enumerate(old):
    score[word] = max(score.get(word, 0), 20 if rank < KEPT_COMMON else 1)
words = sorted(score, key=lambda word: (-score[word], word))
path.write_text("# Katakana words counted in public-domain, CC0, CC BY, MIT and PSF-licensed text (benchmarks/cleansing/katakana_words.py), most"
                " frequent first.\n" + "\n".join(words) + "\n", encoding="utf-8")
print(len(words), "words,", sum(score[word] >= 20 for word in words), "of them counted 20 times or more")
