"""A cache of public feeds and data, generated once for each state of what is published, as anyone may request them.
Each worker has its own, in memory, with the latest few. The key includes the state, so nothing needs invalidation.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

MOST = 16

_answers: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def cached_answer[Answer](state: Hashable, question: Hashable, answer: Callable[[], Answer]) -> Answer:
    """Return the cached answer for this question and state, otherwise call `answer` and cache it."""
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
    """Clear the cache. For tests and measurements."""
    with _lock:
        _answers.clear()
