"""The replacement for redacted words, and adapting older texts to redactions."""

import re
from typing import Any

REMOVED = "[removed]"


def as_redacted(kept: Any, now: Any) -> Any:
    """A stored JSON value, with texts replaced by those of `now` where they differ only by redactions."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return {name: as_redacted(each, now.get(name)) for name, each in kept.items()}
    if isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        return [as_redacted(one, other) for one, other in zip(kept, now, strict=True)]
    if isinstance(kept, str) and isinstance(now, str) and REMOVED in now:
        pattern = ".+?".join(re.escape(part) for part in now.split(REMOVED))
        return now if re.fullmatch(pattern, kept, re.DOTALL) else kept
    return kept
