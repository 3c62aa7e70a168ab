"""A document that is being imported, as it was marked: its blocks, and the values that they and what was typed make."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from recommendations.domain.layouts.layouts import NewLayout
from recommendations.domain.responses.imported import find_inspection
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.accounting import accounting_problems
from recommendations.exchange.documents_in.implausible import implausible_results
from recommendations.exchange.documents_in.marking.assembling import assemble
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.groups import Assembly, group_blocks
from recommendations.exchange.documents_in.marking.marks import Mark, marks_of_json
from recommendations.exchange.documents_in.marking.reading import MarkedBlocks
from recommendations.exchange.documents_in.marking.remembering import layout_on_record, learned_layout
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.documents_in.proposal import find_body, propose, propose_report
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.proposal import propose_source
from recommendations.exchange.documents_in.sources.state import day_in
from recommendations.forms.documents_in.answer_values import answer_values
from recommendations.forms.documents_in.check_values import (
    CheckValues,
    day_of,
    report_values,
    response_values,
    result_with,
)
from recommendations.forms.documents_in.document import UploadedDocument
from recommendations.forms.documents_in.kept_marks import KeptMarks, Step, carry_over
from recommendations.forms.documents_in.kept_reading import RESPONSE, KeptReading, read_as
from recommendations.models import DocumentDraft, DocumentLayout, Force, PolicingBody, User
from recommendations.periods import say


@dataclass(frozen=True)
class MarkedDocument:
    """A document with its marks. `reading` is what the reader made of it; `kept` has the marks and the typed values
    that fit how it is read now. `known_layout` is the remembered one that it is in, or None; `remember_layout` says
    whether saving it keeps its own.
    """

    kind: str
    document: UploadedDocument
    reading: KeptReading
    kept: KeptMarks
    force: Force
    today: datetime.date
    known_layout: DocumentLayout | None = None
    read_afresh: bool = False
    remember_layout: bool = False

    @classmethod
    def of_draft(cls, draft: DocumentDraft, *, force: Force, today: datetime.date) -> Self:
        """A draft as it is now. Marks that were made when the document was read differently go to the same lines."""
        document = UploadedDocument.of_rows(draft.name, draft.lines)
        known = draft.layout if draft.layout and not draft.layout.retired_at else None
        layout = layout_on_record(None if draft.read_afresh else known)
        reading = read_as(draft.kind, document.lines, day_of(draft.typed.get("published_on", "")), layout)
        kept = carry_over(KeptMarks(draft.steps, draft.typed, draft.reading), list(reading.identities))
        of_layout = (known, draft.read_afresh, draft.remember_layout)
        return cls(draft.kind, document, reading, kept, force, today, *of_layout)

    @property
    def read(self) -> ReadResponse:
        return self.reading.read

    @property
    def as_read(self) -> Sequence[Block]:
        """The blocks as the reader took them."""
        return self.reading.unmarked.as_read.blocks

    @property
    def typed(self) -> dict[str, str]:
        return self.kept.typed

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer to a coroner's report."""
        return self.kind == DocumentKind.CORONER_RESPONSE

    # -- what the blocks are

    @cached_property
    def _before_last_step(self) -> MarkedBlocks:
        return self.reading.unmarked.with_marks(self._marks(self.kept.steps[:-1]))

    @cached_property
    def _marked(self) -> MarkedBlocks:
        return self._before_last_step.with_marks(self._marks(self.kept.steps[-1:]))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self._marked.blocks

    @cached_property
    def groups(self) -> Assembly:
        return group_blocks(self.blocks)

    @cached_property
    def result(self) -> ReadResponse:
        """What the blocks say."""
        return assemble(self.read, self.reading.unmarked.as_read, self.groups, None, self.published_on)

    @property
    def layout(self) -> DocumentLayout | None:
        """The remembered layout by which it is read, or None."""
        return None if self.read_afresh else self.known_layout

    @property
    def has_new_layout(self) -> bool:
        """Whether it has a layout to remember: it was marked, or read by none. Documents about a death never have."""
        return self.kind in LayoutKind.values and bool(self.kept.steps or self.layout is None)

    def new_layout(self, *, name: str, day: datetime.date, body: PolicingBody | None = None) -> NewLayout | None:
        """The layout to remember as the document is saved with this title and day, or None."""
        if not (self.has_new_layout and self.remember_layout):
            return None
        known, afresh = self.known_layout, self.layout is None
        return learned_layout(self.kind, self.blocks, name=name, day=day, body=body, known=known, read_afresh=afresh)

    def _marks(self, steps: list[Step]) -> tuple[Mark, ...]:
        return tuple(marks_of_json([mark for step in steps for mark in step], len(self.as_read)))

    @cached_property
    def unsure(self) -> list[Block]:
        """The blocks without a place."""
        return [block for block in self.blocks if block.role == BlockRole.UNSURE]

    @cached_property
    def doubts(self) -> dict[int, str]:
        """Why a block needs a look, in words: its own doubt, what is improbable in the result, or a second opinion.
        What a person has marked is settled.
        """
        own = {block.id: block.doubt for block in self.blocks if block.doubt}
        first = {block.line.number: block for block in reversed(self.blocks)}
        improbable: dict[int, str] = {}
        for doubt in implausible_results(self.document.lines, self.result):
            block = next((first[number] for number in doubt.lines if number in first), None)
            if block and block.by != "you":
                improbable.setdefault(block.id, doubt.why)
        return self.reading.opinion.doubts(self.blocks) | improbable | own

    @cached_property
    def followed(self) -> list[int]:
        """The blocks that were read the same way as those of the last step."""
        if not self.kept.steps:
            return []
        pairs = zip(self._before_last_step.blocks, self.blocks, strict=True)
        return [now.id for was, now in pairs if now.by == "like" and (was.role, was.of) != (now.role, now.of)]

    def followers(self, first: int, last: int, role: BlockRole) -> list[int]:
        """The blocks that would be read the same way if these were marked."""
        if not 1 <= first <= last <= len(self.as_read):
            return []
        return list(self._marked.followers(Mark(first, last, role)))

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """The lines that a person left out, and those like them: of a report only those that had no place."""
        pairs = zip(self.as_read, self.blocks, strict=True)
        left = [
            (was, now)
            for was, now in pairs
            if now.by and now.role == BlockRole.NOTHING and was.role != BlockRole.NOTHING
        ]
        return tuple(now.printed for was, now in left if self.kind == RESPONSE or was.role == BlockRole.UNSURE)

    @cached_property
    def unaccounted(self) -> list[str]:
        """What of the document's words would be lost or in the wrong place, in sentences."""
        return accounting_problems(self.document.lines, self.result)

    @cached_property
    def unaccounted_as_typed(self) -> list[str]:
        """What of them would be lost, or added, by what was typed."""
        typed = accounting_problems(self.document.lines, result_with(self.result, self.values, self.keys))
        return [problem for problem in typed if problem not in self.unaccounted]

    # -- days

    @cached_property
    def published_on(self) -> datetime.date | None:
        """The report's day, or that of an answer to a coroner: as typed, as marked, or as read."""
        typed = self.typed.get("responded_on" if self.is_answer else "published_on", "")
        return day_of(typed) or self._marked_days[0] or self.read.published_on

    @cached_property
    def responded_on(self) -> datetime.date | None:
        """The response's day, as typed, as marked, or as read."""
        return day_of(self.typed.get("responded_on", "")) or self._marked_days[1] or self.read.responded_on

    @cached_property
    def _marked_days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The days of report and response in lines that were marked as days. Of two, the earlier is the report's."""
        days = sorted(set(_days_in(block.text for block in self.blocks if block.role == BlockRole.DAY and block.by)))
        if self.kind != RESPONSE or not days:
            return (days[0] if days else None), None
        known = day_of(self.typed.get("published_on", "")) or self.read.published_on
        if len(days) == 1 and known and days[0] > known:
            return None, days[0]
        return days[0], (days[-1] if len(days) > 1 else None)

    # -- what will be saved

    @cached_property
    def keys(self) -> list[str]:
        """The key of each recommendation: that of its first block."""
        return [f"b{id_}" for id_ in self.groups.groups]

    @cached_property
    def derived(self) -> CheckValues:
        """The values that the blocks make, with the days that they say."""
        values = self._values()
        if self.is_answer:
            days = {"responded_on": self.published_on}
        else:
            days = {"published_on": self.published_on, "responded_on": self.responded_on}
        return replace(values, facts=values.facts | {name: say(day) for name, day in days.items() if day})

    @cached_property
    def values(self) -> CheckValues:
        """The values that will be saved: those that were typed take the place of those that the blocks make."""
        return self.derived.with_typed(self.typed)

    def _values(self) -> CheckValues:
        read, published_on = self.result, self.published_on or self.today
        document: dict[str, Any] = {
            "source_name": self.document.name,
            "lines": self.document.lines,
            "left_out": self.left_out,
        }
        if self.is_answer:
            return answer_values(read, self.force)
        if self.kind != RESPONSE:
            make = propose_source if read.source.source else propose_report
            proposed_report = make(read, force=self.force, published_on=published_on, **document)
            return report_values(proposed_report, force=self.force, keys=self.keys)
        responded_on = self.responded_on or self.today
        body, _ = find_body(read.body, self.force, responded_on)
        proposed = propose(
            read, force=self.force, body=body, published_on=published_on, responded_on=responded_on, **document
        )
        inspection = find_inspection(read.title, self.published_on) if self.published_on else None
        return response_values(proposed, force=self.force, inspection=inspection, keys=self.keys)


def force_for(user: User, typed: dict[str, str]) -> Force | None:
    """The force that was chosen, otherwise the first that `user` may see."""
    forces = Force.objects.visible_to(user)
    pk = as_pk(typed.get("force", ""))
    return (forces.filter(pk=pk).first() if pk else None) or forces.first()


def as_pk(typed: str) -> int | None:
    """The primary key in a hidden or chosen value, or None if it cannot be one."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _days_in(texts: Iterable[str]) -> list[datetime.date]:
    sentences = (sentence for text in texts for sentence in text.split(". "))
    return [day for sentence in sentences if (day := day_in(sentence))]
