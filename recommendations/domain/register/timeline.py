"""The timeline of a tracked recommendation: everything that happened to it, by effective day, newest first."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from recommendations.domain.register.entries import (
    ASSURANCE,
    DELAY,
    DISPUTE,
    RISK,
    STATUS,
    UPDATE,
    VoiceEntry,
    in_sentence,
    latest,
    person,
)
from recommendations.domain.register.parts.states import part_label
from recommendations.domain.register.rechecks.events import LookEvent, look_events, plan_line
from recommendations.domain.register.sheet_columns import UPDATE_TEXTS
from recommendations.domain.sources.naming import status_label
from recommendations.enums import AGREES_WITH_CLOSURE, AssuranceView, ClosureState, Outcome, Position, Vocabulary
from recommendations.enums.disputes import DisputeDecision, DisputeStep
from recommendations.models import (
    Closure,
    Comment,
    Inspection,
    PartDischarged,
    Recheck,
    TrackedRecommendation,
    Transfer,
)
from recommendations.models.register.risk import theme_words
from recommendations.periods import london_day, say

A_DAY = datetime.timedelta(days=1)
FORCE, OPCC, SOURCE, DATES = GROUPS = ("force", "opcc", "hmicfrs", "dates")


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """Something that happened. `on` is its London day; `recorded_at` the moment (UTC) of recording.

    `tile` is whose voice it is (force, opcc, hmi) or "", `initial` the source's; `said` is the dated row, which can be
    withdrawn; `closure` the one requested here; `look` a recheck entry; `response` the id of the response that a
    comment is in, `where` the words for it.
    """

    on: datetime.date
    recorded_at: datetime.datetime
    group: str
    title: str
    tile: str = ""
    initial: str = ""
    by: str = ""
    lines: tuple[str, ...] = ()
    withdrawn: str = ""
    said: VoiceEntry | None = None
    closure: Closure | None = None
    look: Recheck | None = None
    response: int | None = None
    where: str = ""
    moved: bool = False

    @property
    def recorded_on(self) -> datetime.date | None:
        """The day of recording, if later than the effective day, else None."""
        day = london_day(self.recorded_at)
        return day if day > self.on else None


def timeline(
    tracked: TrackedRecommendation,
    rows: list[VoiceEntry],
    closures: list[Closure],
    words: dict,
    today: datetime.date,
    parts: Iterable[PartDischarged] = (),
) -> list[TimelineEvent]:
    """All events of `tracked`, newest first.

    `rows` come from entries_for, `parts` from part_rows; `words` are the office's labels.
    """
    source = tracked.recommendation.inspection
    events = [
        *(_event_of(said, before, words, source) for said, before in _with_previous(rows)),
        *(event for closure in closures for event in _closure(closure, rows, words, today, source)),
        *(event for row in parts for event in _part(row)),
        *map(_transfer, tracked.transfer_rows),
        *_comments(tracked),
        _began(tracked),
    ]
    return sorted(events, key=lambda event: (event.on, event.recorded_at), reverse=True)


def groups_of(tracked: TrackedRecommendation) -> dict[str, str]:
    """The groups of its events, with their words: the third is named after its source."""
    source = tracked.recommendation.inspection.source_word
    return {FORCE: "Force", OPCC: "OPCC", SOURCE: source, DATES: "Dates and closure"}


def counts(events: list[TimelineEvent]) -> dict[str, int]:
    """The number of events in each group."""
    return {group: sum(event.group == group for event in events) for group in GROUPS}


def _with_previous(rows: list[VoiceEntry]) -> Iterator[tuple[VoiceEntry, VoiceEntry | None]]:
    """Each row with the one of the same voice in force before it. Withdrawn rows are passed over as predecessors."""
    speaking: dict[str, VoiceEntry] = {}
    for said in reversed(rows):
        yield said, speaking.get(said.voice)
        if said.withdrawn_at is None:
            speaking[said.voice] = said


def _event_of(entry: VoiceEntry, before: VoiceEntry | None, words: dict, source: Inspection) -> TimelineEvent:
    if entry.voice == UPDATE:
        return _update(entry, before, words)
    if entry.voice == ASSURANCE:
        return _assurance(entry)
    if entry.voice == DISPUTE:
        return _dispute(entry, source)
    if entry.voice == RISK:
        return _weight(entry, before, words)
    if entry.voice == DELAY:
        return _delay(entry, words)
    return _status(entry, words, source) if entry.voice == STATUS else _target(entry, before)


def _voice_event(entry: VoiceEntry, **facts: Any) -> TimelineEvent:
    withdrawn = ""
    if entry.withdrawn_at:
        by = f" by {entry.withdrawn_by}" if entry.withdrawn_by else ""
        withdrawn = f"Withdrawn on {say(london_day(entry.withdrawn_at))}{by}: {entry.withdrawn_why}"
    lines = tuple(line for line in facts.pop("lines") if line)
    return TimelineEvent(
        on=entry.on, recorded_at=entry.recorded_at, said=entry, withdrawn=withdrawn, lines=lines, **facts
    )


def _update(entry: VoiceEntry, before: VoiceEntry | None, words: dict) -> TimelineEvent:
    """A force update, with what it changed: position, stage and forecast carry over from the one before."""
    news = []
    if entry.value != (before.value if before else ""):
        news.append(f"Position: {in_sentence(Position(entry.value).label) if entry.value else 'not said'}")
    if before is None or entry.stage != before.stage:
        news.append(f"Stage: {in_sentence(words['stage'].get(entry.stage, entry.stage))}")
    if entry.date != (before.date if before else None):
        news.append(f"Forecast: {say(entry.date) if entry.date else 'none'}")
    given = (f"{field.heading}: {text}" for field, text in zip(UPDATE_TEXTS, entry.texts, strict=True) if text)
    lines = (entry.text, *given, ". ".join(news) + "." if news else "")
    return _voice_event(entry, group=FORCE, tile="force", title="Force update", by=_by_words(entry), lines=lines)


def _by_words(entry: VoiceEntry) -> str:
    if entry.attributed_to and entry.attributed_to != entry.recorder:
        return f"by {entry.attributed_to}" + (f", recorded by {entry.recorder}" if entry.recorder else "")
    if entry.attributed_to or not entry.recorder:
        return f"by {entry.recorded_by or entry.attributed_to}" if entry.attributed_to else ""
    return f"recorded by {entry.recorded_by}"


def _assurance(entry: VoiceEntry) -> TimelineEvent:
    looked = f"Looked at: {entry.looked_at.rstrip('.')}." if entry.looked_at else ""
    again = f"Look again on {say(entry.date)}." if entry.date else ""
    lines = (entry.text, f"{looked} {again}".strip())
    title = f"OPCC assurance: {in_sentence(AssuranceView(entry.value).label)}"
    by = f"by {entry.recorded_by}" if entry.recorder else ""
    return _voice_event(entry, group=OPCC, tile="opcc", title=title, by=by, lines=lines)


def _dispute(entry: VoiceEntry, source: Inspection) -> TimelineEvent:
    """A step of the dispute, in the voice of whoever took it."""
    if entry.stage == DisputeStep.REASON:
        title = "Why the force does not accept it"
        return _voice_event(entry, group=FORCE, tile="force", title=title, by=_by_words(entry), lines=(entry.text,))
    if entry.stage == DisputeStep.REPLY:
        title, initial = f"{source.source_word} replied", source.source_initial
        return _voice_event(
            entry, group=SOURCE, tile="hmi", initial=initial, title=title, by=_by_words(entry), lines=(entry.text,)
        )
    title = f"OPCC decision: {in_sentence(DisputeDecision(entry.value).label)}"
    again = f"Review on {say(entry.date)}." if entry.date else ""
    by = f"by {entry.recorded_by}" if entry.recorder else ""
    return _voice_event(entry, group=OPCC, tile="opcc", title=title, by=by, lines=(entry.text, again))


def _status(entry: VoiceEntry, words: dict, source: Inspection) -> TimelineEvent:
    title = f"{status_label(source.source_word)}: {in_sentence(status_words(entry, words))}"
    initial = source.source_initial
    return _voice_event(
        entry, group=SOURCE, tile="hmi", initial=initial, title=title, by=_by_words(entry), lines=(entry.text,)
    )


def status_words(entry: VoiceEntry, words: dict) -> str:
    """The office's words for an inspectorate status."""
    return words["inspectorate_status"].get(entry.value, entry.value)


