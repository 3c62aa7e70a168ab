"""Parses which recommendations a comment answers, as people type it: "2, 3 and AFI 1", "1 to 4", "all"."""

import re

from django.forms import ValidationError

BETWEEN = re.compile(r"(?:[\s,;&]|and\b|recommendations?\b|recs?\b\.?)+", re.IGNORECASE)
TO = re.compile(r"\s*(?:-|–|to\b)\s*", re.IGNORECASE)


def read_labels(typed: str, labels: dict[str, str]) -> list[str]:
    """The keys of the named recommendations: "2, 3 and AFI 1", "1 to 4", "all". Raises ValidationError for others."""
    if typed.strip().casefold() == "all":
        return list(labels)
    by_label = {label.casefold(): key for key, label in labels.items()}
    order, rest = list(labels), typed
    found: list[str] = []
    longest_first = sorted(by_label, key=len, reverse=True)
    known = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w.]*\w)", re.IGNORECASE)
    while rest := rest[_length(BETWEEN, rest) :]:
        match = known.match(rest)
        if match is None:
            names = ", ".join(labels.values()) or "none"
            raise ValidationError(f"“{rest.strip()[:30]}” is not one of the recommendations here: {names[:200]}.")
        key, rest = by_label[match[0].casefold()], rest[match.end() :]
        if found and found[-1] == "to":
            start, end = sorted((order.index(found[-2]), order.index(key)))
            found[-2:] = order[start : end + 1]
        else:
            found.append(key)
        if (to := TO.match(rest)) and known.match(rest[to.end() :]):
            found, rest = [*found, "to"], rest[to.end() :]
    return list(dict.fromkeys(found))


def _length(pattern: re.Pattern, text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0
