"""Decoding speed of transformers' generate, the same measure as DecodeBenchmark's `speed`.

usage: transformers_decode.py MODEL_DIR [threads]
"""

import sys
import time

import torch
import transformers

directory = sys.argv[1]
torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
model = transformers.AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32).eval()
vocabulary = model.config.vocab_size


def run(batch, tokens):
    torch.manual_seed(1)
    prompts = torch.randint(300, vocabulary, (batch, 64))
    started = time.perf_counter()
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
    return time.perf_counter() - started


print(f"transformers {transformers.__version__}, torch {torch.__version__}, "
      f"{torch.get_num_threads()} threads, {torch.backends.cpu.get_cpu_capability()}")
for batch in (1, 8):
    best = 0
    for _ in range(5):
        prompts = run(batch, 1)
        best = max(best, batch * 63 / (run(batch, 64) - prompts))
    print(f"transformers batch {batch}: {best:.1f} tokens/s", flush=True)
