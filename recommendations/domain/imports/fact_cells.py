"""Import a line's facts about the recommendation: text, number, deadline, references and leads."""

import datetime

from recommendations.deadlines import read_deadline
from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import normalise
from recommendations.domain.imports.register_snapshot import bare
from recommendations.domain.register.sheet_columns import BY_KEY, PLANNED, RECORD_TEXT_KEYS
from recommendations.enums import DeadlineKind, InspectionKind, RecommendationKind
from recommendations.enums.sources import Answerer
from recommendations.models import Recommendation
from recommendations.periods import say

LONGEST_WORDS = 200
NOT_IN_A_PLAN = f"{BY_KEY[PLANNED].heading}: only what a fire authority answers has one, so this cell is left out."


def plan_facts(entry: ImportEntry) -> None:
    """Plan the recommendation and the tracked recommendation, new or changed."""
    if entry.recommendation is None and not entry.shares:
        _new_recommendation(entry)
    elif entry.recommendation is not None:
        _change_recommendation(entry, entry.recommendation)
    if entry.is_tracked:
        _change_tracked(entry)
    else:
        _say_what_is_left_out(entry)


def _new_recommendation(entry: ImportEntry) -> None:
    line = entry.line
    text = line.get("text", "") or line.get("heading", "")
    if not text:
        entry.refuse("text", "Enter the text of the recommendation.")
        return
    heading = line.get("heading", "") if line.get("text") else ""
    entry.writes.asked = {"kind": entry.kind, "number": line.get("number", ""), "heading": heading, "text": text}
    entry.writes.asked |= _deadline(entry) or {}
    entry.writes.parts, entry.writes.addressees = line.parts, line.addressees
    said = {"inspection": entry.title, "source": entry.source_name, "kind": RecommendationKind(entry.kind).label}
    for key in ("inspection", "source", "kind", "number", "heading", "text"):
        shown = said.get(key)
        if shown or entry.writes.asked.get(key):
            entry.change(key, "", shown or entry.writes.asked[key])
    for key, lines in (("parts", line.parts), ("addressees", line.addressees)):
        if lines:
            entry.change(key, "", "\n".join(lines))


def _change_recommendation(entry: ImportEntry, recommendation: Recommendation) -> None:
    line = entry.line
    _check_kind(entry, recommendation)
    for key in ("heading", "text"):
        value = line.get(key, "")
        if value and value.split() != getattr(recommendation, key).split():
            entry.writes.asked[key] = value
            entry.change(key, getattr(recommendation, key), value)
    number = line.get("number", "")
    if number and bare(recommendation.kind, number) != bare(recommendation.kind, recommendation.number):
        _change_number(entry, recommendation, number)
    entry.writes.asked |= _deadline(entry) or {}
    _check_lists(entry, recommendation)


def _check_kind(entry: ImportEntry, recommendation: Recommendation) -> None:
    kind = entry.line.get("kind")
    if kind and kind != recommendation.kind:
        was = RecommendationKind(recommendation.kind).label.lower()
        entry.refuse("kind", f"It is on record as {was}. Change the kind on its page, or leave the cell out.")


def _change_number(entry: ImportEntry, recommendation: Recommendation, number: str) -> None:
    if entry.register.by_number[recommendation.inspection_id, recommendation.kind, bare(recommendation.kind, number)]:
        entry.refuse(
            "number", f"There is a {recommendation.get_kind_display().lower()} {number} in this inspection already."
        )
        return
    entry.writes.asked["number"] = number
    entry.change("number", recommendation.number, number)


def _check_lists(entry: ImportEntry, recommendation: Recommendation) -> None:
    """Parts and addressees are imported only with a new recommendation, as recorded ones cannot be removed again."""
    line = entry.line
    parts, addressees = entry.register.parts[recommendation.pk], entry.register.addressees[recommendation.pk]
    for key, lines, there in (("parts", line.parts, parts), ("addressees", line.addressees, addressees)):
        if not {normalise(each) for each in lines} <= there:
            entry.notes.append(
                f"{BY_KEY[key].heading}: what is on record stays. Change it on the recommendation’s page."
            )


def _deadline(entry: ImportEntry) -> dict | None:
    """Return the deadline's fields if the sheet has a new one, or None."""
    asked, line = entry.recommendation, entry.line
    words, day = line.get("deadline_words"), line.get("deadline_on")
    was = (asked.deadline_words, asked.deadline_on) if asked else ("", None)
    same_words = words is None or words.split() == was[0].split()
    if (words is None and day is None) or (same_words and day in (None, was[1])):
        return None
    found = _read_deadline(entry, words if words is not None else was[0], day, read=words is not None)
    if len(found["deadline_words"]) > LONGEST_WORDS:
        entry.refuse("deadline_on", f"These words are longer than {LONGEST_WORDS} letters. Shorten them.")
    on = found["deadline_on"]
    if on and entry.published_on and on < entry.published_on:
        key = "deadline_on" if day else "deadline_words"
        entry.refuse(key, f"The deadline is before the report was published, {say(entry.published_on)}.")
    if not same_words:
        entry.change("deadline_words", was[0], found["deadline_words"])
    if on != was[1]:
        entry.change("deadline_on", was[1], on)
    return found


def _read_deadline(entry: ImportEntry, words: str, day: datetime.date | None, *, read: bool) -> dict:
    found = read_deadline(words, entry.published_on) if read and words else None
    kind, on = (found.kind, found.due_on) if found and found.due_on else (DeadlineKind.NONE, None)
    if day and day != on:
        kind, on = DeadlineKind.DATE, day
    return {"deadline_words": words, "deadline_kind": str(kind), "deadline_on": on}


def _change_tracked(entry: ImportEntry) -> None:
    line, tracked = entry.line, entry.tracked
    for key in ("reference", *RECORD_TEXT_KEYS):
        value, was = line.get(key, ""), getattr(tracked, key) if tracked else ""
        if value and key == PLANNED and not _is_in_plan(entry):
            entry.notes.append(NOT_IN_A_PLAN)
        elif value and value != was:
            entry.writes.facts[key] = value
            entry.change(key, was, value)


def _is_in_plan(entry: ImportEntry) -> bool:
    """Whether the row's report is answered in an action plan."""
    report = entry.report
    if entry.inspection is not None:
        is_answered = entry.inspection.has_action_plan
    elif report and report.law:
        is_answered = report.law[1].answerer == Answerer.FIRE_AUTHORITY
    else:
        is_answered = report is not None and report.kind == InspectionKind.FIRE
    return is_answered and entry.register.keeps_plans(entry.on)


def _say_what_is_left_out(entry: ImportEntry) -> None:
    left_out = set(entry.line.values) - {"inspection", "source", "published_on", "kind", "number", "heading", "text"}
    if left_out or entry.line.updates or entry.line.targets or entry.line.closed:
        kind = RecommendationKind(entry.kind).label
        followed = "its lead, colour and updates go to the recommendations under it."
        alone = "it is not tracked, so only its words are brought in."
        entry.notes.append(f"{kind}: {followed if entry.line.is_followed else alone}")
