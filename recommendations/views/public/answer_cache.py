"""Feeds and data of what is published, made once for each state of it: anybody may ask, as often as they like.

Each worker keeps its own, in memory, the latest few. The key names the state, so nothing has to be told to forget.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

MOST = 16

_answers: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def cached[Answer](state: Hashable, question: Hashable, answer: Callable[[], Answer]) -> Answer:
    """What `answer()` gave for this question in this state, else what it gives now."""
    key = (state, question)
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]
    found = answer()
    with _lock:
        _answers[key] = found
        while len(_answers) > MOST:
            _answers.popitem(last=False)
    return found


def forget() -> None:
    """Let go of all answers. For tests and measurements."""
    with _lock:
        _answers.clear()