def _weight(entry: VoiceEntry, before: VoiceEntry | None, words: dict) -> TimelineEvent:
    """The office's risk assessment: a risk, a review that confirms it, and the themes if they change."""
    risk = in_sentence(words[Vocabulary.RISK].get(entry.value, entry.value)) if entry.value else "none"
    same = before is not None and before.value == entry.value
    title = f"Risk reviewed: {risk}" if same and entry.value else f"Risk: {risk}"
    themes = ", ".join(theme_words(entry.stage, words[Vocabulary.THEME])) or "none"
    changed = entry.stage != (before.stage if before else "")
    if (same and changed) or not (entry.value or before):
        title = f"Themes: {themes}"
    lines = (entry.text, f"Themes: {themes}." if changed and not title.startswith("Themes") else "")
    by = f"by {entry.recorded_by}" if entry.recorder else ""
    return _voice_event(entry, group=OPCC, tile="opcc", title=title, by=by, lines=lines)


def _delay(entry: VoiceEntry, words: dict) -> TimelineEvent:
    """Cause of delay and mitigation."""
    cause = in_sentence(words[Vocabulary.DELAY_CAUSE].get(entry.value, entry.value))
    if not (entry.value or entry.looked_at):
        title = "No longer delayed"
    else:
        title = f"Cause of delay: {cause}" if cause else "Mitigation"
    meanwhile = f"Mitigation: {entry.looked_at}" if entry.looked_at else ""
    by = f"by {entry.recorded_by}" if entry.force and not entry.attributed_to else _by_words(entry)
    return _voice_event(entry, group=FORCE, tile="force", title=title, by=by, lines=(entry.text, meanwhile))


