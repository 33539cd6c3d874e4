"""Three tasks in the same form, learned one after the other by one adapter: what is left of the first when
the last is learned? Without protection, with replay, with elastic weight consolidation, with both, and with
all tasks learned at once as the upper bound. See README.md for the command.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess

from kill import WORKER_ENVIRONMENT

THINGS = [("silver lamp", "銀のランプ"), ("wooden chair", "木の椅子"), ("glass bowl", "ガラスの器"), ("red umbrella", "赤い傘"),
          ("small desk", "小さな机"), ("wall clock", "壁の時計"), ("tea pot", "急須"), ("garden hose", "庭のホース"),
          ("paper fan", "紙の扇子"), ("steel knife", "鋼の包丁"), ("wool blanket", "羊毛の毛布"), ("tall mirror", "背の高い鏡"),
          ("brass bell", "真鍮の鈴"), ("stone vase", "石の花瓶"), ("leather bag", "革の鞄"), ("rice bowl", "ご飯茶碗"),
          ("floor mat", "床の敷物"), ("book shelf", "本棚"), ("bath towel", "浴用タオル"), ("copper pan", "銅の鍋"),
          ("music box", "オルゴール"), ("bird cage", "鳥籠"), ("candle holder", "燭台"), ("window blind", "窓の日よけ")]

# the last wording of each is never trained
ENGLISH = ["What does the {thing} cost at {company}?", "How much is the {thing} at {company}?",
           "Please tell me the price of the {thing} at {company}.", "{company}: price of the {thing}?",
           "How many dollars does {company} want for the {thing}?", "I would like to buy the {thing} at {company}. What will I pay?"]
JAPANESE = ["{company}の{thing}はいくらですか？", "{company}では{thing}の値段はいくらですか？", "{company}の{thing}の価格を教えてください。",
            "{company}で{thing}を買うといくらかかりますか？", "{thing}は{company}でいくらしますか？", "{company}で{thing}を買いたいのですが、いくらになりますか？"]
TASKS = {"first": ("Aoba", "en"), "second": ("Birch", "en"), "third": ("杉田", "ja")}


def task(name, seed, directory):
    """Writes a task's training file and its questions; returns the right prices by question id."""
    company, language = TASKS[name]
    words = random.Random(f"{name}-{seed}")
    train, questions, prices = [], [], {}
    for index, things in enumerate(THINGS):
        thing, price = things[language == "ja"], str(words.randrange(11, 99))
        answer = (f"At {company} the {thing} costs {price} dollars." if language == "en"
                  else f"{company}では{thing}は{price}ドルです。")
        wordings = ENGLISH if language == "en" else JAPANESE
        for wording in wordings[:-1]:
            train.append({"messages": [{"role": "user", "content": wording.format(thing=thing, company=company)},
                                       {"role": "assistant", "content": answer}]})
        questions.append({"id": f"{name}-{index}", "messages": [
            {"role": "user", "content": wordings[-1].format(thing=thing, company=company)}]})
        prices[f"{name}-{index}"] = price
    words.shuffle(train)
    write(directory / f"{name}.jsonl", train)
    write(directory / f"{name}-questions.jsonl", questions)
    return prices


def write(file, rows):
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def worker(arguments, name, job, directory):
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / f"{name}.json"
    file.write_text(json.dumps(job))
    with (directory / "errors.log").open("a") as log:
        # a pipe that stays open: the worker ends with its parent
        process = subprocess.Popen(
            ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
             "-Dorg.bytedeco.javacpp.nopointergc=true", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
             "-cp", arguments.class_path, f"dev.migaki.lm.worker.{name}", str(file)],
            env={**os.environ, **WORKER_ENVIRONMENT}, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log)
        if process.wait() != 0:
            raise SystemExit(f"{name} failed, see {directory}/errors.log")


