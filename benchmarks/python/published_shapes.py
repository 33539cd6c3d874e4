"""Random weights in the shape of published models, with reference logits.

usage: python published_shapes.py NAME OUTPUT_DIRECTORY    NAME: qwen2.5-0.5b or smollm2-135m

The configurations are those that the models were published with, field by field; weights are
random, the tokenizer is a small one (`tokenizer.json` of the tests).
"""

import json
import shutil
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

CONFIGS = {
    "qwen2.5-0.5b": {
        "architectures": ["Qwen2ForCausalLM"],
        "attention_dropout": 0.0,
        "bos_token_id": 151643,
        "eos_token_id": 151645,
        "hidden_act": "silu",
        "hidden_size": 896,
        "initializer_range": 0.02,
        "intermediate_size": 4864,
        "max_position_embeddings": 32768,
        "max_window_layers": 21,
        "model_type": "qwen2",
        "num_attention_heads": 14,
        "num_hidden_layers": 24,
        "num_key_value_heads": 2,
        "rms_norm_eps": 1e-06,
        "rope_theta": 1000000.0,
        "sliding_window": 32768,
        "tie_word_embeddings": True,
        "torch_dtype": "bfloat16",
        "transformers_version": "4.43.1",
        "use_cache": True,
        "use_sliding_window": False,
        "vocab_size": 151936,
    },
    "smollm2-135m": {
        "architectures": ["LlamaForCausalLM"],
        "attention_bias": False,
        "attention_dropout": 0.0,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "hidden_act": "silu",
        "hidden_size": 576,
        "initializer_range": 0.041666666666666664,
        "intermediate_size": 1536,
        "is_llama_config": True,
        "max_position_embeddings": 8192,
        "mlp_bias": False,
        "model_type": "llama",
        "num_attention_heads": 9,
        "num_hidden_layers": 30,
        "num_key_value_heads": 3,
        "pad_token_id": 2,
        "pretraining_tp": 1,
        "rms_norm_eps": 1e-05,
        "rope_interleaved": False,
        "rope_scaling": None,
        "rope_theta": 100000,
        "tie_word_embeddings": True,
        "torch_dtype": "bfloat16",
        "transformers.js_config": {"kv_cache_dtype": {"q4f16": "float16"}},
        "transformers_version": "4.42.3",
        "use_cache": True,
        "vocab_size": 49152,
    },
}


def main():
    name, root = sys.argv[1], Path(sys.argv[2])
    root.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    torch.set_num_threads(1)
    published = CONFIGS[name]
    (root / "config.json").write_text(json.dumps(published))
    config = AutoConfig.from_pretrained(root)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    model.save_pretrained(root)
    # what the publisher wrote, not what this version of transformers makes of it
    (root / "config.json").write_text(json.dumps(published, indent=2) + "\n")
    model = model.float().eval()
    ids = torch.randint(3, config.vocab_size, (1, 24))
    with torch.no_grad():
        logits = model(ids).logits
    (root / "expected").mkdir(exist_ok=True)
    save_file(
        {"logits": logits[0].contiguous(), "ids": ids[0].float()},
        root / "expected" / "logits.safetensors",
    )
    tokenizer = Path(__file__).parents[2] / (
        "domain/language-model/src/test/resources/parity/tokenizers/qwen2/tokenizer.json"
    )
    shutil.copy(tokenizer, root / "tokenizer.json")
    print(name, sum(p.numel() for p in model.parameters()), transformers.__version__)


if __name__ == "__main__":
    main()
