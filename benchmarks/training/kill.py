"""Kills a training run with SIGKILL at random (seeded) steps and compares its result with that of an
undisturbed run of the same job, byte for byte. See README.md for the command.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time

# as WorkerLauncher sets them for the worker's process
WORKER_ENVIRONMENT = {
    "OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "8000000000", "MALLOC_TOP_PAD_": "268435456",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "128", "LRU_CACHE_CAPACITY": "32",
}
WEIGHTS = {"full": "model.safetensors", "lora": "adapter_model.safetensors",
           "dpo": "adapter_model.safetensors"}


def examples(method, count, file):
    words = random.Random(1)
    lines = []
    for i in range(count):
        question = {"role": "user", "content": f"What is in box {i} on the {words.choice(['left', 'right'])}?"}
        answers = [{"role": "assistant", "content": f"Box {i} holds {words.randrange(900)} {thing}."}
                   for thing in words.sample(["blue pens", "sheets of paper", "envelopes", "keys"], 2)]
        lines.append(json.dumps(
            {"input": {"messages": [question]}, "preferred_output": answers[:1],
             "non_preferred_output": answers[1:]} if method == "dpo"
            else {"messages": [question, answers[0]]}))
    file.write_text("\n".join(lines))


def job(arguments, method, directory):
    directory.mkdir(parents=True)
    train = arguments.work / f"{method}.jsonl"
    fields = dict(
        baseModelDirectory=str(arguments.base), trainFile=str(train), outputDirectory=str(directory / "out"),
        checkpointDirectory=str(directory / "checkpoints"), progressFile=str(directory / "progress.jsonl"),
        method=method, epochs=arguments.epochs, batchTokens=512, passTokens=256, threads=arguments.threads,
        precision=arguments.precision, learningRate=1e-4 if method == "dpo" else 1e-3, checkpointEverySteps=3)
    if method != "full":
        fields.update(rank=8, dropout=0.1)
    if method != "dpo":
        fields.update(promptTokenDropout=0.1, validationFile=str(train))
    (directory / "job.json").write_text(json.dumps(fields))


def start(arguments, directory):
    return subprocess.Popen(
        ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
         "-Dorg.bytedeco.javacpp.nopointergc=true", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
         "-cp", arguments.class_path, "dev.migaki.lm.worker.TrainWorker", str(directory / "job.json")],
        env={**os.environ, **WORKER_ENVIRONMENT}, stdout=subprocess.DEVNULL,
        stderr=(directory / "errors.log").open("a"))


def events(directory):
    file = directory / "progress.jsonl"
    text = file.read_text() if file.exists() else ""
    # the last line may be half written
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]


def steps(directory):
    return [event for event in events(directory) if event["event"] == "step"]


def sha256(arguments, method, directory):
    return hashlib.sha256((directory / "out" / WEIGHTS[method]).read_bytes()).hexdigest()


def kill_at(arguments, directory, step):
    """Starts the run, ends it with SIGKILL once it has reported the step; returns what it reported."""
    before = len(steps(directory))
    process = start(arguments, directory)
    while True:
        done = steps(directory)[before:]
        if done and done[-1]["step"] >= step:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return steps(directory)[-1]["step"]
        if process.poll() is not None:
            raise SystemExit(f"the run ended by itself with {process.returncode}, see {directory}")
        time.sleep(0.002)


def case(arguments, method):
    examples(method, arguments.examples, arguments.work / f"{method}.jsonl")
    whole, killed = arguments.work / f"{method}-whole", arguments.work / f"{method}-killed"
    job(arguments, method, whole)
    job(arguments, method, killed)
    if start(arguments, whole).wait() != 0:
        raise SystemExit(f"the undisturbed run failed, see {whole}")
    total = steps(whole)[-1]["totalSteps"]
    wanted = sorted(random.Random(arguments.seed).sample(range(1, total), arguments.kills))
    at = [kill_at(arguments, killed, step) for step in wanted]
    if start(arguments, killed).wait() != 0:
        raise SystemExit(f"the resumed run failed, see {killed}")
    resumed = [event["step"] for event in events(killed) if event["event"] == "started"]
    first, second = (sha256(arguments, method, directory) for directory in (whole, killed))
    print(json.dumps(dict(method=method, total_steps=total, killed_at=at, started_from=resumed,
                          sha256=[first, second], equal=first == second)), flush=True)
    return first == second


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/migaki-kills"))
    parser.add_argument("--base", type=pathlib.Path, default=pathlib.Path("models/quick-start"))
    parser.add_argument("--methods", nargs="+", default=["lora", "full", "dpo"])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", default="fp32", choices=["fp32", "bf16"])
    arguments = parser.parse_args()
    shutil.rmtree(arguments.work, ignore_errors=True)
    arguments.work.mkdir(parents=True)
    if not all([case(arguments, method) for method in arguments.methods]):
        raise SystemExit("a run that was killed did not end with the bytes of the undisturbed one")


if __name__ == "__main__":
    main()
