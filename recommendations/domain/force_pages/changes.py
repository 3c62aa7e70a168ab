"""What changes from one release to the next, statement by statement: what both people check. Pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.force_pages.data import (
    AnswerTime,
    PageFacts,
    PublicCustody,
    PublicLine,
    PublicPromise,
    PublicReport,
    PublicVoice,
)
from recommendations.domain.force_pages.specified_information_data import OtherAnswer, PublicComplaints, PublicOutcome
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say, say_days, say_times

SHORT = 90  # characters of what is named


@dataclass(frozen=True)
class PageChange:
    """A statement as it was and as it would be. `before` is empty for a new one, `after` for one that is removed."""

    what: str
    before: str
    after: str


def changes_between(before: PageFacts | None, after: PageFacts) -> list[PageChange]:
    """Statements that are new, changed or removed, in the order of the page."""
    return statement_changes(statements(before) if before else {}, statements(after))


def statement_changes(was: dict[str, str], now: dict[str, str]) -> list[PageChange]:
    """The same, from the statements of two releases by their names."""
    changed = [PageChange(what, was.get(what, ""), words) for what, words in now.items() if was.get(what) != words]
    return [*changed, *(PageChange(what, words, "") for what, words in was.items() if what not in now)]


def statements(facts: PageFacts) -> dict[str, str]:
    """Each statement of the page by its name."""
    return dict(_statements(facts))


def _statements(facts: PageFacts) -> Iterator[tuple[str, str]]:
    yield from _frame(facts)
    for grade in facts.grades:
        yield f"Grade, {grade.area}", f"{grade.grade}, {say(grade.on)} ({facts.cycle})"
    for answer in facts.answers:
        yield f"Response to {answer.report.title}, {say(answer.report.published_on)}", answer_words(answer)
    for line in facts.lines:
        yield f"Open: {line.reference}, {shorten(line.heading or line.text, SHORT)}", _line_text(line)
    if facts.format > 1 and facts.words_of_choice:
        yield "Shown in full", facts.words_of_choice
    if facts.left_out:
        yield "Open and not shown", f"{facts.left_out:,}"
    for shown in facts.indicators:
        yield f"Indicator: {shown.name}", f"{shown.sentence} {shown.definition}"
    for promise in facts.promises:
        yield f"Promise: {shorten(promise.quote, SHORT)}", promise_words(promise)
    if facts.promises_left_out:
        yield "Promises not shown", f"{facts.promises_left_out:,}"
    if facts.priorities:
        yield from _filled(
            ("National priorities, contribution", facts.priorities.contribution),
            ("National priorities, which apply", facts.priorities.applicability),
        )
    if facts.complaints:
        yield from _complaints_texts(facts.complaints)
    for other in facts.other_answers:
        yield f"Answer to {other.title}, {say(other.published_on)}", other_answer_words(other)
    if facts.custody:
        yield from _custody_texts(facts.custody)


def _frame(facts: PageFacts) -> Iterator[tuple[str, str]]:
    yield from _filled(
        ("Force", facts.force),
        ("Policing body", facts.body),
        ("Office holder", facts.holder),
        ("Chief officer", f"{facts.chief_officer_title} {facts.chief_officer}".strip()),
        ("Latest annual report", _report_text(facts.report)),
        ("Summary assessment", _and_day(facts.summary_link, facts.summary_on)),
    )


def _filled(*statements: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Those that say something."""
    return ((name, words) for name, words in statements if words)


def _report_text(report: PublicReport | None) -> str:
    return _and_day(report.title, report.published_on, report.link) if report else ""


def _and_day(words: str, day: datetime.date | None, *more: str) -> str:
    return ", ".join(filter(None, (words, say(day) if day else "", *more)))


def answer_words(answer: AnswerTime) -> str:
    """ "by 14 May 2026; published 8 May 2026, in time"."""
    return _timing_words(answer.last_day, answer.answered_on, answer.days_late, "published", "not published")


