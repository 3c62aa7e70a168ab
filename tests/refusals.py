"""How tests compare refusals: by code and field, and by what the message names, so that better wording breaks none."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from recommendations.domain.writing.refusals import Refusal


def refusal(code: str, kind: type[Refusal] = Refusal, *, naming: str = "") -> AbstractContextManager:
    """As `pytest.raises`, for a Refusal of this kind with this code, whose message names what `naming` says."""
    return pytest.raises(kind, check=lambda refused: refused.code == code and naming in refused.message)


def refusal_of(act: Callable, *args, naming: str = "", **facts) -> tuple[str, str | None]:
    """Return the code and the field of the Refusal that a call raises. Its message names what `naming` says."""
    with pytest.raises(Refusal) as found:
        act(*args, **facts)
    assert naming in found.value.message
    return found.value.code, found.value.field
