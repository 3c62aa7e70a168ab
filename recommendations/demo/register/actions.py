"""The demonstration's actions, read from actions.toml."""

import datetime
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from recommendations.domain.actions.actions import NewAction, add_actions, update_action
from recommendations.models import Action, TrackedRecommendation, User

ACTIONS = Path(__file__).with_name("actions.toml")


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, read in enumerate(tomllib.loads(ACTIONS.read_text(encoding="utf-8"))["action"]):
        yield read["day"], (place, 0), partial(_add, office, read)
        for number, step in enumerate(read.get("steps", ()), start=1):
            yield step["day"], (place, number), partial(_change, office, read, step)


def _who(office, read: dict) -> User:
    return office.people["officer" if read.get("voice") == "office" else read["force"]]


def _action(read: dict, words: str) -> Action:
    return Action.objects.get(force__slug=read["force"], words=words)


def _add(office, read: dict, at: datetime.datetime) -> None:
    force = office.forces[read["force"]]
    tracked = TrackedRecommendation.objects.filter(force=force, recommendation__heading__in=read["about"])
    new = NewAction(
        words=read["words"],
        owner=read["owner"],
        due_on=office.day(read["due"]),
        voice=read.get("voice", "force"),
        tracked=tuple(tracked),
        waits_for=_action(read, read["waits"]) if "waits" in read else None,
        waits_words=read.get("waits_words", ""),
    )
    add_actions(force=force, actions=[new], by=_who(office, read), at=at)


def _change(office, read: dict, step: dict, at: datetime.datetime) -> None:
    action = _action(read, read["words"])
    given = {name: step[name] for name in ("state",) if name in step}
    if "due" in step:
        given["due_on"] = office.day(step["due"])
    note = office.words(step.get("note", ""))
    update_action(action=action, version=action.version, **given, note=note, by=_who(office, read), at=at)
