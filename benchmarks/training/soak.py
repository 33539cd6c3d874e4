"""Does a long training keep its memory? Trains the quick-start model for 1,000 steps and more, reads the
process' resident memory after every step that it sees, and fits a line through the second half. See README.md
for the command.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import time

from kill import events, examples, start, steps


def resident_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return None


def slope(points):
    """Least squares, megabytes per 1,000 steps."""
    steps_mean = statistics.mean(step for step, _ in points)
    memory_mean = statistics.mean(memory for _, memory in points)
    return 1000 * (sum((step - steps_mean) * (memory - memory_mean) for step, memory in points)
                   / sum((step - steps_mean) ** 2 for step, _ in points))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/migaki-soak"))
    parser.add_argument("--base", type=pathlib.Path, default=pathlib.Path("models/quick-start"))
    parser.add_argument("--method", default="lora", choices=["lora", "full"])
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.work, ignore_errors=True)
    arguments.work.mkdir(parents=True)
    train = arguments.work / "train.jsonl"
    examples(arguments.method, 96, train)
    directory = arguments.work / "run"
    directory.mkdir()
    fields = dict(
        baseModelDirectory=str(arguments.base), trainFile=str(train), validationFile=str(train),
        outputDirectory=str(directory / "out"), checkpointDirectory=str(directory / "checkpoints"),
        progressFile=str(directory / "progress.jsonl"), method=arguments.method, epochs=10_000, batchTokens=256,
        threads=arguments.threads, precision="fp32", learningRate=1e-4, checkpointEverySteps=50)
    if arguments.method == "lora":
        fields.update(rank=16)
    (directory / "job.json").write_text(json.dumps(fields))
    process = start(arguments, directory)
    points = []
    try:
        while process.poll() is None:
            done = steps(directory)
            memory = resident_mb(process.pid)
            if done and memory and (not points or done[-1]["step"] > points[-1][0]):
                points.append((done[-1]["step"], memory))
                if points[-1][0] >= arguments.steps:
                    break
            time.sleep(0.3)
    finally:
        process.kill()
        process.wait()
    if not points or points[-1][0] < arguments.steps:
        raise SystemExit(f"the run ended early: {events(directory)[-1:]}, see {directory}")
    later = [point for point in points if point[0] >= arguments.steps / 2]
    at = {wanted: min(points, key=lambda point: abs(point[0] - wanted)) for wanted in
          (10, 50, 100, arguments.steps // 4, arguments.steps // 2, arguments.steps)}
    print(json.dumps(dict(
        method=arguments.method, samples=len(points), checkpoints_every=50, validations=len(
            [event for event in events(directory) if event.get("validationLoss") is not None]),
        resident_mb={step: round(memory) for step, memory in at.values()},
        slope_mb_per_1000_steps=round(slope(later), 2))))


if __name__ == "__main__":
    main()