def _target(entry: VoiceEntry, before: VoiceEntry | None) -> TimelineEvent:
    day = say(_day(entry))
    title = f"Target moved: {say(_day(before))} to {day}" if before else f"Target set: {day}"
    lines = (f"Reason: {entry.text}" if entry.text else "",)
    moved = before is not None and not entry.withdrawn_at
    return _voice_event(entry, group=DATES, title=title, by=_by_words(entry), lines=lines, moved=moved)


def _day(target: VoiceEntry) -> datetime.date:
    assert target.date is not None  # TargetDate.target_on is never empty
    return target.date


def _closure(
    closure: Closure, rows: list[VoiceEntry], words: dict, today: datetime.date, source: Inspection
) -> Iterator[TimelineEvent]:
    """The events of a closure: request, decision, reopening and rechecks."""
    outcome = in_sentence(Outcome(closure.outcome).label)
    evidence = f"Evidence: {closure.evidence}" if closure.evidence else ""
    requested = (closure.request_reason, evidence, plan_line(closure, "request"))
    yield _step(closure, "requested", f"Closure requested: {outcome}", *requested)
    if closure.state == ClosureState.DECLINED:
        asked = f"It was requested on {say(closure.requested_on)} as {outcome}."
        yield _step(closure, "decided", "Closure not approved", closure.decision_reason, asked)
    elif closure.decided_at:
        agrees, look = agreement(closure, rows, words, today, source.source_word), plan_line(closure, "decision")
        said = (closure.decision_reason, agrees, look)
        yield _step(closure, "decided", f"Closed: {outcome}", *said, on=closure.closed_on)
    if closure.reopened_at:
        yield _step(closure, "reopened", "Reopened", closure.reopened_why)
    yield from map(_look, look_events(closure))


def _look(event: LookEvent) -> TimelineEvent:
    row = event.row
    return TimelineEvent(
        on=row.decided_on if event.is_decision and row.decided_on else row.effective_on,
        recorded_at=row.decided_at if event.is_decision and row.decided_at else row.recorded_at,
        group=DATES,
        tile="opcc",
        title=event.title,
        by=event.by,
        lines=event.lines,
        withdrawn=event.withdrawn,
        look=None if event.is_decision else row,
    )


