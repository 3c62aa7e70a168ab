"""The words sought by a redaction, in any spacing or case, and their replacement."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from recommendations.domain.text.redacted import REMOVED

FEWEST_LETTERS = 3
# Between two words: any white space, or what replaces it in an address.
BETWEEN = r"(?:\s|[-‐‑–_+]|%20)+"
ALIKE = dict.fromkeys("'’‘ʼ`´", "['’‘ʼ`´]") | dict.fromkeys("-‐‑–", "[-‐‑–]")


@dataclass(frozen=True)
class SoughtWords:
    """Some words and their replacement: `instead`, or in an address `in_address`."""

    text: str
    instead: str = REMOVED
    in_address: str = "removed"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches them as whole words, never inside a longer word."""
        parts = ["".join(ALIKE.get(letter) or re.escape(letter) for letter in part) for part in self.text.split()]
        return re.compile(rf"(?<![^\W_]){BETWEEN.join(parts)}(?![^\W_])", re.IGNORECASE)

    @cached_property
    def token(self) -> str:
        """The longest run of ASCII letters and digits: the database filters by it first."""
        return max(re.findall(r"[A-Za-z0-9]+", self.text), key=len, default="")

    def are_in(self, value: Any) -> bool:
        """Whether they occur in a text, or anywhere in a JSON value."""
        if isinstance(value, str):
            return self.pattern.search(value) is not None
        if isinstance(value, dict):
            return any(self.are_in(each) for pair in value.items() for each in pair)
        return isinstance(value, list) and any(self.are_in(each) for each in value)

    def out_of(self, value: Any, *, keys: bool = False, in_address: bool = False) -> Any:
        """The value with the words replaced; with `keys` also in the keys of JSON objects."""
        if isinstance(value, str):
            return self.pattern.sub(lambda _: self.in_address if in_address else self.instead, value)
        if isinstance(value, dict):
            named = ((self.out_of(name) if keys else name, each) for name, each in value.items())
            return {name: self.out_of(each, keys=keys) for name, each in named}
        return [self.out_of(each, keys=keys) for each in value] if isinstance(value, list) else value

    def around(self, text: str, margin: int = 60) -> tuple[str, str, str]:
        """The first occurrence with its context: text before, the words, text after."""
        found = self.pattern.search(text)
        if found is None:
            return text[:margin], "", ""
        start, end = found.span()
        before, after = text[max(0, start - margin) : start], text[end : end + margin]
        return ("…" if start > margin else "") + before, found[0], after + ("…" if len(text) > end + margin else "")


def is_enough(text: str) -> bool:
    """Whether there are enough letters to search for: a shorter text would match too much."""
    return sum(letter.isalpha() for letter in text) >= FEWEST_LETTERS
