"""Does a long training keep its memory? Trains the quick-start model for 1,000 steps and more, reads the
process' resident memory twice a second, and fits a line through the second half. See README.md for the command.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import time

from kill import events, examples, start


def resident_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return None


def slope(points):
    """Least squares, megabytes per second."""
    time_mean = statistics.mean(second for second, _ in points)
    memory_mean = statistics.mean(memory for _, memory in points)
    return (sum((second - time_mean) * (memory - memory_mean) for second, memory in points)
            / sum((second - time_mean) ** 2 for second, _ in points))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/migaki-soak"))
    parser.add_argument("--base", type=pathlib.Path, default=pathlib.Path("models/quick-start"))
    parser.add_argument("--method", default="lora", choices=["lora", "full"])
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", default="fp32", choices=["fp32", "bf16"])
    parser.add_argument("--train", type=pathlib.Path, help="examples of many lengths instead of generated ones")
    parser.add_argument("--batch-tokens", type=int, default=256)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.work, ignore_errors=True)
    arguments.work.mkdir(parents=True)
    train = arguments.train or arguments.work / "train.jsonl"
    if not arguments.train:
        examples(arguments.method, 96, train)
    directory = arguments.work / "run"
    directory.mkdir()
    fields = dict(
        baseModelDirectory=str(arguments.base), trainFile=str(train), outputDirectory=str(directory / "out"),
        checkpointDirectory=str(directory / "checkpoints"),
        progressFile=str(directory / "progress.jsonl"), method=arguments.method, epochs=10_000, batchTokens=arguments.batch_tokens,
        threads=arguments.threads, precision=arguments.precision, learningRate=1e-4, checkpointEverySteps=50)
    if arguments.method == "lora":
        fields.update(rank=16)
    (directory / "job.json").write_text(json.dumps(fields))
    process = start(arguments, directory)
    begun = time.monotonic()
    points, done = [], 0
    try:
        while process.poll() is None and done < arguments.steps:
            time.sleep(0.5)
            memory = resident_mb(process.pid)
            if memory:
                points.append((time.monotonic() - begun, memory))
            done = max([event.get("step", 0) for event in events(directory)], default=0)
    finally:
        process.kill()
        process.wait()
    if done < arguments.steps:
        raise SystemExit(f"the run ended early: {events(directory)[-1:]}, see {directory}")
    seconds = points[-1][0]
    at = {share: round(min(points, key=lambda point: abs(point[0] - share * seconds))[1])
          for share in (0.1, 0.25, 0.5, 0.75, 1)}
    later = [point for point in points if point[0] >= seconds / 2]
    print(json.dumps(dict(
        method=arguments.method, precision=arguments.precision, steps=done, seconds=round(seconds), resident_mb_at_share_of_time=at,
        slope_mb_per_1000_steps=round(slope(later) * seconds / done * 1000, 2))))


if __name__ == "__main__":
    main()
