"""Writes a Llama checkpoint of the Hugging Face layout as GGUF for llama.cpp, without its tokenizer.

usage: to_gguf.py MODEL_DIR OUTPUT.gguf f32|bf16|f16

Only for comparing decoding speed: both programs are given token ids. Prints the greedy continuation
of the ids 300..363 by transformers, to be compared with that of `llama_decode OUTPUT.gguf check`.
"""

import json
import pathlib
import sys

import gguf
import numpy
import torch
import transformers
from safetensors import safe_open

NAMES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}
TYPES = {
    "f32": (gguf.GGMLQuantizationType.F32, gguf.LlamaFileType.ALL_F32),
    "f16": (gguf.GGMLQuantizationType.F16, gguf.LlamaFileType.MOSTLY_F16),
    "bf16": (gguf.GGMLQuantizationType.BF16, gguf.LlamaFileType.MOSTLY_BF16),
}


def name_of(tensor):
    if tensor == "model.embed_tokens.weight":
        return "token_embd.weight"
    if tensor == "model.norm.weight":
        return "output_norm.weight"
    if tensor == "lm_head.weight":
        return "output.weight"
    _, _, layer, rest = tensor.split(".", 3)
    return f"blk.{layer}.{NAMES[rest.removesuffix('.weight')]}.weight"


def interleaved(weight, heads):
    """llama.cpp rotates neighbours where Hugging Face's layout rotates halves."""
    out, width = weight.shape
    return weight.reshape(heads, 2, out // heads // 2, width).swapaxes(1, 2).reshape(out, width)


def main():
    directory, output, kind = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    config = json.loads((directory / "config.json").read_text())
    heads, shared = config["num_attention_heads"], config["num_key_value_heads"]
    head = config.get("head_dim") or config["hidden_size"] // heads
    matrix_type, file_type = TYPES[kind]
    writer = gguf.GGUFWriter(output, "llama")
    writer.add_file_type(file_type)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(shared)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_dimension_count(head)
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_tokenizer_model("none")
    with safe_open(directory / "model.safetensors", "pt") as weights:
        for tensor in weights.keys():
            values = weights.get_tensor(tensor).float().numpy()
            if tensor.endswith("q_proj.weight"):
                values = interleaved(values, heads)
            if tensor.endswith("k_proj.weight"):
                values = interleaved(values, shared)
            stored = gguf.GGMLQuantizationType.F32 if values.ndim == 1 else matrix_type
            values = gguf.quants.quantize(numpy.ascontiguousarray(values), stored)
            writer.add_tensor(name_of(tensor), values, raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    model = transformers.AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32).eval()
    ids = torch.arange(300, 364)[None]
    with torch.inference_mode():
        out = model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False,
                             min_new_tokens=16, max_new_tokens=16, pad_token_id=0)
    print("transformers:", *out[0, 64:].tolist())


if __name__ == "__main__":
    main()
