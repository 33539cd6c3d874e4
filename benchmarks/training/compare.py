"""Training speed and peak memory of this project's trainer against transformers + PEFT.

Same model configuration (random weights), same batch shapes, same element type, same number of
threads, runs in turn. See README.md for the commands.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

SHAPES = {
    "quick-start": dict(vocab_size=6144, hidden_size=256, intermediate_size=768, num_hidden_layers=6,
                        num_attention_heads=4, num_key_value_heads=2, head_dim=64,
                        max_position_embeddings=512, tie_word_embeddings=True),
    "smollm2-135m": dict(vocab_size=49152, hidden_size=576, intermediate_size=1536,
                         num_hidden_layers=30, num_attention_heads=9, num_key_value_heads=3,
                         head_dim=64, max_position_embeddings=2048, tie_word_embeddings=True),
}
# as WorkerLauncher sets them for the worker's process
WORKER_ENVIRONMENT = {
    "OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "8000000000", "MALLOC_TOP_PAD_": "268435456",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "128", "LRU_CACHE_CAPACITY": "32",
}
WARM_UP = 4


def prepare(shape, directory, tokenizer):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM
    torch.manual_seed(0)
    LlamaForCausalLM(LlamaConfig(**SHAPES[shape])).save_pretrained(directory)
    (directory / "tokenizer.json").write_bytes((tokenizer / "tokenizer.json").read_bytes())


def ours(arguments, shape, method, steps, work):
    work.mkdir(parents=True, exist_ok=True)
    train = work / "train.jsonl"
    rows = arguments.batch
    text = "the filter keeps for three years in a dry place below thirty degrees " * 2
    line = json.dumps({"messages": [{"role": "user", "content": text + "in a dry place in "},
                                    {"role": "assistant", "content": text}]})
    train.write_text((line + "\n") * rows * steps)
    job = dict(baseModelDirectory=str(arguments.work / shape), trainFile=str(train),
               outputDirectory=str(work / "out"), checkpointDirectory=str(work / "checkpoints"),
               progressFile=str(work / "progress.jsonl"), method=method, epochs=1, rank=16,
               batchTokens=100_000, threads=arguments.threads, precision=arguments.precision,
               learningRate=1e-4, checkpointEverySteps=100_000)
    # exactly `rows` rows make a batch: a row is a multiple of eight, so neither precision fills it up
    job["batchTokens"] = rows * arguments.row_tokens
    (work / "job.json").write_text(json.dumps(job))
    (work / "progress.jsonl").unlink(missing_ok=True)
    shutil.rmtree(work / "out", ignore_errors=True)
    subprocess.run(
        ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
         "-Dorg.bytedeco.javacpp.nopointergc=true", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
         "-cp", arguments.class_path, "dev.migaki.lm.worker.TrainWorker", str(work / "job.json")],
        env={**os.environ, **WORKER_ENVIRONMENT, "MIGAKI_DEVICE": arguments.device}, check=True, stderr=subprocess.DEVNULL)
    events = [json.loads(line) for line in (work / "progress.jsonl").read_text().splitlines()]
    done = [event for event in events if event["event"] == "step"]
    first, last = done[WARM_UP - 1], done[-1]
    result = json.loads((work / "out/training-result.json").read_text())
    start = next(event for event in events if event["event"] == "started")
    assert last["step"] == steps, (last["step"], steps)
    return dict(tokens_per_second=(last["trainedTokens"] - first["trainedTokens"])
                / (last["elapsedSeconds"] - first["elapsedSeconds"]),
                peak_mb=result["peakMemoryBytes"] / 2**20,
                row=start["tokens"] // start["trainExamples"],
                supervised=start["supervisedTokens"] // start["trainExamples"])


def peft(arguments, shape, method, steps, row, supervised):
    command = [sys.executable, __file__, "--peft-child", json.dumps(dict(
        model=str(arguments.work / shape), method=method, steps=steps, row=row,
        supervised=supervised, batch=arguments.batch, threads=arguments.threads,
        precision=arguments.precision, device=arguments.device))]
    output = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(output.stdout.strip().splitlines()[-1])


def synchronize(job):
    import torch
    if job["device"] == "cuda":
        torch.cuda.synchronize()


def peft_child(job):
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM
    torch.set_num_threads(job["threads"])
    torch.manual_seed(0)
    dtype = torch.bfloat16 if job["precision"] == "bf16" else torch.float32
    model = AutoModelForCausalLM.from_pretrained(job["model"], dtype=dtype)
    if job["method"] == "lora":
        model = get_peft_model(model, LoraConfig(r=16, lora_alpha=32, target_modules="all-linear",
                                                 task_type="CAUSAL_LM"))
    model.to(job["device"]).train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-4, betas=(0.9, 0.95), weight_decay=0.01)
    started, tokens = None, 0
    for step in range(job["steps"]):
        if step == WARM_UP:
            synchronize(job)
            started, tokens = time.perf_counter(), 0
        ids = torch.randint(0, 6000, (job["batch"], job["row"]), device=job["device"])
        labels = ids.clone()
        labels[:, : job["row"] - job["supervised"]] = -100
        loss = model(input_ids=ids, labels=labels, use_cache=False).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        tokens += ids.numel()
    synchronize(job)
    seconds = time.perf_counter() - started
    print(json.dumps(dict(tokens_per_second=tokens / seconds,
                          peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--peft-child")
    parser.add_argument("--class-path")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/migaki-training-speed"))
    parser.add_argument("--tokenizer", type=pathlib.Path, default=pathlib.Path("models/quick-start"))
    parser.add_argument("--cases", nargs="+", default=["quick-start:full:40", "quick-start:lora:40",
                                                       "smollm2-135m:lora:8"])
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--row-tokens", type=int, default=96, help="tokens of a row without its last")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", default="fp32")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--prepare-only", action="store_true")
    arguments = parser.parse_args()
    if arguments.peft_child:
        peft_child(json.loads(arguments.peft_child))
        return
    for case in arguments.cases:
        shape = case.split(":")[0]
        if not (arguments.work / shape / "tokenizer.json").exists():
            prepare(shape, arguments.work / shape, arguments.tokenizer)
    if arguments.prepare_only:
        return
    for case in arguments.cases:
        shape, method, steps = case.split(":")
        runs = []
        for turn in range(arguments.rounds):
            own = ours(arguments, shape, method, int(steps), arguments.work / f"run-{shape}-{method}")
            other = peft(arguments, shape, method, int(steps), own["row"], own["supervised"])
            runs.append((own, other))
            print(json.dumps(dict(case=case, turn=turn, ours=own, peft=other)), flush=True)
        ratio = statistics.median(a["tokens_per_second"] / b["tokens_per_second"] for a, b in runs)
        memory = statistics.median(a["peak_mb"] / b["peak_mb"] for a, b in runs)
        print(f"{case}: speed ratio {ratio:.2f}, peak memory ratio {memory:.2f}", flush=True)


main()
