"""Bulk entries: one update, assurance or HMICFRS status recorded for many recommendations.

Each row follows the rules of the verb that records a single one (../voices.py). As in changes.py, the preview page
and the verb use the same objects.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from recommendations.domain.register.bulk.changes import last_update
from recommendations.domain.register.rows import full
from recommendations.domain.register.voices import UNCHANGED, assurance_of, check_revisit, force_update_of, status_of
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import AssuranceView
from recommendations.models import Assurance, ForceUpdate, InspectorateStatus, Label, TrackedRecommendation
from recommendations.models.base import DatedRow
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext

type Words = Mapping[str, str]


def _since(words: str, day: datetime.date | None) -> str:
    return f"{words}, {full(day)}" if day else words


def _report_problem(tracked: TrackedRecommendation, day: datetime.date | None) -> str:
    published_on = tracked.recommendation.inspection.published_on
    return f"Its report was published after that day, on {say(published_on)}." if day and day < published_on else ""


@dataclass(frozen=True)
class UpdateChange:
    """What the force says was done, the same for each row. `moves`: the stage is set too. `words` name the stages."""

    done: str = ""
    effective_on: datetime.date | None = None
    said_by: str = ""
    stage: str = ""
    moves: bool = False
    words: Words = field(default_factory=dict)

    def now(self, tracked: TrackedRecommendation) -> str:
        if self.moves:
            return self.words.get(tracked.standing.stage, tracked.standing.stage)
        return last_update(tracked)

    def then(self, tracked: TrackedRecommendation) -> str:
        if self.moves:
            return self.words.get(self.stage, "")
        return f"Update {full(self.effective_on)}" if self.effective_on else ""

    def why_not(self, tracked: TrackedRecommendation) -> str:
        if self.moves and self.stage == tracked.standing.stage:
            return "It is in this stage already."
        return _report_problem(tracked, self.effective_on)

    def check(self, rows: Sequence[TrackedRecommendation]) -> None:
        if self.moves and not self.stage:
            raise Refusal("Choose the stage.", "stage")
        if not self.done:
            raise Refusal("Say what was done.", "done")

    def rows(self, act: VerbContext, tracked: Sequence[TrackedRecommendation]) -> list[ForceUpdate]:
        """The updates, not saved yet. Facts that are not given carry over from the update in force on that day."""
        day = self.effective_on or london_day(act.at)
        latest = ForceUpdate.objects.filter(tracked__in=tracked).standing(as_at=day).latest_of_each()
        before = {update.tracked_id: update for update in latest}
        given: dict[str, Any] = {
            "done": self.done,
            "effective_on": day,
            "said_by": self.said_by,
            "stage": self.stage or UNCHANGED,
        }
        labels = Label.objects.words()
        return _each(tracked, lambda one: force_update_of(act, one, before.get(one.pk), labels=labels, **given))


@dataclass(frozen=True)
class AssuranceChange:
    """The office's own judgement, the same for each row."""

    view: str = ""
    rationale: str = ""
    effective_on: datetime.date | None = None
    looked_at: str = ""
    revisit_on: datetime.date | None = None

    def now(self, tracked: TrackedRecommendation) -> str:
        now = tracked.standing
        return _since(str(AssuranceView(now.assurance).label), now.assurance_on) if now.assurance else "No view yet"

    def then(self, tracked: TrackedRecommendation) -> str:
        return _since(str(AssuranceView(self.view).label), self.effective_on) if self.view else ""

    def why_not(self, tracked: TrackedRecommendation) -> str:
        return _report_problem(tracked, self.effective_on)

    def check(self, rows: Sequence[TrackedRecommendation]) -> None:
        if self.view not in AssuranceView.values:
            raise Refusal("Choose how far the office is assured.", "view")
        if not self.rationale:
            raise Refusal("Say why.", "rationale")
        if self.effective_on:
            check_revisit(self.effective_on, self.revisit_on)

    def rows(self, act: VerbContext, tracked: Sequence[TrackedRecommendation]) -> list[Assurance]:
        """The assurances, not saved yet."""
        given: dict[str, Any] = {
            "view": self.view,
            "rationale": self.rationale,
            "effective_on": self.effective_on,
            "looked_at": self.looked_at,
            "revisit_on": self.revisit_on,
        }
        return _each(tracked, lambda one: assurance_of(act, one, **given))


@dataclass(frozen=True)
class StatusChange:
    """The inspectorate's latest status, as read by the office, the same for each row. `words` name the statuses."""

    status: str = ""
    effective_on: datetime.date | None = None
    source: str = ""
    words: Words = field(default_factory=dict)

    def now(self, tracked: TrackedRecommendation) -> str:
        now = tracked.standing
        if not now.inspectorate_status:
            return "None recorded"
        return _since(self.words.get(now.inspectorate_status, now.inspectorate_status), now.inspectorate_status_on)

    def then(self, tracked: TrackedRecommendation) -> str:
        return _since(self.words.get(self.status, ""), self.effective_on) if self.status else ""

    def why_not(self, tracked: TrackedRecommendation) -> str:
        said = (tracked.standing.inspectorate_status, tracked.standing.inspectorate_status_on)
        if self.status and (self.status, self.effective_on) == said:
            return "It has this status of that day already."
        return _report_problem(tracked, self.effective_on)

    def check(self, rows: Sequence[TrackedRecommendation]) -> None:
        if not self.status:
            raise Refusal("Choose the status.", "status")

    def rows(self, act: VerbContext, tracked: Sequence[TrackedRecommendation]) -> list[InspectorateStatus]:
        """The statuses, not saved yet."""
        given: dict[str, Any] = {"status": self.status, "effective_on": self.effective_on, "source": self.source}
        labels = Label.objects.words()
        return _each(tracked, lambda one: status_of(act, one, labels=labels, **given))


def _each[Row: DatedRow](
    tracked: Sequence[TrackedRecommendation], made: Callable[[TrackedRecommendation], Row]
) -> list[Row]:
    """One new row for each recommendation. A Refusal names the recommendation that raised it."""
    found = []
    for one in tracked:
        try:
            found.append(made(one))
        except Refusal as refusal:
            raise Refusal(f"{one}: {refusal.message}", refusal.field, code=refusal.code) from refusal
    return found
