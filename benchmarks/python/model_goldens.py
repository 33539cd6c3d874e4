"""Reference values of tiny random models of every family, computed by transformers, PEFT and torch.

usage: python model_goldens.py OUTPUT_DIRECTORY

Per family: a model directory as transformers writes it (weights rounded to bfloat16, so that both
sides start from the same numbers), a PEFT adapter, and `expected.safetensors` with logits, loss,
gradients of LoRA A and B, and the adapter after three AdamW steps.
"""

import json
import math
import shutil
import sys
from pathlib import Path

import numpy
import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
    SmolLM3Config,
    SmolLM3ForCausalLM,
    get_cosine_schedule_with_warmup,
)

SEED = 20261127
BATCH, LENGTH = 2, 10
PROMPT, NEW_TOKENS = 4, 6
LEARNING_RATE, WARMUP_STEPS, SCHEDULE_STEPS, STEPS = 2e-2, 2, 10, 3
CLIP_NORM, WEIGHT_DECAY, BETAS, EPSILON = 0.5, 0.01, (0.9, 0.999), 1e-8

SHAPE = dict(
    vocab_size=48,
    hidden_size=16,
    intermediate_size=24,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    head_dim=8,
    rms_norm_eps=1e-5,
    max_position_embeddings=64,
    bos_token_id=1,
    eos_token_id=2,
    pad_token_id=0,
    attn_implementation="eager",
)


def rope(theta, **scaling):
    return {"rope_theta": theta, "rope_type": "default", **scaling}


LLAMA3_ROPE = rope(
    500000.0,
    rope_type="llama3",
    factor=8.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=32,
)
YARN_ROPE = rope(
    10000.0, rope_type="yarn", factor=4.0, original_max_position_embeddings=16
)


def families():
    """Name, configuration, model class, and whether the weights are split into shards."""
    llama = lambda **more: LlamaConfig(**{**SHAPE, "tie_word_embeddings": False, **more})
    return [
        (
            "llama2",
            llama(num_key_value_heads=4, head_dim=4, rope_parameters=rope(10000.0)),
            LlamaForCausalLM,
            False,
        ),
        (
            "llama3",
            llama(tie_word_embeddings=True, rope_parameters=LLAMA3_ROPE),
            LlamaForCausalLM,
            True,
        ),
        (
            "llama-bias",
            llama(attention_bias=True, mlp_bias=True, rope_parameters=rope(10000.0)),
            LlamaForCausalLM,
            False,
        ),
        (
            "llama-linear",
            llama(rope_parameters=rope(10000.0, rope_type="linear", factor=4.0)),
            LlamaForCausalLM,
            False,
        ),
        ("llama-yarn", llama(rope_parameters=YARN_ROPE), LlamaForCausalLM, False),
        (
            "smollm2",
            llama(
                tie_word_embeddings=True,
                rope_parameters=rope(100000.0),
                num_attention_heads=3,
                num_key_value_heads=1,
                hidden_size=24,
            ),
            LlamaForCausalLM,
            False,
        ),
        (
            "mistral",
            MistralConfig(
                **SHAPE,
                tie_word_embeddings=False,
                sliding_window=16,
                rope_parameters=rope(10000.0),
            ),
            MistralForCausalLM,
            False,
        ),
        (
            "qwen2",
            Qwen2Config(
                **SHAPE, tie_word_embeddings=True, rope_parameters=rope(1000000.0)
            ),
            Qwen2ForCausalLM,
            False,
        ),
        (
            "qwen3",
            Qwen3Config(
                **SHAPE, tie_word_embeddings=False, rope_parameters=rope(1000000.0)
            ),
            Qwen3ForCausalLM,
            False,
        ),
        (
            "smollm3",
            SmolLM3Config(
                **{**SHAPE, "num_hidden_layers": 4, "hidden_size": 8},
                tie_word_embeddings=True,
                no_rope_layers=[1, 1, 0, 1],
                rope_parameters=rope(5000000.0),
            ),
            SmolLM3ForCausalLM,
            False,
        ),
    ]