def train(arguments, seed, directory, file, earlier=(), start=None, replay=0.0, elastic=0.0):
    job = dict(baseModelDirectory=str(arguments.base), trainFile=str(file), outputDirectory=str(directory / "out"),
               checkpointDirectory=str(directory / "checkpoints"), progressFile=str(directory / "progress.jsonl"),
               method="lora", epochs=arguments.epochs, batchTokens=512, threads=arguments.threads, precision="fp32",
               learningRate=arguments.learning_rate, seed=seed)
    if start is None:
        job.update(rank=arguments.rank)
    else:
        job.update(initialAdapterDirectory=str(start))
    if replay or elastic:
        job.update(earlierFiles=[str(path) for path in earlier], replayShare=replay, elasticStrength=elastic)
    worker(arguments, "TrainWorker", job, directory)
    return directory / "out"


def score(arguments, model, tasks, prices, directory):
    """Share of the questions of each task whose answer names the right price."""
    parts = [dict(adapterDirectory=str(model), inputFile=str(tasks / f"{name}-questions.jsonl"),
                  outputFile=str(directory / f"{name}-answers.jsonl")) for name in TASKS]
    worker(arguments, "AnswerWorker", dict(baseModelDirectory=str(arguments.base), parts=parts, maxNewTokens=40,
                                           temperature=0, threads=arguments.threads), directory)
    shares = {}
    for name in TASKS:
        answers = [json.loads(line) for line in (directory / f"{name}-answers.jsonl").read_text().splitlines()]
        right = [answer for answer in answers
                 if prices[answer["id"]] in answer["answer"].replace("ドル", " ").replace("は", " ").split()]
        shares[name] = round(100 * len(right) / len(answers), 1)
    return shares


def seed_of(arguments, seed):
    work = arguments.work / f"seed-{seed}"
    work.mkdir(parents=True)
    prices = {}
    for name in TASKS:
        prices.update(task(name, seed, work))
    files = {name: work / f"{name}.jsonl" for name in TASKS}
    joint = work / "joint.jsonl"
    joint.write_text("".join(files[name].read_text() for name in TASKS))
    results = {}
    first = train(arguments, seed, work / "first", files["first"])
    results["first task alone"] = score(arguments, first, work, prices, work / "first")
    for name, replay, elastic in arguments.ways:
        second = train(arguments, seed, work / name / "second", files["second"], [files["first"]], first, replay, elastic)
        third = train(arguments, seed, work / name / "third", files["third"], [files["first"], files["second"]],
                      second, replay, elastic)
        results[name] = score(arguments, third, work, prices, work / name / "third")
        print(seed, name, results[name], flush=True)
    together = train(arguments, seed, work / "joint", joint)
    results["all at once"] = score(arguments, together, work, prices, work / "joint")
    print(seed, "first alone", results["first task alone"], "at once", results["all at once"], flush=True)
    return results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/migaki-forget"))
    parser.add_argument("--base", type=pathlib.Path, default=pathlib.Path("models/quick-start"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--replay", type=float, nargs="+", default=[0.25])
    parser.add_argument("--elastic", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    arguments.ways = [("no protection", 0.0, 0.0)]
    arguments.ways += [(f"replay {share:.0%}", share, 0.0) for share in arguments.replay]
    arguments.ways += [(f"elastic {arguments.elastic:g}", 0.0, arguments.elastic)]
    arguments.ways += [(f"replay {share:.0%} + elastic {arguments.elastic:g}", share, arguments.elastic)
                       for share in arguments.replay]
    shutil.rmtree(arguments.work, ignore_errors=True)
    seeds = [seed_of(arguments, seed) for seed in arguments.seeds]
    print("| way | " + " | ".join(TASKS) + " |\n|---|" + "---|" * len(TASKS))
    for name in seeds[0]:
        cells = []
        for of in TASKS:
            values = [results[name][of] for results in seeds]
            cells.append(f"{statistics.mean(values):.1f} ({', '.join(f'{value:g}' for value in values)})")
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
