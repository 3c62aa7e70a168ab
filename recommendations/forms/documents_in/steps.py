"""The buttons of the check of a document that is being imported: mark, undo, redo, type, leave the rest out, read it
afresh or by the remembered layout, remember its own or not.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.forms.documents_in.check_values import FACTS, CheckValues
from recommendations.forms.documents_in.kept_marks import Step
from recommendations.forms.documents_in.marked import MarkedDocument
from recommendations.forms.site.base import Form
from recommendations.models import DocumentDraft

FACTS_FORM = "facts"
RANGES = (
    ("line", "This line"),
    ("table", "This whole table"),
    ("section", "This section, to the next heading"),
    ("rest", "All from here on"),
)
STALE = "The document was changed in another tab. This is how it is now."
STALE_MARKED = f"{STALE} Your mark is in it."
MOST_TYPED = 2_000_000


class LineMarkForm(Form):
    """One mark: what lines are, and of which recommendation."""

    role = forms.ChoiceField(choices=[(role.value, role.value) for role in BlockRole if role != BlockRole.UNSURE])
    first = forms.IntegerField(min_value=1)
    last = forms.IntegerField(min_value=1, required=False)
    of = forms.RegexField(r"^\d{1,6}(,\d{1,6})*$", required=False)
    lines = forms.ChoiceField(choices=RANGES, required=False)
    alone = forms.BooleanField(required=False)

    def mark(self, blocks: Sequence[Block]) -> Mark | None:
        """The mark, or None if what was sent is none for these blocks."""
        if not self.is_valid():
            return None
        sent = self.cleaned_data
        first, last = sent["first"], max(sent["last"] or 0, sent["first"])
        of = tuple(int(id_) for id_ in sent["of"].split(",") if id_)
        if not all(1 <= id_ <= len(blocks) for id_ in (last, *of)):
            return None
        which = sent["lines"] or "line"
        first, last = _range(blocks, which, first, last)
        return Mark(first, last, BlockRole(sent["role"]), of, sent["alone"] or which != "line")


def _range(blocks: Sequence[Block], which: str, first: int, last: int) -> tuple[int, int]:
    """The first and last block of a table, of a section, or of the rest of the document."""
    if which == "table" and (cell := blocks[first - 1].line.cell):
        same = [block.id for block in blocks if block.line.cell and block.line.cell[0] == cell[0]]
        return same[0], same[-1]
    headings = [block.id for block in blocks if block.line.kind == "heading"]
    if which == "section":
        start = max((id_ for id_ in headings if id_ <= first), default=1)
        return start, min((id_ for id_ in headings if id_ > first), default=len(blocks) + 1) - 1
    return (first, len(blocks)) if which == "rest" else (first, last)


@dataclass(frozen=True)
class StepOutcome:
    """What a button did: whether something changed, the block to come back to, and what to say, if anything."""

    changed: bool = False
    line: int = 0
    notice: str = ""
    edit: str = ""


def take_step(draft: DocumentDraft, marked: MarkedDocument, data: Mapping[str, Any]) -> StepOutcome:
    """Do what a button says to the draft, whose state `marked` is."""
    is_stale = str(data.get("version", "")) != str(draft.version)
    do, _, target = data.get("do", "").partition(":")
    if do == "mark" and (mark := LineMarkForm({**data, "role": target}).mark(marked.as_read)):
        draft.steps, draft.undone = [*marked.kept.steps, [mark.as_json()]], []
        return StepOutcome(True, mark.first, STALE_MARKED if is_stale else "")
    if do == "type":
        return _type(draft, marked, target, data)
    if is_stale:
        return StepOutcome(notice=STALE)
    if do == "untype":
        draft.typed = {name: value for name, value in marked.typed.items() if name != target}
        return StepOutcome(draft.typed != marked.typed)
    if do in ("read_afresh", "remember_layout"):
        setattr(draft, do, target == "yes")
        return StepOutcome(True)
    steps, undone = _steps_after(do, marked, draft.undone)
    if steps is None:
        return StepOutcome()
    draft.steps, draft.undone = steps, undone
    return StepOutcome(True, _first_line(undone[-1:] if do == "undo" else steps[-1:]))


def _steps_after(do: str, marked: MarkedDocument, undone: list[Step]) -> tuple[list[Step] | None, list[Step]]:
    """The steps, and those to redo, after undoing one, redoing one, and so on; None if there is nothing to do."""
    steps = marked.kept.steps
    if do == "undo" and steps:
        return steps[:-1], [*undone, steps[-1]]
    if do == "redo" and undone:
        return [*steps, undone[-1]], undone[:-1]
    if do == "alone" and steps:
        return [*steps[:-1], [mark | {"alone": True} for mark in steps[-1]]], []
    if do == "rest" and marked.unsure:
        return [*steps, _left_out(marked.unsure)], []
    return None, []


def _left_out(unsure: Iterable[Block]) -> Step:
    """Marks that leave these blocks out, one for each run of them."""
    places = groupby(enumerate(unsure), key=lambda each: each[1].id - each[0])
    runs = [[block.id for _, block in run] for _, run in places]
    return [Mark(run[0], run[-1], BlockRole.NOTHING, alone=True).as_json() for run in runs]


def _first_line(steps: Sequence[Step]) -> int:
    return steps[0][0]["id"] if steps and steps[0] else 0


def _type(draft: DocumentDraft, marked: MarkedDocument, target: str, data: Mapping[str, Any]) -> StepOutcome:
    """Keep the fields of one part that were changed since it was shown, until they are as the blocks say again."""
    derived = marked.derived.as_post()
    seen = _values_seen(data.get("seen", ""))
    typed = dict(marked.typed)
    for name in names_of(marked.values, target):
        value = _plain(data.get(name, ""))[:MOST_TYPED]
        if name in seen and value != _plain(seen[name]):
            typed[name] = value
            if value == _plain(derived[name]) and name != "force":  # chosen with the document: no correction
                del typed[name]
    draft.typed = typed
    return StepOutcome(typed != marked.typed, edit=target if data.get("stay") else "")


def names_of(values: CheckValues, target: str) -> list[str]:
    """The names of the fields of one part: the facts with the footnotes, or a recommendation with its comments."""
    if target == FACTS_FORM:
        rows = [name for row in values.notes for name in row.as_post()]
        return [*(name for name in FACTS if name not in ("asked_force", "names_ok", "officer_ok", "source")), *rows]
    row = values.recommendation(target)
    if row is None:
        return []
    comments = [comment for comment in values.comments if comment.answers[:1] == (target,)]
    return [name for each in (row, *comments) for name in each.as_post()]


def _values_seen(sent: str) -> dict[str, str]:
    """The values of the fields as they were shown."""
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):  # the latter for what is nested too deeply
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\x00", "").strip()
