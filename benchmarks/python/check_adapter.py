"""Loads adapters that Migaki wrote with PEFT and compares logits.

usage: python check_adapter.py MODELS_DIRECTORY WRITTEN_DIRECTORY

WRITTEN_DIRECTORY holds one adapter per family, as the tests of domain/language-model leave them in
target/parity/adapters; MODELS_DIRECTORY the models of model_goldens.py. Prints one JSON object per
family: the largest difference to the logits that PEFT gave with its own file.
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM


def main():
    models, written = Path(sys.argv[1]), Path(sys.argv[2])
    for adapter in sorted(written.iterdir()):
        base = models / adapter.name
        facts = json.loads((base / "expected.json").read_text())
        model = AutoModelForCausalLM.from_pretrained(
            base, dtype=torch.float32, attn_implementation="eager"
        )
        tuned = PeftModel.from_pretrained(model, adapter).eval()
        with torch.no_grad():
            logits = tuned(torch.tensor(facts["ids"])).logits
        expected = load_file(base / "expected.safetensors")["adapter.logits"]
        difference = (logits - expected).abs().max().item()
        print(
            json.dumps(
                {
                    "family": adapter.name,
                    "largestDifference": difference,
                    "peft": peft.__version__,
                    "transformers": transformers.__version__,
                    "torch": torch.__version__,
                }
            )
        )
        assert difference <= 1e-4, adapter


if __name__ == "__main__":
    main()
