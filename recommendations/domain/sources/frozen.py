"""What an inspection copies from its source and rule when it is recorded, so that lists need no query for either."""

import datetime
from typing import Any

from recommendations.domain.sources.queries import all_bases, is_followed, sources
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind
from recommendations.enums.sources import FIRE, HMICFRS, OF_HMICFRS, REACHING, SUPER_COMPLAINT, Answerer, ClockStart
from recommendations.models import BasisFacts, Inspection, SourceFacts
from recommendations.models.sources.shipped import BASES, FOR_KIND, HMICFRS_OTHER, SECTION_55, SOURCES
from recommendations.periods import say

KIND_OF = {SUPER_COMPLAINT: InspectionKind.SUPER_COMPLAINT, FIRE: InspectionKind.FIRE}
NOT_ANSWERED_HERE = {
    Answerer.CHIEF_OFFICER: "The chief officer answers it.",
    Answerer.FIRE_AUTHORITY: "The fire authority answers it.",
    Answerer.NOBODY: "No answer is required.",
    Answerer.STATED: "It does not say that the policing body must answer.",
}


def frozen(source: SourceFacts, basis: BasisFacts) -> dict[str, Any]:
    """The facts of an inspection that are copied from its source and rule."""
    return {
        "source": source.key,
        "basis": basis.key,
        "source_word": source.word,
        "source_initial": source.initial,
        "publication": source.publication,
        "answerer": basis.answerer,
        "clock_start": basis.clock_start,
        "first_day_counts": basis.first_day_counts,
        "last_day_name": basis.last_day_name,
    }


def law_of_kind(kind: str, section_55: bool | None, respond_by: datetime.date | None) -> tuple[str, str]:
    """The keys of the source and rule of an HMICFRS report, from its kind and whether section 55 applies."""
    if kind == InspectionKind.SUPER_COMPLAINT:
        return SUPER_COMPLAINT, "super-complaint"
    if kind == InspectionKind.FIRE:
        return FIRE, "fire"
    if section_55 is False or respond_by is not None:
        return HMICFRS, HMICFRS_OTHER
    return HMICFRS, FOR_KIND.get(InspectionKind(kind), SECTION_55)


def frozen_of_kind(kind: str, section_55: bool | None = None, respond_by: datetime.date | None = None) -> dict:
    """The facts that are copied for an HMICFRS report of this kind. No query: its rules are the shipped ones."""
    source, basis = law_of_kind(kind, section_55, respond_by)
    return frozen(SOURCES[source], BASES[basis])


def check_stated_day(facts: dict) -> None:
    """Raise Refusal for a super-complaint to be answered whose last day is not given: none is counted for it."""
    outside = facts.get("kind") == InspectionKind.SUPER_COMPLAINT and facts.get("needs_response", True)
    if outside and not facts.get("respond_by"):
        raise Refusal(
            "Enter the last day to respond, as it is stated. None is counted for a super-complaint.",
            "respond_by",
        )


def with_section_55(facts: dict) -> dict:
    """The facts, with whether section 55 applies. Raises Refusal if neither the kind nor the facts say."""
    if facts.get("source", HMICFRS) not in OF_HMICFRS:
        return facts | {"kind": InspectionKind.OTHER, "section_55": False}
    if InspectionKind(facts["kind"]).section_55 is not None:
        return facts | {"section_55": None}
    if facts.get("section_55") is None:
        raise Refusal(
            "Say whether section 55 of the Police Act 1996 applies to this report.", "section_55", code="required"
        )
    return facts


def with_law(facts: dict[str, Any], on: datetime.date) -> dict[str, Any]:
    """The facts of a new inspection, completed from its source and rule.

    `on` is today in London. Raises Refusal for a source or rule not in use, a start of the clock that is missing or in
    the future, and an impossible day.
    """
    if facts.get("source", HMICFRS) in OF_HMICFRS:
        return facts_of_kind(facts)
    return facts_under_rule(facts, *_chosen_rule(facts, on), on)


