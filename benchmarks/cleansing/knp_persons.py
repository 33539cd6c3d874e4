"""Persons of a corpus in KNP format as labelled rows, one a document, halved by the CRC-32 of the id (even: development).

    git -C CORPUS archive HEAD knp id | tar -x -C DIR     # ku-nlp/KWDLC, ku-nlp/WikipediaAnnotatedCorpus
    python3 knp_persons.py DIR OUT_PREFIX                 # writes OUT_PREFIX_dev.jsonl and OUT_PREFIX_blind.jsonl
    python3 knp_persons.py ROWS.jsonl OUT_PREFIX          # only halves rows that are labelled already

An entity is written on the last basic phrase that it touches; its text is looked for from the right.
"""
import glob, json, os, re, sys, zlib

source, prefix = sys.argv[1:3]
TAG = re.compile(r"<NE:([A-Z]+):([^>]*)>")


def sentence(lines):
    """Text and spans of one sentence."""
    text, spans, pending = "", [], []

    def close():
        for label, value in pending:
            start = text.rfind(value)
            if start >= 0 and value not in ("head", "middle", "tail", "single"):
                spans.append((label, start, start + len(value)))
        pending.clear()

    for line in lines:
        if line[0] in "*+" and re.match(r"[*+] -?\d+[A-Z]", line):
            close()
            pending.extend(TAG.findall(line))
        else:
            text += line.split(" ")[0] if not line.startswith("  ") else " "
    close()
    return text, spans


def documents(root):
    wanted = None
    listed = os.path.join(root, "id", "all.id")
    if os.path.exists(listed):
        wanted = set(open(listed, encoding="utf-8").read().split())
    for path in sorted(glob.glob(os.path.join(root, "knp", "**", "*.knp"), recursive=True)):
        name = os.path.basename(path)[:-4]
        if wanted is not None and name not in wanted:
            continue
        text, spans, lines = "", [], []
        for line in open(path, encoding="utf-8").read().split("\n"):
            if line == "EOS":
                part, found = sentence(lines)
                if text and text[-1] not in "。！？!?」":
                    text += "\n"
                spans += [{"label": l, "start": s + len(text), "end": e + len(text)} for l, s, e in found]
                text += part
                lines = []
            elif line and not line.startswith("# "):
                lines.append(line)
        yield {"id": name, "text": text, "spans": sorted(spans, key=lambda s: s["start"])}


rows = documents(source) if os.path.isdir(source) else (json.loads(l) for l in open(source, encoding="utf-8"))
with open(prefix + "_dev.jsonl", "w", encoding="utf-8") as dev, open(prefix + "_blind.jsonl", "w", encoding="utf-8") as blind:
    for row in rows:
        half = blind if zlib.crc32(row["id"].encode()) % 2 else dev
        half.write(json.dumps(row, ensure_ascii=False) + "\n")
