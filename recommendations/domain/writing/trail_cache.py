"""A cache whose key is the head of the trail: an answer holds until anything at all is recorded.

Every write is a verb, and every verb adds an entry to the trail (trail.py), so the trail's head names the state of
all records: an answer that was worked out under one head holds under the same head. Nothing has to be told to forget.
Each worker keeps its own, in memory, the latest few.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

MOST = 64

_answers: OrderedDict[Hashable, Any] = OrderedDict()  # of any kind: what a question is answered with
_lock = Lock()


def cached_at_head[Answer](head: tuple[int, str], question: Hashable, answer: Callable[[], Answer]) -> Answer:
    """What `answer()` gave for this question under this head of the trail (trail.head()), else what it gives now.

    The head is read before the answer: an answer can be newer than its head, never older.
    """
    key = (head, question)
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
    """Let go of all answers. For those who write past the verbs: tests and measurements."""
    with _lock:
        _answers.clear()
