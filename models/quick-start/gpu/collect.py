#!/usr/bin/env python3
"""Collects the corpus' extra sources from clones of public repositories.

    python3 collect.py CLONES INPUT

CLONES holds one git directory per repository, named owner+name as below; INPUT gets
pretrain/NAME.txt.gz (texts separated by two empty lines, markup removed) and intents/NAME.jsonl.
Same commits, same bytes. Nothing here runs in the product, its build or its tests.
"""
import gzip
import json
import pathlib
import re
import subprocess
import sys

# name of the file -> repository, commit, folder; all CC BY 4.0
MARKDOWN = {
    "ja_business_manuals": [
        ("MicrosoftDocs+Dynamics-365-Operations.ja-jp", "b5feebe5d4fdc10775af6910322b69f2c084dfa7", "articles/"),
        ("MicrosoftDocs+partner-center-pr.ja-jp", "8ca1ec20981b49e2a0df4b75b0d090950809cc20", "partner-center/"),
    ],
    "en_business_manuals": [
        ("MicrosoftDocs+dynamics365smb-docs", "41aa5854d6fd0c6eacf01d5dc91327a04ab9eae9", "business-central/"),
    ],
}
CLINC = ("clinc+oos-eval", "828f8093932c8fe6ca7936c3d2e52903b1c523de")  # CC BY 3.0
NLU = ("xliuhw+NLU-Evaluation-Data", "f6071b496b17d71e6eb43f543af0707f4ff30557")  # CC BY 4.0


def git(clone, *arguments):
    return subprocess.run(["git", "-C", str(clone), *arguments], check=True, capture_output=True).stdout


def files(clone, commit, folder, suffix):
    names = git(clone, "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", commit, "--", folder).decode().splitlines()
    wanted = [name for name in names if name.endswith(suffix)]
    process = subprocess.run(["git", "-C", str(clone), "cat-file", "--batch"], check=True, capture_output=True,
                             input="".join(f"{commit}:{name}\n" for name in wanted).encode())
    out, at = process.stdout, 0
    for name in wanted:
        end = out.index(b"\n", at)
        header = out[at:end].split()
        if header[-1] == b"missing":
            at = end + 1
            continue
        size = int(header[2])
        yield name, out[end + 1:end + 1 + size].decode("utf-8", "replace").lstrip("\ufeff")
        at = end + 2 + size


def text_of(markdown):
    """Headings, paragraphs and list items, one per line; no code, tables, images or link targets."""
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown.replace("\r\n", "\n"), flags=re.S)
    text = re.sub(r"^[ \t]*(```|~~~).*?^[ \t]*\1[^\n]*$", "", text, flags=re.S | re.M)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"\[!(?:INCLUDE|include)\s*\[prod_short\][^\]]*\]", "Business Central", text)
    text = re.sub(r"\[!(?:INCLUDE|include)\s*\[[^\]]*\]\([^)]*\)\s*\]", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r":::[^\n]*", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<[^>\n]*>", "", text)
    text = re.sub(r"\\([\[\]_*#>.-])", r"\1", text)
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"^\s*>?\s*(\[!\w+\])?", "", line).strip()
        if not line or line.startswith("|") or re.match(r"^\[[^\]]*\]:", line) or re.match(r"^[-=*_ ]+$", line):
            continue
        lines.append(re.sub(r"\*\*|__|`", "", line))
    return "\n".join(lines)


def write_markdown(clones, target):
    for name, sources in MARKDOWN.items():
        texts, seen = [], set()
        for repository, commit, folder in sources:
            for _, markdown in files(clones / repository, commit, folder, ".md"):
                kept = []
                for line in text_of(markdown).split("\n"):
                    # the same note under a hundred pages teaches nothing
                    if len(line) < 30 or line not in seen:
                        kept.append(line)
                        seen.add(line)
                text = "\n".join(kept)
                if len(text) > 200:
                    texts.append(text)
        with gzip.GzipFile(target / "pretrain" / f"{name}.txt.gz", "wb", mtime=0) as out:
            out.write("\n\n\n".join(texts).encode())
        print(name, len(texts), "texts", sum(map(len, texts)), "characters")


def write_intents(clones, target):
    rows = []
    data = json.loads(git(clones / CLINC[0], "show", f"{CLINC[1]}:data/data_full.json"))
    for split in ("train", "val", "test"):
        rows += [(text, "clinc-" + intent) for text, intent in data[split]]
    for name, content in files(clones / NLU[0], NLU[1], "CrossValidation/autoGeneFromRealAnno", ".csv"):
        if "/KFold_1/" not in name:
            continue
        column = content.split("\n", 1)[0].split(";").index("answer_from_anno")
        for line in content.split("\n")[1:]:
            fields = line.split(";")
            if len(fields) > column and len(fields[column].strip('" ')) > 5:
                rows.append((fields[column].strip('" '), "nlu-" + pathlib.PurePath(name).stem))
    rows = sorted(set(rows), key=lambda row: (row[1], row[0]))
    with open(target / "intents" / "en_assistants.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for text, intent in rows:
            out.write(json.dumps({"text": text, "intent": intent}, ensure_ascii=False) + "\n")
    print("en_assistants", len(rows), "questions", len({intent for _, intent in rows}), "intents")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, goal = map(pathlib.Path, sys.argv[1:])
    for folder in ("pretrain", "intents"):
        (goal / folder).mkdir(parents=True, exist_ok=True)
    write_markdown(source, goal)
    write_intents(source, goal)
