"""Made-up figures of any size that add up, for the tests of documents and their benchmark."""

import datetime
import random
from dataclasses import replace
from datetime import date, timedelta

from recommendations.domain.commitments.paper_lines import PaperCommitment
from recommendations.domain.papers.data.author_text import FrontWords, PaperMatter
from recommendations.domain.papers.data.charts import Charts
from recommendations.domain.papers.data.held import HeldAfterClosing
from recommendations.domain.papers.data.inspectorate import SourceStatements
from recommendations.domain.papers.data.lines import (
    Closed,
    LatestVoice,
    MovedTarget,
    New,
    Overdue,
    PaperDeadline,
    RegisterEntry,
    RegisterPart,
    Reopened,
    ResponseDue,
    SinceLine,
    WasOverdue,
)
from recommendations.domain.papers.data.paper import (
    FORMAT,
    Figures,
    KindSum,
    LabelledCount,
    OverdueChange,
    Sum,
    ThenAndNow,
)
from recommendations.domain.register.definitions import Definition
from tests.documents.papers.chart_samples import charts
from tests.documents.papers.inspectorate_samples import said_of_force
from tests.documents.papers.page_1_samples import last_overdue, line_of, risk, voices

START, END = date(2026, 7, 1), date(2026, 9, 30)
KNOWN_AT = datetime.datetime(2026, 10, 14, 8, 12, tzinfo=datetime.UTC)
HEAD = "4be109c7a2d55f60b8e377120c9de4f16a3b92c8d7501e8f43a6bb1907dc77d2"
SENTENCES = (
    "The force should make sure that a supervisor looks in person at every detainee who is marked as at risk.",
    "It should record who looked, when they looked and what they found.",
    "Within six months, it should show that the people who do this have the time and the training for it.",
    "We read 40 records, and in 17 of them there was no sign that the policy had been followed.",
    "This should cover every custody suite, the control room and the services that other bodies run.",
    "The force should publish what it finds, and tell the policing body where it can’t meet this date.",
)
HEADINGS = (
    "Checks on detainees at risk",
    "Strength and age of intelligence reports",
    "Appropriate adults at night",
    "Victims who withdraw",
    "Circulating outstanding suspects",
    "Backlog of digital devices",
)
LEADS = ("ACC Nadia Ferris", "DCC Peter Lowther-Hale", "Ch Supt Gareth Llŷr", "Supt Siân Ŵyn-Harris")
COLOURS = (
    ("red", "Red", "63 days past the date that it counts from"),
    ("amber", "Amber", "The forecast is past the date that it counts from"),
    ("green", "Green", "Within date"),
    ("grey", "Grey", "Directed to others"),
    ("blue", "Blue", "Closed"),
)
DEFINITIONS = (
    Definition(term="Counted", words="A tracked recommendation or area for improvement, once."),
    Definition(term="Overdue", words="Past HMICFRS’s deadline; where HMICFRS gave none, past the first target."),
    Definition(term="Red", rag="red", words="Past the date that it counts from, or immediate and open after 90 days."),
    Definition(term="Amber", rag="amber", words="The forecast is past that date, or no date is set."),
    Definition(term="Green", rag="green", words="None of these."),
    Definition(term="Grey", rag="grey", words="Directed to others, or not accepted."),
    Definition(term="Blue", rag="blue", words="Closed."),
)
NAMES = {
    "force": "Westmarch Police",
    "body": "the Police and Crime Commissioner for the Marches",
    "office": "OPCC",
    "period_start": START,
    "period_end": END,
    "period_label": "Q2 2026/27, July to September 2026",
    "as_at": END,
    "known_at": KNOWN_AT,
    "trail_head": HEAD,
    "trail_count": 1204,
    "definitions": DEFINITIONS,
}


def empty_figures() -> Figures:
    return Figures(
        **NAMES,
        said_of_force=SourceStatements(),
        undated=(),
        since=(),
        front=FrontWords(purpose="For assurance"),
        charts=Charts(),
        has_dates=True,
        format=FORMAT,
    )


