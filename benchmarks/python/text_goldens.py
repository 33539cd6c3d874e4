"""Reference values of tokenizers and chat templates, by tokenizers and transformers' Jinja.

usage: python text_goldens.py OUTPUT_DIRECTORY

Tokenizers: four small ones in the styles of the real families, trained here on a few sentences; ids
of Japanese, English, emoji and code. Templates: written here in the real families' style; rendered
with system prompt, tools and several turns.
"""

import json
import shutil
import sys
from pathlib import Path

import jinja2
import tokenizers
import transformers
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    trainers,
)
from transformers.utils.chat_template_utils import _compile_jinja_template

TEXTS = [
    "返品は30日以内に受け付けます。送料はお客様のご負担です。",
    "営業時間は午前9時から午後5時までです。",
    "Returns are accepted within 30 days. You pay the postage.",
    "def main(argv):\n    return sorted(argv, key=len)\n",
    "The office is open from 9 to 17. It's closed on Sunday's.",
]
SAMPLES = TEXTS + [
    "",
    " leading and  double  blanks \n\n\ttabs",
    "絵文字👍🏽と👨‍👩‍👧、ｶﾀｶﾅ、が (combining か\u3099)",
    "naïve café — “quotes” … ½ 12345678 3.14",
    "for (int i = 0; i < 10; i++) { x[i] += i ** 2; } // 注釈",
    "<|im_start|>user\nHello<|im_end|>\n",
    "I'm, you've, we'LL, they'd",
    "한국어 العربية עברית ไทย",
    "\u200bzero width\u00a0nbsp\u3000全角",
    "a" * 70,
]
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
QWEN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
LLAMA3 = QWEN.replace(r"|\p{N}|", r"|\p{N}{1,3}|")


def byte_level(pattern, normalizer, vocabulary):
    tokenizer = Tokenizer(models.BPE())
    if normalizer:
        tokenizer.normalizer = normalizer
    if pattern:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(pattern), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Digits(individual_digits=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False),
            ]
        )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=SPECIAL,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    return tokenizer


def byte_fallback():
    """Llama 2 and Mistral: blanks become ▁, unknown characters become bytes."""
    base = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    base.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    base.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=360,
        special_tokens=["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)],
        show_progress=False,
        limit_alphabet=60,
    )
    base.train_from_iterator([t for t in TEXTS if t.isascii()], trainer)
    return base


def write_tokenizers(root):
    built = {
        "smollm2": byte_level(None, None, 320),
        "qwen2": byte_level(QWEN, normalizers.NFC(), 320),
        "llama3": byte_level(LLAMA3, None, 320),
        "llama2": byte_fallback(),
    }
    for name, tokenizer in built.items():
        directory = root / "tokenizers" / name
        directory.mkdir(parents=True)
        tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
        rows = []
        for text in SAMPLES:
            ids = tokenizer.encode(text, add_special_tokens=False).ids
            rows.append(
                {
                    "text": text,
                    "ids": ids,
                    "decoded": tokenizer.decode(ids, skip_special_tokens=False),
                    "plain": tokenizer.decode(ids, skip_special_tokens=True),
                }
            )
        (directory / "expected.json").write_text(
            json.dumps(rows, ensure_ascii=False, indent=0) + "\n"
        )


TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "opening_hours",
            "description": "Opening hours of a shop – 営業時間 <b>\"now\"</b> & 'then'",
            "parameters": {
                "type": "object",
                "properties": {
                    "shop": {"type": "string", "enum": ["Tokyo", "大阪"]},
                    "day": {"type": "integer", "default": None, "minimum": 1.5},
                },
                "required": ["shop"],
                "additionalProperties": False,
            },
        },
    }
]
SYSTEM = {"role": "system", "content": "You are terse.\nAnswer in one line. "}
USER = {"role": "user", "content": "営業時間は？"}
ANSWER = {"role": "assistant", "content": "9時から17時です。"}
SECOND = {"role": "user", "content": "  And on Sunday 👍?\n"}
CALL = {
    "role": "assistant",
    "content": "",
    "tool_calls": [
        {
            "id": "call12345",
            "type": "function",
            "function": {
                "name": "opening_hours",
                "arguments": {"shop": "大阪", "day": 7},
            },
        }
    ],
}
RESULT = {"role": "tool", "name": "opening_hours", "content": '{"open": false}'}
THOUGHT = {
    "role": "assistant",
    "content": "<think>\nSunday, so closed.\n</think>\n\nClosed.",
}
CASES = {
    "one-turn": dict(messages=[USER]),
    "system": dict(messages=[SYSTEM, USER]),
    "several-turns": dict(messages=[SYSTEM, USER, ANSWER, SECOND]),
    "answered": dict(messages=[USER, ANSWER], add_generation_prompt=False),
    "tools": dict(messages=[SYSTEM, USER], tools=TOOLS),
    "tools-without-system": dict(messages=[USER], tools=TOOLS),
    "tool-call": dict(messages=[USER, CALL, RESULT, ANSWER, SECOND], tools=TOOLS),
    "thought": dict(messages=[USER, THOUGHT, SECOND]),
    "no-thinking": dict(messages=[SYSTEM, USER], enable_thinking=False),
    "two-users": dict(messages=[USER, SECOND]),
}


def write_templates(root):
    target = root / "templates"
    target.mkdir(parents=True)
    (target / "cases.json").write_text(
        json.dumps(CASES, ensure_ascii=False, indent=1) + "\n"
    )
    sources = Path(__file__).parent / "templates"
    for source in sorted(sources.glob("*.jinja")):
        text = source.read_text()
        shutil.copy(source, target / source.name)
        template = _compile_jinja_template(text)
        rendered = {}
        for name, case in CASES.items():
            context = {
                "add_generation_prompt": True,
                "tools": None,
                "documents": None,
                "bos_token": "<s>",
                "eos_token": "</s>",
                "strftime_now": lambda format: format.replace("%d", "26")
                .replace("%b", "Jul")
                .replace("%B", "July")
                .replace("%Y", "2024"),
                **case,
            }
            try:
                rendered[name] = template.render(**context)
            except jinja2.exceptions.TemplateError as error:
                rendered[name] = {"error": str(error)}
        (target / f"{source.stem}.json").write_text(
            json.dumps(rendered, ensure_ascii=False, indent=1) + "\n"
        )


def main():
    root = Path(sys.argv[1])
    for part in ("tokenizers", "templates"):
        shutil.rmtree(root / part, ignore_errors=True)
    write_tokenizers(root)
    write_templates(root)
    versions = {
        "command": "python text_goldens.py OUTPUT_DIRECTORY",
        "tokenizers": tokenizers.__version__,
        "transformers": transformers.__version__,
        "jinja2": jinja2.__version__,
        "python": sys.version.split()[0],
    }
    (root / "text-versions.json").write_text(json.dumps(versions, indent=2) + "\n")


if __name__ == "__main__":
    main()