def spread(model, generator):
    """Larger weights than a fresh model's, so that every part of it matters; all in bfloat16."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if name.endswith("norm.weight"):
            value = 1 + 0.2 * noise
        elif name.endswith("bias"):
            value = 0.2 * noise
        else:
            value = noise * (1.0 / math.sqrt(parameter.shape[-1]))
        parameter.data.copy_(value.bfloat16())


def lora(model, generator, **options):
    config = LoraConfig(
        **{
            "r": 2,
            "lora_alpha": 4,
            "lora_dropout": 0.0,
            "target_modules": "all-linear",
            "task_type": "CAUSAL_LM",
            **options,
        }
    )
    tuned = get_peft_model(model, config)
    for name, parameter in tuned.named_parameters():
        if "lora_" in name:
            parameter.data.copy_(
                0.3 * torch.randn(parameter.shape, generator=generator)
            )
    return tuned


def file_name(parameter):
    return parameter.replace(".default.", ".")


def packed(tuned, value):
    """The trained values one after the other, in the order of their names in the file."""
    named = {file_name(n): p for n, p in tuned.named_parameters() if "lora_" in n}
    return torch.cat([value(named[n]).detach().reshape(-1) for n in sorted(named)]).clone()


def save_adapter(tuned, directory):
    tuned.save_pretrained(directory)
    (directory / "README.md").unlink(missing_ok=True)
    config = json.loads((directory / "adapter_config.json").read_text())
    base = config["base_model_name_or_path"]
    config["base_model_name_or_path"] = Path(base).name if base else None
    (directory / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n")


def mean_loss(model, ids, weights):
    logits = model(ids).logits[:, :-1].float()
    losses = torch.nn.functional.cross_entropy(
        logits.reshape(-1, logits.shape[-1]), ids[:, 1:].reshape(-1), reduction="none"
    )
    return (losses * weights.reshape(-1)).sum() / weights.sum()


def three_steps(tuned, ids, weights, expected):
    trained = [p for n, p in tuned.named_parameters() if "lora_" in n]
    optimizer = torch.optim.AdamW(
        trained,
        lr=LEARNING_RATE,
        betas=BETAS,
        eps=EPSILON,
        weight_decay=WEIGHT_DECAY,
    )
    schedule = get_cosine_schedule_with_warmup(optimizer, WARMUP_STEPS, SCHEDULE_STEPS)
    rates, norms, losses = [], [], []
    schedule.step()  # the first rate of this schedule is 0
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = mean_loss(tuned, ids, weights)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(trained, CLIP_NORM).item())
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    expected["after"] = packed(tuned, lambda parameter: parameter)
    return rates, norms, losses


def family(name, config, model_class, sharded, root):
    generator = torch.Generator().manual_seed(SEED)
    directory = root / name
    model = model_class(config).eval()
    spread(model, generator)
    limit = dict(max_shard_size="4KB") if sharded else {}
    half = model_class(config).bfloat16().eval()
    half.load_state_dict(model.state_dict())
    half.save_pretrained(directory, **limit)
    ids = torch.randint(3, config.vocab_size, (BATCH, LENGTH), generator=generator)
    weights = (torch.rand((BATCH, LENGTH - 1), generator=generator) > 0.3).float()
    weights[0, 3] = 0.5
    expected = {}
    with torch.no_grad():
        logits = model(ids).logits
        expected["logits"] = logits.clone()
        expected["logits.bf16"] = half(ids).logits.float()
        greedy = model.generate(
            ids[:, :PROMPT],
            attention_mask=torch.ones_like(ids[:, :PROMPT]),
            max_new_tokens=NEW_TOKENS,
            min_new_tokens=NEW_TOKENS,
            do_sample=False,
        )[:, PROMPT:]
        loss = mean_loss(model, ids, weights).item()
    tuned = lora(model, generator)
    save_adapter(tuned, directory / "adapter")
    adapted = mean_loss(tuned, ids, weights)
    adapted.backward()
    with torch.no_grad():
        expected["adapter.logits"] = tuned(ids).logits.clone()
    expected["gradients"] = packed(tuned, lambda parameter: parameter.grad)
    rates, norms, losses = three_steps(tuned, ids, weights, expected)
    save_file(expected, directory / "expected.safetensors")
    facts = {
        "ids": ids.tolist(),
        "weights": weights.tolist(),
        "loss": loss,
        "adapterLoss": adapted.item(),
        "greedy": greedy.tolist(),
        "prompt": PROMPT,
        "training": {
            "learningRate": LEARNING_RATE,
            "warmupSteps": WARMUP_STEPS,
            "scheduleSteps": SCHEDULE_STEPS,
            "clipNorm": CLIP_NORM,
            "weightDecay": WEIGHT_DECAY,
            "beta1": BETAS[0],
            "beta2": BETAS[1],
            "epsilon": EPSILON,
            "rates": rates,
            "gradientNorms": norms,
            "losses": losses,
        },
    }
    (directory / "expected.json").write_text(json.dumps(facts) + "\n")
    return ids


ADAPTERS = {
    "rslora": dict(r=4, use_rslora=True, target_modules=["q_proj", "v_proj"]),
    "patterns": dict(
        rank_pattern={"q_proj": 3, r"layers\.1\.mlp\.down_proj": 1},
        alpha_pattern={"k_proj": 7, r"layers\.0\.mlp\.up_proj": 1},
    ),
    "regex": dict(target_modules=r".*\.layers\.1\.self_attn\.(q|o)_proj"),
    "layers": dict(target_modules=["up_proj", "k_proj"], layers_to_transform=[1]),
    "saved-head": dict(
        target_modules=["q_proj", "down_proj"],
        modules_to_save=["lm_head", "embed_tokens"],
    ),
    "saved-norm": dict(target_modules=["q_proj"], modules_to_save=["norm"]),
}


def adapters(root):
    """Adapters of every kind that changes the numbers, over one base model."""
    base = root / "qwen3"
    ids = torch.tensor(json.loads((base / "expected.json").read_text())["ids"])
    for name, options in ADAPTERS.items():
        generator = torch.Generator().manual_seed(SEED + 1)
        model = Qwen3ForCausalLM.from_pretrained(
            base, dtype=torch.float32, attn_implementation="eager"
        ).eval()
        tuned = lora(model, generator, **options)
        for parameter_name, parameter in tuned.named_parameters():
            if "modules_to_save" in parameter_name:
                noise = torch.randn(parameter.shape, generator=generator)
                parameter.data.add_(0.1 * noise)
        directory = root / "adapters" / name
        save_adapter(tuned, directory)
        with torch.no_grad():
            save_file(
                {"logits": tuned(ids).logits.clone()},
                directory / "expected.safetensors",
            )


def main():
    root = Path(sys.argv[1])
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    for entry in families():
        family(*entry, root)
        shutil.rmtree(root / entry[0] / ".cache", ignore_errors=True)
    adapters(root)
    versions = {
        "seed": SEED,
        "command": "python model_goldens.py OUTPUT_DIRECTORY",
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "peft": peft.__version__,
        "numpy": numpy.__version__,
        "python": sys.version.split()[0],
    }
    (root / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")


if __name__ == "__main__":
    main()
