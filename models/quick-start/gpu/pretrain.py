#!/usr/bin/env python3
"""Pre-trains the quick-start base model on a CUDA GPU: the arithmetic of dev.migaki.lm.training.Pretrainer.

    python3 pretrain.py encode CORPUS.jsonl TOKENIZER.json DOCUMENTS.xz
    python3 pretrain.py train DOCUMENTS.xz HELD_OUT.xz CONFIG.json OUTPUT [--seconds 300] [--lr 3e-3] ...

Same model (Llama), rows (documents packed first fit, plain causal attention), loss (next token, prompt tokens
weighted), optimizers (Muon for the block matrices, AdamW for embedding and norms) and schedule (linear warm-up, then
linear to zero by the clock). Matrix products are in bfloat16 over float32 parameters. Written with torch 2.11; the
weights go on in the Java trainer. Nothing here runs in the product, its build or its tests.
"""
import argparse
import json
import lzma
import math
import multiprocessing
import os
import pathlib
import sys
import time

import numpy as np

CONTEXT_MARK, PADDING = 0x8000, 0xFFFF
END_OF_TEXT = 0


# ---------------------------------------------------------------- documents

def encode(corpus, tokenizer_file, target):
    """Token ids of every document as uint16, prompt tokens marked; lengths first. See Corpus and ChatEncoding."""
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(tokenizer_file)
    pieces, marks, ends = [], [], []
    for line in open(corpus, encoding="utf-8"):
        row = json.loads(line)
        if "messages" in row:
            for message in row["messages"]:
                content = message["content"]
                if message["role"] == "assistant":
                    parts = [("<|im_start|>assistant\n", 1), (content + "<|im_end|>", 0), ("\n", 1)]
                else:
                    parts = [("<|im_start|>" + message["role"] + "\n", 1), (content, 1), ("<|im_end|>\n", 1)]
                for text, mark in parts:
                    pieces.append(text)
                    marks.append(mark)
            ends.append((len(pieces), 1))
        else:
            pieces.append(row["text"])
            marks.append(0)
            ends.append((len(pieces), 0))
    documents, start = [], 0
    ids = []
    for at in range(0, len(pieces), 100_000):
        ids += [np.array(e.ids, dtype=np.uint16) for e in tokenizer.encode_batch(pieces[at:at + 100_000], add_special_tokens=False)]
    for end, chat in ends:
        parts = [ids[i] | (CONTEXT_MARK if marks[i] else 0) for i in range(start, end)]
        parts.append(np.array([END_OF_TEXT | (CONTEXT_MARK if chat else 0)], dtype=np.uint16))
        documents.append(np.concatenate(parts).astype(np.uint16))
        start = end
    lengths = np.array([len(document) for document in documents], dtype=np.uint32)
    with lzma.open(target, "wb", preset=6) as out:
        out.write(np.array([len(lengths)], dtype=np.uint32).tobytes())
        out.write(lengths.tobytes())
        out.write(np.concatenate(documents).tobytes())
    print(len(documents), "documents", int(lengths.sum()), "tokens", os.path.getsize(target), "bytes")


def read_documents(file):
    raw = lzma.open(file, "rb").read()
    count = int(np.frombuffer(raw, np.uint32, 1)[0])
    lengths = np.frombuffer(raw, np.uint32, count, 4).astype(np.int64)
    return np.frombuffer(raw, np.uint16, -1, 4 + 4 * count), np.concatenate([[0], np.cumsum(lengths)])


def pack(tokens, bounds, context, seed):
    """One epoch of rows [N, context + 1]; see TokenRows."""
    draw = np.random.default_rng(seed)
    width, rows, open_rows, fill = context + 1, [], [], []
    for index in draw.permutation(len(bounds) - 1):
        start, end = int(bounds[index]), int(bounds[index + 1])
        while end - start > width:
            rows.append(tokens[start:start + width])
            start += width - 1
        length = end - start
        for i, filled in enumerate(fill):
            if filled + length <= width:
                open_rows[i][filled:filled + length] = tokens[start:end]
                fill[i] = filled + length
                break
        else:
            if len(open_rows) == 24:
                fullest = max(range(24), key=fill.__getitem__)
                rows.append(open_rows.pop(fullest))
                fill.pop(fullest)
            row = np.full(width, PADDING, np.uint16)
            row[:length] = tokens[start:end]
            open_rows.append(row)
            fill.append(length)
    rows += open_rows
    rows = np.stack(rows)
    return rows[draw.permutation(len(rows))]


_shared = {}


def _pack_epoch(job):
    return pack(_shared["tokens"], _shared["bounds"], *job)