def _part(row: PartDischarged) -> Iterator[TimelineEvent]:
    """The events of a part's closure: request, decision, reopening. No request event if closed with the whole."""
    label = part_label(row.part)
    evidence = f"Evidence: {row.evidence}" if row.evidence else ""
    if row.closed_with is None or row.requested_at != row.closed_with.requested_at:
        yield _step(row, "requested", f"Closure of {label} requested", row.request_reason, evidence)
    if row.state == ClosureState.DECLINED:
        yield _step(row, "decided", f"Closure of {label} not approved", row.decision_reason)
    elif row.decided_at:
        done = f"{label[:1].upper()}{label[1:]} done"
        with_whole = "Closed with the whole." if row.closed_with_id else ""
        yield _step(row, "decided", done, row.decision_reason, with_whole, on=row.closed_on)
    if row.reopened_at:
        yield _step(row, "reopened", f"{label[:1].upper()}{label[1:]} reopened", row.reopened_why)


def _transfer(row: Transfer) -> TimelineEvent:
    """A transfer to another force, under the names that both had on its day."""
    came_from = row.from_force.details_on(row.effective_on - A_DAY)
    withdrawn = f"Withdrawn on {say(london_day(row.withdrawn_at))}: {row.withdrawn_why}" if row.withdrawn_at else ""
    return TimelineEvent(
        on=row.effective_on,
        recorded_at=row.recorded_at,
        group=DATES,
        title=f"Came to {row.to_force.details_on(row.effective_on)} from {came_from}",
        lines=(f"Until {say(row.effective_on - A_DAY)} it was with {came_from}.", row.reason),
        withdrawn=withdrawn,
    )


def _step(
    closure: Closure | PartDischarged, step: str, title: str, *lines: str, on: datetime.date | None = None
) -> TimelineEvent:
    """One step of a closure; `step` is the prefix of its stamps: requested, decided, reopened."""
    who = getattr(closure, f"{step}_by")
    return TimelineEvent(
        on=on or getattr(closure, f"{step}_on"),
        recorded_at=getattr(closure, f"{step}_at"),
        group=DATES,
        tile="force" if who and who.force_id else "opcc",
        title=title,
        closure=closure if step == "requested" and isinstance(closure, Closure) else None,
        by=f"by {person(who.name, who.role)}" if who else "",
        lines=tuple(line for line in lines if line),
    )


def agreement(closure: Closure, rows: list[VoiceEntry], words: dict, today: datetime.date, source: str) -> str:
    """Whether the source agrees with a closure, by its latest status while the closure holds, or has not said."""
    status = latest(rows, STATUS, closure.reopened_on or today)
    if status is None:
        return f"{source} has not said whether it agrees."
    agrees = "agrees" if status.value in AGREES_WITH_CLOSURE else "has not said that it agrees"
    return f"{source} {agrees}: its latest status is {in_sentence(status_words(status, words))}, {say(status.on)}."


def _comments(tracked: TrackedRecommendation) -> Iterator[TimelineEvent]:
    """The published comments on the recommendation, each with the version of the response it is in."""
    for _, text, number, on, recorded_at, response in _comment_rows(tracked.recommendation_id):
        yield TimelineEvent(
            on=on,
            recorded_at=recorded_at,
            group=OPCC,
            tile="opcc",
            title="Comment published",
            lines=(f"“{text}”",),
            response=response,
            where=f"version {number} of the response" if number > 1 else "the response",
        )


def _comment_rows(recommendation: int) -> QuerySet:
    comments = Comment.objects.filter(answers__recommendation=recommendation).order_by("id").distinct()
    facts = ("text", "version__number", "version__published_on", "version__recorded_at", "version__response")
    return comments.values_list("id", *facts)


def _began(tracked: TrackedRecommendation) -> TimelineEvent:
    inspection = tracked.recommendation.inspection
    published, what = inspection.published_on, inspection.publication
    line = f"The {what} was {inspection.came} on {say(published)}." if tracked.tracked_on != published else ""
    return TimelineEvent(
        on=tracked.tracked_on,
        recorded_at=tracked.recorded_at,
        group=DATES,
        title="Tracking began" if line else f"{what.capitalize()} {inspection.came}, tracking began",
        lines=(line,) if line else (),
    )
