"""The differences between two texts of a response, part by part and word by word, shown to the approver first."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from recommendations.domain.responses.draft.submitted_text import (
    DraftedCommitment,
    DraftText,
    submitted_text,
    without_its_day,
)
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import ChiefOfficer, ResponseItem
from recommendations.domain.text.plain_to_markdown import PARAGRAPHS, as_markdown
from recommendations.enums import Every
from recommendations.models import ResponseVersion
from recommendations.periods import say

TOKEN = re.compile(r"(?:\w+(?:['’]\w+)*|[^\w\s])\s*|\s+")  # a word and the space after it
MOST_WORDS = 2000  # longer passages are not compared word by word: they are shown as changed as a whole


class ComparedWords(NamedTuple):
    """A run of words in a part, and whether it is missing from the other text."""

    text: str
    changed: bool


class Difference(NamedTuple):
    """A part that differs: its label, its earlier text and its current text."""

    label: str
    was: tuple[ComparedWords, ...]
    now: tuple[ComparedWords, ...]


def text_published(version: ResponseVersion) -> DraftText:
    """Return a published version as a text to compare with a draft: the approved text, or the imported document's."""
    if version.submission:
        return submitted_text(version.submission)
    text = without_its_day(text_of_version(version))
    items = tuple(replace(item, comment=_markdown(item.comment)) for item in text.items)
    markdown = as_markdown([*text.narrative, *text.general], text.footnotes)
    reply = _markdown(text.reply)
    plain = replace(text, narrative=(), footnotes=(), general=(), markdown=markdown, reply=reply, items=items)
    return DraftText(plain)


def _markdown(text: str) -> str:
    return as_markdown(text.split(PARAGRAPHS))


def differences(before: DraftText, after: DraftText) -> list[Difference]:
    """Return the parts that differ, in the order of the later text, then those only in the earlier one."""
    was, now = dict(_parts(before)), dict(_parts(after))
    labels = [*now, *(label for label in was if label not in now)]
    changed = [label for label in labels if was.get(label, "") != now.get(label, "")]
    return [Difference(label, *pieces(was.get(label, ""), now.get(label, ""))) for label in changed]


def pieces(was: str, now: str) -> tuple[tuple[ComparedWords, ...], tuple[ComparedWords, ...]]:
    """Split two texts into the runs of words that they share and those that differ."""
    before, after = _Pieces(), _Pieces()
    old, new = was.splitlines(keepends=True), now.splitlines(keepends=True)
    for same, one, other in _align(old, new):
        old_words, new_words = "".join(one), "".join(other)
        if same or not (one and other):
            before.add(old_words, not same)
            after.add(new_words, not same)
        else:
            _compare_words(TOKEN.findall(old_words), TOKEN.findall(new_words), before, after)
    return before.differences, after.differences


def _compare_words(old: list[str], new: list[str], before: "_Pieces", after: "_Pieces") -> None:
    if max(len(old), len(new)) > MOST_WORDS:
        before.add("".join(old), True)
        after.add("".join(new), True)
        return
    for same, one, other in _align(old, new):
        before.add("".join(one), not same)
        after.add("".join(other), not same)


def _align(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    matcher = difflib.SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new])
    for tag, start, end, first, last in matcher.get_opcodes():
        yield tag == "equal", old[start:end], new[first:last]


class _Pieces:
    """Runs of words in sequence. Adjacent runs of the same kind are merged."""

    def __init__(self) -> None:
        self._found: list[ComparedWords] = []

    def add(self, text: str, changed: bool) -> None:
        if not text:
            return
        if self._found and self._found[-1].changed == changed:
            text = self._found.pop().text + text
        self._found.append(ComparedWords(text, changed))

    @property
    def differences(self) -> tuple[ComparedWords, ...]:
        return tuple(self._found)


def _parts(draft: DraftText) -> Iterator[tuple[str, str]]:
    """Label → words, for every part of a text."""
    text = draft.text
    yield "What is corrected", text.correction
    yield "Title", text.heading
    yield "Narrative", text.markdown
    promised: dict[int | None, list[DraftedCommitment]] = {}
    for each in draft.commitments:
        promised.setdefault(each.item, []).append(each)
    for place, item in enumerate(text.items):
        yield item.label, _item_text(item)
        yield f"{item.label}: words of the report", "\n".join(filter(None, (item.heading, item.text, *item.parts)))
        yield f"{item.label}: commitments", _promises(promised.get(place, []))
    yield "Other commitments", _promises(promised.get(None, []))
    for said in text.chief_officers:
        yield f"Chief officer’s comments, {said.force}", _chief_officer(said)
    yield "Reply to the chief officers", text.reply


def _item_text(item: ResponseItem) -> str:
    action = ". ".join(filter(None, (item.action_words, item.reason)))
    shared = f"Answered with {item.with_label}." if item.with_label else ""
    return "\n".join(filter(None, (action, item.comment, shared)))


def _promises(commitments: list[DraftedCommitment]) -> str:
    return "\n".join(
        f"“{each.quote}” {each.keeper}, check {say(each.check_on)}, {Every(each.every).label.lower()}"
        for each in commitments
    )


def _chief_officer(comments: ChiefOfficer) -> str:
    signed = ", ".join(part for part in (comments.signed_by, comments.signed_as) if part)
    dated = f", {say(comments.dated_on)}" if comments.dated_on else ""
    return "\n".join(line for line in (comments.text or comments.why, f"{signed}{dated}") if line)
