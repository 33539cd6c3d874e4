"""Decoding speed of transformers' generate, the same measure as DecodeBenchmark's `speed`.

usage: transformers_decode.py MODEL_DIR [threads [tokens [bf16|f32 [cpu|cuda]]]]
"""

import sys
import time

import torch
import transformers

directory = sys.argv[1]
torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
model = transformers.AutoModelForCausalLM.from_pretrained(directory, dtype=torch.bfloat16 if sys.argv[4:5] == ["bf16"] else torch.float32).eval()
device = sys.argv[5] if len(sys.argv) > 5 else "cpu"
model.to(device)
vocabulary = model.config.vocab_size
TOKENS = int(sys.argv[3]) if len(sys.argv) > 3 else 64


def run(batch, tokens):
    torch.manual_seed(1)
    prompts = torch.randint(300, vocabulary, (batch, 64)).to(device)
    started, processor = time.perf_counter(), time.process_time()
    with torch.inference_mode():
        out = model.generate(
            prompts,
            attention_mask=torch.ones_like(prompts),
            do_sample=False,
            min_new_tokens=tokens,
            max_new_tokens=tokens,
            pad_token_id=0,
        )
    assert out.shape[1] == 64 + tokens
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - started, time.process_time() - processor


print(f"transformers {transformers.__version__}, torch {torch.__version__}, "
      f"{torch.get_num_threads()} threads, {torch.backends.cpu.get_cpu_capability()}, {device}")
for batch in (1, 8):
    first, whole = [1e9, 1e9], [1e9, 1e9]
    for _ in range(5):
        first = [min(pair) for pair in zip(first, run(batch, 1))]
        whole = [min(pair) for pair in zip(whole, run(batch, TOKENS))]
    wall, processor = [batch * (TOKENS - 1) / (w - f) for w, f in zip(whole, first)]
    print(f"transformers batch {batch}: {wall:.1f} tokens/s, {processor:.1f} by processor time", flush=True)
