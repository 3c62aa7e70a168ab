"""The page of a reply to another source: its four steps in order, and what can change its last day."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from recommendations.domain.register.entries import join_words
from recommendations.domain.sources.queries import basis_of
from recommendations.domain.sources.text import WhoByWhen, who_answers, who_by_when
from recommendations.enums.sources import AnswerStepKind, ExtensionAnswer
from recommendations.exchange.documents_in.sources.reading import ANSWERED
from recommendations.models import AnswerStep, Extension, Inspection, InspectionDocument, User
from recommendations.periods import say, say_days

BUTTONS = {
    AnswerStepKind.ASKED: "We have asked",
    AnswerStepKind.SEEN: "We have seen it",
    AnswerStepKind.SENT: "It is sent",
    AnswerStepKind.PUBLISHED: "It is published",
}
DONE = {
    AnswerStepKind.ASKED: "Asked",
    AnswerStepKind.SEEN: "Seen",
    AnswerStepKind.SENT: "Sent",
    AnswerStepKind.PUBLISHED: "Published",
}


@dataclass(frozen=True)
class ReplyStep:
    """One of the four steps. `rows` are its days as recorded; `is_open`: its form is shown."""

    kind: AnswerStepKind
    number: int
    title: str
    words: str
    button: str
    rows: list[AnswerStep]
    is_open: bool
    url: str


class ReplyPage:
    """The values of the page of a reply, for a user on a London day."""

    def __init__(self, inspection: Inspection, user: User, today: datetime.date) -> None:
        self.inspection, self.user, self.today = inspection, user, today
        self.basis = basis_of(inspection)
        self.url = reverse("answer", args=[inspection.pk])
        self.rows = list(
            inspection.answer_steps.filter(withdrawn_at__isnull=True)
            .select_related("recorded_by")
            .order_by("effective_on", "pk")
        )
        self.extensions = list(inspection.extensions.filter(withdrawn_at__isnull=True))

    @property
    def title(self) -> str:
        """ "The reply to the IOPC"."""
        return f"The reply to {self.basis.answer_to}" if self.basis.answer_to else "The reply"

    @cached_property
    def law(self) -> WhoByWhen:
        return who_by_when(self.inspection, self.basis, self.today)

    @property
    def texts(self) -> list[InspectionDocument]:
        """What the reply says, as far as it was brought in."""
        if not self.basis.about_deaths:
            return []
        return list(self.inspection.documents.filter(name__startswith=ANSWERED))

    def row_of(self, kind: AnswerStepKind) -> AnswerStep | None:
        """The first row of a step: the one that counts."""
        return next((row for row in self.rows if row.step == kind), None)

    @cached_property
    def kinds(self) -> list[AnswerStepKind]:
        """The four steps in order; none where the chief officer does not answer."""
        return list(AnswerStepKind) if self.inspection.is_answered_elsewhere else []

    @property
    def next_step(self) -> AnswerStepKind | None:
        """The step after the last that is done; None after publication, or where the chief officer does not answer."""
        done = {AnswerStepKind(row.step) for row in self.rows}
        last = max((self.kinds.index(kind) for kind in done if kind in self.kinds), default=-1)
        return next(iter(self.kinds[last + 1 :]), None)

    def steps(self, opened: AnswerStepKind | None) -> list[ReplyStep]:
        """The four steps; none where the chief officer does not answer."""
        return [self._step(kind, number, opened) for number, kind in enumerate(self.kinds, start=1)]

    def _step(self, kind: AnswerStepKind, number: int, opened: AnswerStepKind | None) -> ReplyStep:
        rows = [row for row in self.rows if row.step == kind]
        url = reverse("record_answer", args=[self.inspection.pk, kind])
        button = "Save" if rows else BUTTONS[kind]
        return ReplyStep(kind, number, self._title(kind), self._words(kind, rows), button, rows, kind == opened, url)

    def _title(self, kind: AnswerStepKind) -> str:
        source = self.basis.answer_to or "the source"
        if kind == AnswerStepKind.ASKED:
            forces = [each.force.name for each in self.inspection.covers.select_related("force")]
            return f"Ask {join_words(forces)} for {'its reply' if len(forces) == 1 else 'their replies'}"
        titles = {AnswerStepKind.SEEN: "See the reply", AnswerStepKind.SENT: f"Sent to {source}"}
        return titles.get(kind, "Published")

    def _words(self, kind: AnswerStepKind, rows: list[AnswerStep]) -> str:
        """What is recorded of a step, or what it is."""
        if rows:
            return " ".join(self._done_words(row) for row in rows)
        if kind == AnswerStepKind.ASKED:
            return "Ask to see it before it is sent."
        if kind == AnswerStepKind.SEEN:
            return "Have you read it before it is sent? You need not agree with it."
        if kind == AnswerStepKind.SENT:
            return f"{who_answers(self.inspection)} sends it. This stops the clock."
        who = self.basis.published_by
        days = f" within {say_days(self.basis.publish_days)}" if self.basis.publish_days else ""
        publishes = f"{who[:1].upper()}{who[1:]} publishes it as a rule{days}. " if who else ""
        return f"{publishes}You can add the link later."

    def _done_words(self, row: AnswerStep) -> str:
        """ "Sent on 27 November 2026 by you, 9 days before the last day."."""
        kind = AnswerStepKind(row.step)
        words = f"{DONE[kind]} on {say(row.effective_on)}"
        if row.recorded_by:
            words += ", recorded by you" if row.recorded_by == self.user else f", recorded by {row.recorded_by.name}"
        if kind == AnswerStepKind.SENT and self.inspection.last_day:
            words += f", {_distance((self.inspection.last_day - row.effective_on).days)}"
        return f"{words}."

    @property
    def pending_extension(self) -> Extension | None:
        """The request for more time that is not decided."""
        return next((each for each in self.extensions if not each.answer), None)

    @property
    def extension_lines(self) -> list[str]:
        return [extension_words(each) for each in self.extensions]

    @property
    def extension_choices(self) -> list[tuple[int, str]]:
        """The requests for more time that can be withdrawn."""
        return [(each.pk, extension_words(each)) for each in self.extensions]

    def changes(self) -> Iterator[tuple[str, str]]:
        """The links to what can change the last day now: act and words."""
        runs = self.inspection.last_day is not None and not self.inspection.is_stopped
        is_sent = self.inspection.answer_sent_on is not None
        if self.pending_extension:
            yield "decision", "Record the decision on the extension"
        elif self.basis.extendable:
            yield "extension", "More time was asked for"
        if self.basis.stopped_by and runs and not is_sent:
            yield "stop", "The clock has to stop"
        if self.inspection.is_stopped:
            yield "resume", "The clock runs again"
        if self.extensions:
            yield "withdraw", "An extension was recorded by mistake"

    def change_links(self) -> list[tuple[str, str]]:
        """The addresses and words of what can change the last day now."""
        return [(reverse("record_answer", args=[self.inspection.pk, act]), words) for act, words in self.changes()]


def _distance(days: int) -> str:
    """ "9 days before the last day"."""
    if days == 0:
        return "the last day"
    return f"{say_days(abs(days))} {'before' if days > 0 else 'after'} the last day"


def extension_words(extension: Extension) -> str:
    """ "More time asked for on 3 March 2026; granted on 5 March 2026: 1 May 2026, by the Director General"."""
    words = f"More time asked for on {say(extension.asked_on)}"
    if not extension.answer:
        return f"{words} of {extension.asked_of}; not decided yet"
    assert extension.answered_on  # extension_answered_on
    words += f"; {extension.get_answer_display().lower()} on {say(extension.answered_on)}"
    if extension.new_day and extension.answer == ExtensionAnswer.GRANTED:
        words += f": {say(extension.new_day)}"
    return f"{words}, by {extension.answered_by}"