# ---------------------------------------------------------------- model

class Llama:
    """Parameters as stacked tensors, one per kind of matrix, so that the optimizer works on all layers at once."""

    def __init__(self, torch, config, seed, device):
        self.torch, self.config = torch, config
        generator = torch.Generator(device="cpu").manual_seed(seed)
        hidden, layers, inner = config["hidden_size"], config["num_hidden_layers"], config["intermediate_size"]
        head = config["head_dim"]
        self.heads, self.kv, self.head = config["num_attention_heads"], config["num_key_value_heads"], head
        residual = 0.02 / math.sqrt(2 * layers)

        def normal(*shape, deviation=0.02):
            return (torch.randn(*shape, generator=generator) * deviation).to(device).requires_grad_()

        self.matrices = {
            "self_attn.q_proj": normal(layers, self.heads * head, hidden),
            "self_attn.k_proj": normal(layers, self.kv * head, hidden),
            "self_attn.v_proj": normal(layers, self.kv * head, hidden),
            "self_attn.o_proj": normal(layers, hidden, self.heads * head, deviation=residual),
            "mlp.gate_proj": normal(layers, inner, hidden),
            "mlp.up_proj": normal(layers, inner, hidden),
            "mlp.down_proj": normal(layers, hidden, inner, deviation=residual),
        }
        self.embedding = normal(config["vocab_size"], hidden)
        self.norms = {name: torch.ones(layers, hidden, device=device, requires_grad=True)
                      for name in ("input_layernorm", "post_attention_layernorm")}
        self.final_norm = torch.ones(hidden, device=device, requires_grad=True)

    def load(self, directory):
        from safetensors.torch import load_file
        values = {}
        for file in sorted(pathlib.Path(directory).glob("model*.safetensors")):
            values.update(load_file(str(file)))
        with self.torch.no_grad():
            for name, value in self.named():
                value.copy_(values[name].to(value.device, value.dtype))

    def named(self):
        """Views by their Hugging Face names."""
        yield "model.embed_tokens.weight", self.embedding
        for layer in range(self.config["num_hidden_layers"]):
            for name, matrix in self.matrices.items():
                yield f"model.layers.{layer}.{name}.weight", matrix[layer]
            for name, norm in self.norms.items():
                yield f"model.layers.{layer}.{name}.weight", norm[layer]
        yield "model.norm.weight", self.final_norm

    def parameters(self):
        return [*self.matrices.values(), self.embedding, *self.norms.values(), self.final_norm]

    def logits(self, ids, dtype):
        """ids [B, T] -> logits [B, T, V] in dtype."""
        torch = self.torch
        functional = torch.nn.functional
        config = self.config
        batch, length = ids.shape

        def norm(x, weight):
            y = x.float()
            return (y * torch.rsqrt(y.square().mean(-1, keepdim=True) + config["rms_norm_eps"]) * weight).to(dtype)

        half = self.head // 2
        frequency = config["rope_theta"] ** (-torch.arange(half, device=ids.device, dtype=torch.float32) * 2 / self.head)
        angle = torch.arange(length, device=ids.device, dtype=torch.float32)[:, None] * frequency
        cosine, sine = angle.cos()[None, :, None].to(dtype), angle.sin()[None, :, None].to(dtype)

        def rotate(x):
            first, second = x.split(half, -1)
            return torch.cat([first * cosine - second * sine, second * cosine + first * sine], -1)

        x = functional.embedding(ids, self.embedding).to(dtype)
        matrices = {name: matrix.to(dtype) for name, matrix in self.matrices.items()}
        for layer in range(config["num_hidden_layers"]):
            y = norm(x, self.norms["input_layernorm"][layer])
            q = rotate((y @ matrices["self_attn.q_proj"][layer].t()).view(batch, length, self.heads, self.head))
            k = rotate((y @ matrices["self_attn.k_proj"][layer].t()).view(batch, length, self.kv, self.head))
            v = (y @ matrices["self_attn.v_proj"][layer].t()).view(batch, length, self.kv, self.head)
            shared = self.heads // self.kv
            k, v = (t[:, :, :, None].expand(-1, -1, -1, shared, -1).reshape(batch, length, self.heads, self.head) for t in (k, v))
            mixed = functional.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), is_causal=True)
            x = x + mixed.transpose(1, 2).reshape(batch, length, -1) @ matrices["self_attn.o_proj"][layer].t()
            y = norm(x, self.norms["post_attention_layernorm"][layer])
            y = functional.silu(y @ matrices["mlp.gate_proj"][layer].t()) * (y @ matrices["mlp.up_proj"][layer].t())
            x = x + y @ matrices["mlp.down_proj"][layer].t()
        return norm(x, self.final_norm) @ self.embedding.to(dtype).t()

    def loss(self, rows, context_weight, dtype):
        """rows [B, T + 1] of int32 with marks -> sum of weighted losses, sum of weights."""
        torch = self.torch
        inputs, targets = rows[:, :-1], rows[:, 1:]
        logits = self.logits(torch.where(inputs == PADDING, 0, inputs & ~CONTEXT_MARK).long(), dtype).float()
        weights = torch.where((targets & CONTEXT_MARK) != 0, context_weight, 1.0) * (targets != PADDING)
        goal = torch.where(targets == PADDING, 0, targets & ~CONTEXT_MARK).long()
        losses = torch.nn.functional.cross_entropy(logits.flatten(0, 1), goal.flatten(), reduction="none")
        return (losses * weights.flatten()).sum(), weights.sum()

    def save(self, directory, shard_bytes):
        from safetensors.torch import save_file
        directory.mkdir(parents=True, exist_ok=True)
        shards, size = [{}], 0
        for name, value in self.named():
            tensor = value.detach().to(self.torch.bfloat16).cpu().contiguous().clone()
            if size + tensor.numel() * 2 > shard_bytes:
                shards.append({})
                size = 0
            shards[-1][name] = tensor
            size += tensor.numel() * 2
        if len(shards) == 1:
            save_file(shards[0], str(directory / "model.safetensors"), {"format": "pt"})
        else:
            index = {"metadata": {}, "weight_map": {}}
            for i, shard in enumerate(shards):
                file = f"model-{i + 1:05}-of-{len(shards):05}.safetensors"
                save_file(shard, str(directory / file), {"format": "pt"})
                index["weight_map"].update({name: file for name in shard})
            (directory / "model.safetensors.index.json").write_text(json.dumps(index))


