"""Checks answers against the machine-readable Bot API: fields known, required ones there, typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("bot_api_10_3.json")
PRIMITIVES: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
}


class Schema:
    """The Bot API 10.3, as far as the simulator speaks it."""

    def __init__(self) -> None:
        loaded = json.loads(PATH.read_text())
        self.methods: dict[str, dict[str, Any]] = loaded["methods"]
        self._types: dict[str, dict[str, Any]] = loaded["types"]
        self._by_lower_name = {name.lower(): name for name in self.methods}

    def check_answer(self, method: str, result: object) -> None:
        """Assert that `result` is what `method` returns."""
        name = self._by_lower_name[method.lower()]
        problems = self.problems(result, self.methods[name]["returns"], name)
        assert not problems, "\n".join(problems)

    def problems(self, value: object, kind: str, where: str) -> list[str]:
        """What is wrong with `value` as a `kind`; empty if nothing is."""
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: no array"]
            inner = kind.removeprefix("Array of ")
            return [
                p for i, v in enumerate(value) for p in self.problems(v, inner, f"{where}[{i}]")
            ]
        options = kind.split(" or ")
        if len(options) > 1:
            return self._any_of(value, options, where)
        if kind in PRIMITIVES:
            return self._primitive(value, kind, where)
        return self._object(value, kind, where)

    def _any_of(self, value: object, options: list[str], where: str) -> list[str]:
        tried = [self.problems(value, option, f"{where} as {option}") for option in options]
        return [] if not all(tried) else min(tried, key=len)

    def _primitive(self, value: object, kind: str, where: str) -> list[str]:
        fits = isinstance(value, PRIMITIVES[kind])
        if isinstance(value, bool) and kind in {"Integer", "Float"}:
            fits = False
        if kind == "True" and value is not True:
            fits = False
        return [] if fits else [f"{where}: {value!r} is no {kind}"]

    def _object(self, value: object, kind: str, where: str) -> list[str]:
        definition = self._types[kind]
        if "any_of" in definition:
            return self._any_of(value, definition["any_of"], where)
        if not isinstance(value, dict):
            return [f"{where}: no {kind} object"]
        fields = definition["fields"]
        found = [f"{where}: unknown field {key!r}" for key in value if key not in fields]
        for key, (inner, required) in fields.items():
            if key in value:
                found += self.problems(value[key], inner, f"{where}.{key}")
            elif required:
                found.append(f"{where}: {key!r} is missing")
        return found