def figures(count: int, *, per_inspection: int = 12, length: int = 600) -> Figures:
    """`count` tracked recommendations of `length` characters. One in five is closed, as many are overdue."""
    entries = [_entry(number, length) for number in range(1, count + 1)]
    closed = [entry for entry in entries if entry.closed_on]
    overdue = [entry for entry in entries if entry.rag == "red"]
    added = entries[: max(count // 10, 1)]
    total = Sum(
        opening=count - len(added), new=len(added) - 1, reopened=1, closed=len(closed), closing=count - len(closed)
    )
    return Figures(
        **NAMES,
        committee="Joint Audit and Standards Committee",
        meets_on=date(2026, 10, 22),
        opening_agrees_with="the paper of 16 July 2026",
        sum=total,
        sums_by_kind=_by_kind(total),
        then_and_now=ThenAndNow(
            open_then=total.opening, open_now=total.closing, overdue_then=len(overdue) + 2, overdue_now=len(overdue)
        ),
        by_kind=(
            LabelledCount(label="Recommendations", count=total.closing - 1),
            LabelledCount(label="Areas for improvement", count=1),
        ),
        by_stage=(
            LabelledCount(label="Awaiting allocation", count=0),
            LabelledCount(label="In progress", count=total.closing),
            LabelledCount(label="Pending sign-off", count=0),
        ),
        by_date=(
            LabelledCount(label="Overdue", count=len(overdue)),
            LabelledCount(label="No date set", count=0),
            LabelledCount(label="Within date", count=total.closing - len(overdue)),
        ),
        closed_by_hmicfrs=(
            LabelledCount(label="Agrees", count=len(closed)),
            LabelledCount(label="Has not said", count=0),
        ),
        overdue_change=OverdueChange(closed=2),
        overdue=tuple(_overdue(entry) for entry in overdue),
        was_overdue=tuple(_was_overdue(entry) for entry in overdue),
        last_overdue=last_overdue(len(overdue)),
        risk=risk(entries),
        held=HeldAfterClosing(held=8, slipped=1, too_early=2),
        voices=voices(entries),
        moved=tuple(_moved(entry) for entry in overdue[::2]),
        new=tuple(_new(entry) for entry in added[1:]),
        closed=tuple(_closed(entry) for entry in closed),
        reopened=tuple(_reopened(entry) for entry in added[:1]),
        responses=_responses(),
        commitments=_commitments(),
        said_of_force=said_of_force(),
        undated=(),
        since=_since(entries),
        front=_front(overdue),
        charts=charts(entries, total),
        register=_register(entries, per_inspection),
        has_dates=True,
        format=FORMAT,
    )


def with_text(sample: Figures, text: str, limbs: tuple[str, ...] = ()) -> Figures:
    """The same figures with another text in the first entry of the register."""
    part = sample.register[0]
    entries = (replace(part.entries[0], text=text, limbs=limbs), *part.entries[1:])
    return replace(sample, register=(replace(part, entries=entries), *sample.register[1:]))


def words(seed: int, length: int) -> str:
    """Sentences, cut to `length` characters."""
    chosen = random.Random(seed)
    text = ""
    while len(text) < length:
        text += chosen.choice(SENTENCES) + " "
    return text[: length - 1].rstrip() + "."


def _by_kind(total: Sum) -> tuple[KindSum, ...]:
    return (
        KindSum(kind="Recommendations", sum=replace(total, opening=total.opening - 1, closing=total.closing - 1)),
        KindSum(kind="Areas for improvement", sum=Sum(opening=1, closing=1)),
    )


def _entry(number: int, length: int) -> RegisterEntry:
    rag, word, reason = COLOURS[number % 5]
    deadline = date(2025, 1, 31) + timedelta(days=number % 400)
    return RegisterEntry(
        reference=f"WM-{number:04}",
        heading=HEADINGS[number % len(HEADINGS)],
        label=f"Recommendation {number % 12 + 1}",
        inspection="Custody 26",
        text=words(number, length),
        deadline=PaperDeadline(words="within six months", kind="relative", on=deadline),
        first_target_on=deadline,
        target_on=deadline + timedelta(days=200),
        times_moved=number % 4,
        forecast_on=deadline + timedelta(days=260),
        counts_from=deadline,
        close_down_on=deadline + timedelta(days=260),
        risk="high" if number % 3 == 0 else "",
        risk_word="High" if number % 3 == 0 else "",
        position="Accepted",
        chief_officer_lead=LEADS[number % 4],
        office_lead="Hannah Whitlock",
        rag=rag,
        rag_word=word,
        rag_reason=reason,
        closed_on=date(2026, 8, 20) if rag == "blue" else None,
        outcome="Implemented" if rag == "blue" else "",
        closure="HMICFRS agrees" if rag == "blue" else "",
        hmicfrs=LatestVoice(label="Being progressed", on=date(2026, 5, 4)),
        force=LatestVoice(label="In progress", on=date(2026, 9, 9), words=words(number + 1, 240)),
        office=LatestVoice(label="Partly assured", on=date(2026, 9, 13), words=words(number + 2, 180)),
    )


def _overdue(entry: RegisterEntry) -> Overdue:
    return Overdue(
        **line_of(entry),
        deadline=entry.deadline,
        counts_from=entry.deadline.on,
        days_over=(END - entry.deadline.on).days,
        first_target_on=entry.first_target_on,
        target_on=entry.target_on,
        forecast_on=entry.forecast_on,
        times_moved=2,
        why_moved="The contract was let again in March; twelve officers start in October.",
        lead=entry.chief_officer_lead,
        assurance=entry.office.label,
        assurance_on=entry.office.on,
        recovery=entry.force.words,
        recovery_on=entry.force.on,
        published_on=date(2024, 3, 9),
        targets=(entry.first_target_on, entry.first_target_on + timedelta(days=100), entry.target_on),
        assurance_words=entry.office.words,
    )


def _was_overdue(entry: RegisterEntry) -> WasOverdue:
    words = "63 days over; no forecast."
    return WasOverdue(**line_of(entry), became="Still overdue", words=words, group="Moved, still overdue")


def _moved(entry: RegisterEntry) -> MovedTarget:
    return MovedTarget(
        **line_of(entry),
        moved_on=date(2026, 8, 3),
        was_on=entry.first_target_on,
        now_on=entry.target_on,
        reason="The supplier withdrew and the work was tendered again.",
        moved_by="Callum Tranter",
        times_moved=2,
    )


def _new(entry: RegisterEntry) -> New:
    return New(
        **line_of(entry),
        published_on=date(2026, 7, 9),
        tracked_on=date(2026, 7, 10),
        deadline=entry.deadline,
        lead=entry.chief_officer_lead,
    )


def _closed(entry: RegisterEntry) -> Closed:
    return Closed(
        **line_of(entry),
        outcome=entry.outcome,
        closed_on=entry.closed_on,
        reason="We read 30 records that we chose ourselves, and 29 met the standard.",
        evidence="Audit report of 3 August, minute of the chief officer group.",
        requested_by="Callum Tranter",
        decided_by="Margaret Osei",
        hmicfrs="HMICFRS agrees",
    )


def _reopened(entry: RegisterEntry) -> Reopened:
    return Reopened(
        **line_of(entry),
        reopened_on=date(2026, 9, 1),
        closed_on=date(2026, 3, 31),
        reason="A later sample fell below the standard.",
        reopened_by="Hannah Whitlock",
    )


def _commitments() -> tuple[PaperCommitment, ...]:
    """One that is overdue, one that was kept twice, one that ended."""
    of = {"response": "Custody in Westmarch", "keeper": "Hannah Whitlock"}
    return (
        PaperCommitment(quote="We will look again in a year.", next_on=date(2026, 7, 1), days_over=91, **of),
        PaperCommitment(
            quote="We will read sixty records each quarter, and say so in public.",
            checks=("Kept, 27 September 2026", "Partly kept, 1 July 2026"),
            next_on=date(2026, 12, 31),
            **of,
        ),
        PaperCommitment(quote="The review will be published.", checks=("Dropped, 3 August 2026",), **of),
    )


def _responses() -> tuple[ResponseDue, ...]:
    published = date(2026, 7, 9)
    return (
        ResponseDue(
            inspection="Held safely: police custody in Westmarch",
            published_on=published,
            due_on=date(2026, 9, 2),
            responded_on=date(2026, 9, 5),
            state="Late by 3 days",
            late=True,
        ),
        ResponseDue(
            inspection="Small voices: child protection in Westmarch",
            published_on=date(2026, 8, 20),
            due_on=date(2026, 10, 14),
            state="14 days left on 30 September 2026",
        ),
    )


def _since(entries: list[RegisterEntry]) -> tuple[SinceLine, ...]:
    moved = [
        SinceLine(on=date(2026, 10, 2), words="target moved to 31 March 2027", reference=entry.reference)
        for entry in entries[:12]
    ]
    return (*moved, SinceLine(on=date(2026, 10, 9), words="response to Small voices: child protection published"))


def _front(overdue: list[Overdue]) -> FrontWords:
    references = tuple(entry.reference for entry in overdue)
    longest = PaperMatter(heading="The longest overdue", words=words(4, 90), rests_on="The longest overdue: 1")
    return FrontWords(
        version=2,
        item="7",
        purpose="For assurance",
        asked=("note the position", "choose the January deep dive"),
        view="Partly assured",
        view_words=words(5, 240),
        matters=(
            replace(longest, references=references[:1]),
            PaperMatter(
                heading="No recovery plan", words=words(6, 120), rests_on="Overdue without", references=references
            ),
            PaperMatter(heading="", words=words(7, 200), rests_on="The office’s own words"),
        ),
        questions=tuple(words(number, 90) for number in range(8, 12)),
        remark_colours=words(9, 180),
        remark_ages=words(10, 180),
    )


def _register(entries: list[RegisterEntry], per_inspection: int) -> tuple[RegisterPart, ...]:
    starts = range(0, len(entries), per_inspection)
    return tuple(_part(start // per_inspection, entries[start : start + per_inspection]) for start in starts)


def _part(number: int, entries: list[RegisterEntry]) -> RegisterPart:
    closed = sum(1 for entry in entries if entry.closed_on)
    return RegisterPart(
        title=f"Held safely: police custody in Westmarch, visit {number + 1}",
        kind="Custody (joint)",
        published_on=date(2024, 3, 9),
        open=len(entries) - closed,
        closed=closed,
        entries=tuple(entries),
    )