class Muon:
    """See OrthogonalMomentum and AdamW.orthogonalStep."""

    def __init__(self, torch, matrices, decay):
        self.torch, self.matrices, self.decay = torch, matrices, decay
        self.momenta = [torch.zeros_like(matrix) for matrix in matrices]

    def step(self, rate):
        torch = self.torch
        with torch.no_grad():
            for matrix, momentum in zip(self.matrices, self.momenta):
                gradient = matrix.grad
                momentum.mul_(0.95).add_(gradient)
                ahead = gradient.add(momentum, alpha=0.95)
                tall = ahead.size(1) > ahead.size(2)
                x = (ahead.transpose(1, 2) if tall else ahead).float()
                x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
                x = x.bfloat16()
                for _ in range(5):
                    gram = x @ x.transpose(1, 2)
                    polynomial = torch.baddbmm(gram, gram, gram, beta=-4.7750, alpha=2.0315)
                    x = torch.baddbmm(x, polynomial, x, beta=3.4445, alpha=1.0)
                scale = 0.2 * math.sqrt(max(ahead.size(1), ahead.size(2)))
                matrix.mul_(1 - rate * self.decay).add_((x.transpose(1, 2) if tall else x).float(), alpha=-rate * scale)


# ---------------------------------------------------------------- training

