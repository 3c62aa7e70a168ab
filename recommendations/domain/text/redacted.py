"""The replacement for redacted words, and adapting older texts to redactions."""

import re
from typing import Any

REMOVED = "[removed]"


def as_redacted(stored: Any, now: Any) -> Any:
    """A stored JSON value, with texts replaced by those of `now` where they differ only by redactions."""
    if isinstance(stored, dict) and isinstance(now, dict):
        return {name: as_redacted(each, now.get(name)) for name, each in stored.items()}
    if isinstance(stored, list) and isinstance(now, list) and len(stored) == len(now):
        return [as_redacted(one, other) for one, other in zip(stored, now, strict=True)]
    if isinstance(stored, str) and isinstance(now, str) and REMOVED in now:
        pattern = ".+?".join(re.escape(part) for part in now.split(REMOVED))
        return now if re.fullmatch(pattern, stored, re.DOTALL) else stored
    return stored
