"""Reference values of direct preference optimisation, computed by transformers, PEFT and torch.

usage: python preference_goldens.py MODELS_DIRECTORY [FAMILY ...]

Reads the model directories that `model_goldens.py` has written and adds `preference.json` (pairs,
loss, reward margins) and `preference.safetensors` (gradients of LoRA A and B) to each family's.
The reference is the model with its adapter switched off (arXiv:2305.18290).
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from peft import PeftModel
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

SEED = 20261128
BETA = 0.3
PROMPT = 5
ANSWERS = [(4, 7), (6, 6), (8, 3)]
FAMILIES = ["smollm2", "qwen3"]


def log_likelihood(model, prompt, answer):
    """Summed over the answer's tokens; one conversation at a time, so nothing is padded."""
    ids = torch.cat([prompt, answer]).unsqueeze(0)
    logits = model(ids).logits[0, len(prompt) - 1 : -1].float()
    chosen = torch.log_softmax(logits, -1).gather(1, answer.unsqueeze(1))
    return chosen.sum()


def packed(tuned):
    """The gradients one after the other, in the order of their names in the file."""
    named = {
        n.replace(".default.", "."): p for n, p in tuned.named_parameters() if "lora_" in n
    }
    return torch.cat([named[n].grad.reshape(-1) for n in sorted(named)]).clone()


def family(directory):
    generator = torch.Generator().manual_seed(SEED)
    base = AutoModelForCausalLM.from_pretrained(
        directory, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    tuned = PeftModel.from_pretrained(base, directory / "adapter", is_trainable=True).eval()
    draw = lambda count: torch.randint(
        3, base.config.vocab_size, (count,), generator=generator
    )
    pairs = [(draw(PROMPT), draw(w), draw(l)) for w, l in ANSWERS]
    margins = []
    for prompt, preferred, rejected in pairs:
        policy = log_likelihood(tuned, prompt, preferred) - log_likelihood(
            tuned, prompt, rejected
        )
        with torch.no_grad(), tuned.disable_adapter():
            reference = log_likelihood(tuned, prompt, preferred) - log_likelihood(
                tuned, prompt, rejected
            )
        margins.append(BETA * (policy - reference))
    loss = -torch.nn.functional.logsigmoid(torch.stack(margins)).mean()
    loss.backward()
    save_file({"gradients": packed(tuned)}, directory / "preference.safetensors")
    facts = {
        "seed": SEED,
        "beta": BETA,
        "pairs": [
            {"prompt": p.tolist(), "preferred": w.tolist(), "rejected": l.tolist()}
            for p, w, l in pairs
        ],
        "loss": loss.item(),
        "margins": [margin.item() for margin in margins],
        "versions": {
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "peft": peft.__version__,
        },
    }
    (directory / "preference.json").write_text(json.dumps(facts) + "\n")


def main():
    torch.set_num_threads(1)
    for name in sys.argv[2:] or FAMILIES:
        family(Path(sys.argv[1]) / name)


if __name__ == "__main__":
    main()