def train(arguments):
    import torch
    torch.set_float32_matmul_precision("high" if arguments.device == "cuda" else "highest")
    device, dtype = arguments.device, torch.bfloat16 if arguments.device == "cuda" else torch.float32
    config = json.loads(pathlib.Path(arguments.config).read_text())
    output = pathlib.Path(arguments.output)
    output.mkdir(parents=True, exist_ok=True)
    log = open(output / "log.jsonl", "a", buffering=1)

    def emit(**values):
        line = json.dumps({key: round(value, 5) if isinstance(value, float) else value for key, value in values.items()})
        print(line, flush=True)
        log.write(line + "\n")

    _shared["tokens"], _shared["bounds"] = read_documents(arguments.documents)
    held = read_documents(arguments.held_out)
    # each epoch is packed anew, all at once on the processor's cores while the first one trains
    pool = multiprocessing.get_context("fork").Pool(arguments.workers)
    epochs = [pool.apply_async(_pack_epoch, ((arguments.context, arguments.seed * 1_000_003 + epoch),))
              for epoch in range(arguments.epochs)]
    model = Llama(torch, config, arguments.seed, device)
    if arguments.init:
        model.load(arguments.init)
    loss = torch.compile(model.loss) if device == "cuda" else model.loss
    muon = Muon(torch, list(model.matrices.values()), 0.1)
    adam = torch.optim.AdamW([{"params": [model.embedding], "weight_decay": 0.1},
                              {"params": [*model.norms.values(), model.final_norm], "weight_decay": 0.0}],
                             lr=arguments.lr, betas=(0.9, 0.95), eps=1e-8)

    def measure(precision):
        rows = torch.from_numpy(pack(*held, arguments.context, 0).astype(np.int32)).to(device)
        total, weight = 0.0, 0.0
        with torch.no_grad():
            for at in range(0, len(rows), 64):
                part, weights = model.loss(rows[at:at + 64], 0.2, precision)
                total, weight = total + part.item(), weight + weights.item()
        return total / weight

    emit(event="started", device=torch.cuda.get_device_name() if device == "cuda" else "cpu", torch=torch.__version__,
         parameters=sum(p.numel() for p in model.parameters()), corpusTokens=int(_shared["bounds"][-1]),
         heldOutLoss=measure(torch.float32), arguments={k: str(v) for k, v in vars(arguments).items() if k != "run"})
    rows_per_step = max(1, arguments.batch_tokens // arguments.context)
    step, tokens, epoch, at = 0, 0, -1, 0
    rows = None
    started, logged, logged_tokens = None, time.time(), 0
    total = torch.zeros((), device=device)
    count = 0
    while True:
        if rows is None or at + rows_per_step > len(rows):
            epoch, at = epoch + 1, 0
            if epoch == len(epochs):
                epochs.append(pool.apply_async(_pack_epoch, ((arguments.context, arguments.seed * 1_000_003 + epoch),)))
            rows = torch.from_numpy(epochs[epoch].get().astype(np.int32)).to(device)
            epochs[epoch] = None
        batch = rows[at:at + rows_per_step]
        at += rows_per_step
        progress = 0.0 if started is None else (time.time() - started) / arguments.seconds
        if progress >= 1 or (arguments.steps and step >= arguments.steps):
            break
        if progress < arguments.warmup:
            rate = arguments.lr * max(0.02, progress / arguments.warmup)
        else:
            rate = arguments.lr * (1 - (progress - arguments.warmup) / (1 - arguments.warmup))
        pass_rows = max(1, arguments.pass_tokens // arguments.context)
        weight = None
        for part in batch.split(pass_rows):
            value, weights = loss(part, arguments.context_weight, dtype)
            weight = weights if weight is None else weight + weights
            value.backward()
            total += value.detach() / (weights * math.ceil(len(batch) / pass_rows))
        with torch.no_grad():
            torch._foreach_div_([p.grad for p in model.parameters()], weight)
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        muon.step(rate)
        for group in adam.param_groups:
            group["lr"] = rate
        adam.step()
        for parameter in model.parameters():
            parameter.grad = None
        step, tokens, count = step + 1, tokens + rows_per_step * arguments.context, count + 1
        if step == 3:
            # compilation does not count
            if device == "cuda":
                torch.cuda.synchronize()
            started = time.time()
        if step % arguments.log_every == 0:
            now, mean = time.time(), total.item() / count
            emit(event="step", step=step, trainLoss=mean, gradientNorm=norm.item(), learningRate=rate, trainedTokens=tokens,
                 epoch=epoch, tokensPerSecond=round((tokens - logged_tokens) / (now - logged)), elapsedSeconds=round(now - (started or now), 1))
            logged, logged_tokens, count = now, tokens, 0
            total.zero_()
            if not math.isfinite(mean):
                sys.exit("the loss is not finite")
    pool.terminate()
    emit(event="finished", step=step, trainedTokens=tokens, epochs=round(epoch + at / len(rows), 2), heldOutLoss=measure(torch.float32))
    model.save(output, arguments.shard_bytes)
    written = dict(config, torch_dtype="bfloat16")
    (output / "config.json").write_text(json.dumps(written))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("encode")
    for name in ("corpus", "tokenizer", "target"):
        command.add_argument(name)
    command.set_defaults(run=lambda a: encode(a.corpus, a.tokenizer, a.target))
    command = commands.add_parser("train")
    for name in ("documents", "held_out", "config", "output"):
        command.add_argument(name)
    for name, value in (("seconds", 300.0), ("lr", 3e-3), ("warmup", 0.01), ("context-weight", 0.2), ("batch-tokens", 65536),
                        ("pass-tokens", 65536), ("context", 512), ("seed", 1), ("epochs", 12), ("workers", 12), ("log-every", 200),
                        ("steps", 0), ("shard-bytes", 15_000_000)):
        command.add_argument("--" + name, type=type(value), default=value)
    command.add_argument("--init")
    command.add_argument("--device", default="cuda")
    command.set_defaults(run=train)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
