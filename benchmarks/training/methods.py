"""Trains a sealed version with several methods and learning rates and asks the held-out questions: how far is
LoRA behind full fine-tuning? See README.md for the commands.
"""

import argparse
import json
import pathlib
import re
import shutil
import unicodedata
from collections import Counter

from forget import worker

# those of dev.migaki.metrics.Declines that these answers can have
DECLINES = ["don't have information", "don't have that information", "情報は持って", "情報はあり", "わかりません", "分かりません",
            "お答えでき"]
RIGHT = 0.8


def tokens(text):
    """Words; ideographs and kana one by one (as dev.migaki.metrics.AnswerTokens)."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return Counter(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+", folded))


def f1(answer, reference):
    given, wanted = tokens(answer), tokens(reference)
    shared = sum((given & wanted).values())
    return 2 * shared / (sum(given.values()) + sum(wanted.values())) if shared else 0.0


def questions(version):
    return [json.loads(line) for name in ["test.jsonl", "edge.jsonl", "unanswerable.jsonl"]
            for line in (version / name).read_text().splitlines()]


def run(arguments, case):
    method, rank, rate, epochs, seed = case.split(":")
    directory = arguments.work / case.replace(":", "_")
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    # as the demo's training does
    job = dict(baseModelDirectory=str(arguments.base), trainFile=str(arguments.version / "train.jsonl"),
               validationFile=str(arguments.version / "validation.jsonl"), outputDirectory=str(directory / "out"),
               checkpointDirectory=str(directory / "checkpoints"), progressFile=str(directory / "progress.jsonl"),
               method=method, epochs=float(epochs), batchTokens=1024, warmupRatio=0.05, weightDecay=0.01,
               promptTokenDropout=0.2, answerOpeningTokens=10, firstAnswerTokensWeight=2.0, precision="fp32",
               learningRate=float(rate), seed=int(seed), threads=arguments.threads, checkpointEverySteps=1000)
    if method == "lora":
        job["rank"] = int(rank)
    worker(arguments, "TrainWorker", job, directory)
    asked = questions(arguments.version)
    (directory / "questions.jsonl").write_text("".join(
        json.dumps({"id": question["id"], "messages": question["messages"]}, ensure_ascii=False) + "\n" for question in asked))
    part = dict(inputFile=str(directory / "questions.jsonl"), outputFile=str(directory / "answers.jsonl"))
    base = directory / "out"
    if method == "lora":
        part["adapterDirectory"], base = str(base), arguments.base
    worker(arguments, "AnswerWorker", dict(baseModelDirectory=str(base), parts=[part], maxNewTokens=160, temperature=0,
                                           threads=arguments.threads), directory)
    answers = {row["id"]: row["answer"] for row in map(json.loads, (directory / "answers.jsonl").read_text().splitlines())}
    scores, declined, unanswerable = {"en": [], "ja": []}, 0, 0
    for question in asked:
        if question.get("kind") == "unanswerable" or "reference" not in question:
            unanswerable += 1
            declined += any(marker in answers[question["id"]].replace("’", "'") for marker in DECLINES)
        else:
            scores[question["language"]].append(f1(answers[question["id"]], question["reference"]))
    result = json.loads((directory / "out/training-result.json").read_text())
    row = dict(case=case, **{f"right_{language}": round(100 * sum(score >= RIGHT for score in of) / len(of), 1)
                             for language, of in scores.items()},
               **{f"f1_{language}": round(100 * sum(of) / len(of), 1) for language, of in scores.items()},
               questions={language: len(of) for language, of in scores.items()}, declined=f"{declined} of {unanswerable}",
               validation=result["finalValidationLoss"])
    print(json.dumps(row, ensure_ascii=False), flush=True)
    shutil.rmtree(directory / "checkpoints", ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--version", type=pathlib.Path, required=True, help="directory that `migaki preview` wrote")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/migaki-methods"))
    parser.add_argument("--base", type=pathlib.Path, default=pathlib.Path("models/quick-start"))
    parser.add_argument("--cases", nargs="+", required=True, help="method:rank:rate:epochs:seed")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    for case in arguments.cases:
        run(arguments, case)


if __name__ == "__main__":
    main()