def _timing_words(
    last_day: datetime.date | None, done_on: datetime.date | None, days_late: int, done: str, not_done: str
) -> str:
    due = f"by {say(last_day)}" if last_day else "no last day is stated"
    late = f", {say_days(days_late)} late" if days_late else ""
    if done_on is None:
        return f"{due}; {not_done}{late}"
    return f"{due}; {done} {say(done_on)}{late or (', in time' if last_day else '')}"


def due_words(line: PublicLine) -> str:
    """ "To be done by 23 August 2026, (HMICFRS’s deadline): 96 days past its date. The target moved twice …"."""
    due = (
        f"To be done by {say(line.due_on)}{_whose_date(line)}"
        if line.due_on
        else ("Due at once" if line.is_late else "No date is set")
    )
    late = f": {say_days(line.days_late)} past its date" if line.days_late else ""
    return f"{due}{late}.{_moves_text(line)}"


def _whose_date(line: PublicLine) -> str:
    """Whose date it is; "" in a release from before pages said so."""
    if line.direction:
        return f" (stated by the direction “{line.direction}”)"
    if line.is_own_date is None:
        return ""
    return " (the force’s own date; HMICFRS gave none)" if line.is_own_date else " (HMICFRS’s deadline)"


def _moves_text(line: PublicLine) -> str:
    if not line.target_on:
        return ""
    if line.moves:
        return f" The force’s target moved {say_times(line.moves)} and is now {say(line.target_on)}."
    return f" The force’s target is {say(line.target_on)}." if line.target_on != line.due_on else ""


def _line_text(line: PublicLine) -> str:
    voices = (("force", line.force), ("office", line.office), ("HMICFRS", line.inspectorate))
    said = [f"{name}: {voice_words(voice)}" for name, voice in voices]
    return " ".join((due_words(line), "; ".join(said), "(in full)" if line.in_full else "")).strip()


def voice_words(voice: PublicVoice) -> str:
    """ "In progress, 3 May 2026. Two auditors were missing until September."."""
    said = _and_day(voice.word, voice.on) or "has not said"
    return f"{said}. {voice.text}" if voice.text else said


def promise_words(promise: PublicPromise) -> str:
    """ "Promised 30 January 2026. Kept, 1 May 2026. Next looked at 1 December 2026."."""
    parts = [f"Promised {say(promise.promised_on)}."]
    if promise.outcome and promise.checked_on:
        parts.append(f"{promise.outcome}, {say(promise.checked_on)}.")
    elif not promise.days_late:
        parts.append("Not looked at yet.")
    if promise.days_late:
        parts.append(f"The next look is {say_days(promise.days_late)} late.")
    elif promise.next_on:
        parts.append(f"Looked at next on {say(promise.next_on)}.")
    return " ".join(parts)


def other_answer_words(answer: OtherAnswer) -> str:
    """ "by 14 May 2026; sent on 8 May 2026, in time"."""
    return _timing_words(answer.last_day, answer.sent_on, answer.days_late, "sent on", "not sent")


def outcome_words(outcome: PublicOutcome) -> str:
    """ "Closed: implemented, 3 May 2026. We hold that …"."""
    said = _and_day(outcome.word, outcome.on)
    return f"{said}. {outcome.explanation}" if outcome.explanation else said


def _complaints_texts(complaints: PublicComplaints) -> Iterator[tuple[str, str]]:
    yield from _filled(
        ("Complaints, IOPC’s quarterly data", complaints.data_link),
        ("Complaints, IOPC’s annual statistics", complaints.statistics_link),
        ("Complaints", " ".join(filter(None, (complaints.words, complaints.link)))),
    )
    for each in complaints.outcomes:
        name = f"Complaints: {each.reference}, {shorten(each.heading or each.text, SHORT)}"
        yield name, outcome_words(each)


def _custody_texts(custody: PublicCustody) -> Iterator[tuple[str, str]]:
    if custody.words:
        yield "Custody visiting", " ".join(filter(None, (custody.words, custody.link)))
    for suite in custody.suites:
        seen = f"{suite.visits} visits, {suite.seen} people seen, {suite.refused} refused"
        yield f"Custody visits, {suite.suite}", f"{custody.period.label}: {seen}"