def facts_of_kind(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of an HMICFRS report, completed from its kind. No query.

    A fire inspection is answered by the fire authority in its action plan, so no response is written here and no day
    is kept for one, whatever the facts say; where it turns out to be another kind, a response is due again.
    """
    said = facts | frozen_of_kind(facts["kind"], facts.get("section_55"), facts.get("respond_by"))
    by_fire = NOT_ANSWERED_HERE[Answerer.FIRE_AUTHORITY]
    if said["answerer"] == Answerer.FIRE_AUTHORITY:
        return _with_answer(said | {"respond_by": None})
    if said.get("no_response_reason") == by_fire:
        return said | {"needs_response": True, "no_response_reason": ""}
    return said


def facts_under_rule(
    facts: dict[str, Any], source: SourceFacts, basis: BasisFacts, on: datetime.date, *, may_lack_start: bool = False
) -> dict[str, Any]:
    """The facts of a new inspection of a source other than HMICFRS, completed from its rule. No query.

    `on` is today in London. Raises Refusal if the start of the clock is in the future, or missing: with
    `may_lack_start` no clock runs then.
    """
    answerer = {"answerer": facts["answerer"]} if facts.get("answerer") else {}
    said = {"kind": InspectionKind.OTHER, "section_55": False} | frozen(source, basis) | answerer
    said["lead_inspectorate"] = facts.get("lead_inspectorate") or source.word
    return _with_answer(_with_days(facts | said, basis, on, may_lack_start=may_lack_start))


def changed_facts(facts: dict[str, Any], inspection: Inspection, on: datetime.date) -> dict[str, Any]:
    """The facts of a changed inspection. For another source than HMICFRS, the source and what was copied from its rule
    stay, unless another rule is chosen.

    Raises Refusal for a rule of another source, for changing the rule after an extension or while the clock is stopped,
    and for a day that is missing or in the future.
    """
    if not inspection.is_of_other_source:
        return with_law(facts, on)
    facts = _with_whose_response(facts, inspection)
    if facts["basis"] != inspection.basis:
        return _facts_under_new_rule(facts, inspection, on)
    counts = inspection.starts_on is not None or inspection.lacks_start
    _check_start(facts, on)
    if counts and not facts.get("starts_on") and not inspection.lacks_start:
        raise Refusal("Enter the day that starts the clock.", "starts_on")
    days = {"respond_by": None} if counts else {"starts_on": None}
    return facts | days | {"kind": InspectionKind.OTHER, "section_55": False}


def _facts_under_new_rule(facts: dict[str, Any], inspection: Inspection, on: datetime.date) -> dict[str, Any]:
    """The facts under the newly chosen rule, as it was on the day that starts the clock."""
    basis = all_bases(facts["starts_on"] or facts["published_on"]).get(facts["basis"])
    if basis is None or basis.source != inspection.source:
        raise Refusal("Choose what it was made under.", "basis", code="required")
    if inspection.extended_to or inspection.is_stopped:
        raise Refusal("More time was given, or the clock is stopped, under its rule. Withdraw that first.", "basis")
    named = ("source_word", "source_initial", "publication")
    said = facts_under_rule(facts, sources()[inspection.source], basis, on)
    return said | {name: getattr(inspection, name) for name in named}


def _with_whose_response(facts: dict[str, Any], inspection: Inspection) -> dict[str, Any]:
    """If who answers has changed, so does whether a response is written here; a reason typed by a user stays."""
    in_own_words = not inspection.needs_response and inspection.no_response_reason not in NOT_ANSWERED_HERE.values()
    if in_own_words or facts["answerer"] == inspection.answerer:
        return facts
    return _with_answer(facts | {"needs_response": True, "no_response_reason": ""})


def _chosen_rule(facts: dict[str, Any], on: datetime.date) -> tuple[SourceFacts, BasisFacts]:
    source = sources().get(facts["source"])
    if source is None or not is_followed(source, on):
        raise Refusal("Choose a source that the office follows.", "source", code="invalid-choice")
    basis = all_bases(on).get(facts.get("basis", ""))
    if basis is None or basis.source != source.key or not basis.in_use:
        raise Refusal("Choose what it was made under.", "basis", code="required")
    return source, basis


def _with_days(facts: dict[str, Any], basis: BasisFacts, on: datetime.date, *, may_lack_start: bool) -> dict[str, Any]:
    """The days of its clock: counted from the day that starts it, else stated, else none."""
    if basis.counts and basis.days is not None:
        lacks = may_lack_start and basis.clock_start in REACHING
        starts_on = facts.get("starts_on") or (None if lacks else _published_day(facts, basis))
        days = {"starts_on": starts_on, "respond_by": None, "response_days": basis.days}
    else:
        stated = facts.get("respond_by") if basis.clock_start == ClockStart.STATED else None
        days = {"starts_on": None, "respond_by": stated}
    _check_start(days, on)
    return {"published_on": days["starts_on"]} | facts | days


def _published_day(facts: dict[str, Any], basis: BasisFacts) -> datetime.date:
    if basis.clock_start != ClockStart.PUBLISHED:
        raise Refusal(f"Enter the day on which it was {basis.clock_start.word}.", "starts_on", code="required")
    published_on: datetime.date = facts["published_on"]
    return published_on


def _with_answer(facts: dict[str, Any]) -> dict[str, Any]:
    """Whether the policing body writes a response: not if someone else has to answer."""
    why = NOT_ANSWERED_HERE.get(facts["answerer"])
    if why is None:
        return facts
    return facts | {"needs_response": False, "no_response_reason": facts.get("no_response_reason") or why}


def _check_start(facts: dict[str, Any], today: datetime.date) -> None:
    """Raise Refusal for a clock that starts in the future."""
    starts_on = facts.get("starts_on")
    if starts_on and starts_on > today:
        raise Refusal(
            f"{say(starts_on)} is in the future. Enter the day that its letter says.", "starts_on", code="in-the-future"
        )
