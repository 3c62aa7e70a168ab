"""The parts of a draft. Each is saved on its own, and nobody overwrites a colleague's text unseen."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from recommendations.domain.responses.items import WITH_THEIR_LINES, RecommendationAnswer, labels_of
from recommendations.domain.responses.states import DRAFTING, SAYS_NO, WRITTEN, drop_submission
from recommendations.domain.search.following import follow_rows, forget_rows
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import ActionKind, Marking
from recommendations.models import DraftPart, Inspection, Recommendation, Response, ResponseSubmission, User
from recommendations.models.responses.drafts import CORRECTION, NARRATIVE, REPLY
from recommendations.permissions import May
from recommendations.trail import verb

WRITES_NOW = datetime.timedelta(minutes=5)
BLANK = {"text": "", "action": "", "reason": "", "marking": Marking.OFFICIAL, "with_part": None}
NAMES = {NARRATIVE: "Narrative", REPLY: "Reply to the chief officers", CORRECTION: "What is corrected"}


def reports_of(response: Response) -> list[Inspection]:
    """Return the reports that a response answers, in the order in which they were added, without withdrawn ones."""
    return list(Inspection.objects.filter(answered_by__response=response).order_by("answered_by__pk"))


def recommendations_of(reports: list[Inspection]) -> list[Recommendation]:
    """Return these reports' recommendations, report by report, with parts and addressees, without withdrawn ones."""
    places = {each.pk: place for place, each in enumerate(reports)}
    found = Recommendation.objects.filter(inspection__in=reports).in_order().select_related("inspection")
    return sorted(found.prefetch_related(*WITH_THEIR_LINES), key=lambda each: places[each.inspection_id])


def parts_of(response: Response, reports: list[Inspection] | None = None) -> list[DraftPart]:
    """Return the parts of a draft, in order: one for each recommendation currently in the reports, and the named parts.

    A part that nobody has written has version 0 and may have no row until something is saved. Pass the response's
    `reports` if they have been read already.
    """
    return _parts(response, recommendations_of(reports_of(response) if reports is None else reports))


def _parts(response: Response, recommendations: list[Recommendation]) -> list[DraftPart]:
    rows = {row.key: row for row in response.parts.select_related("saved_by")}
    correction = [CORRECTION] if response.versions.exists() else []
    asked: list[Recommendation | str] = [*correction, NARRATIVE, *recommendations, REPLY]
    found = [_part(response, each, rows) for each in asked]
    known: dict[int | None, DraftPart] = {part.pk: part for part in found if part.pk}
    for part in found:
        part.with_part = known.get(part.with_part_id)
    return found


def _part(response: Response, subject: Recommendation | str, rows: dict[str, DraftPart]) -> DraftPart:
    about = {"name": subject} if isinstance(subject, str) else {"recommendation": subject}
    new = DraftPart(response=response, version=0, **about)
    part = rows.get(new.key, new)
    part.response, part.recommendation = response, new.recommendation
    return part


def part_named(response: Response, key: str) -> DraftPart:
    """Return the part with this key. Raises Refusal if there is none, e.g. after a recommendation was withdrawn."""
    found = next((part for part in parts_of(response) if part.key == key), None)
    if found is None:
        raise Refusal("This part is no longer asked for. Load the page again.")
    return found


def labels_of_parts(parts: list[DraftPart]) -> dict[str, str]:
    """Return the label of each part, by key: "Narrative", "Recommendation 7.1"."""
    labels = labels_of(part.recommendation for part in parts if part.recommendation)
    return {part.key: labels[part.recommendation.pk] if part.recommendation else NAMES[part.name] for part in parts}


def answer_of(part: DraftPart) -> RecommendationAnswer:
    """Return a part's answer. If it shares another part's comment, it takes that part's action, unless it has one."""
    host = part.with_part
    if host is None:
        return RecommendationAnswer(part.action, part.reason, part.text)
    action, reason = (part.action, part.reason) if part.action else (host.action, host.reason)
    return RecommendationAnswer(action, reason, "", host.recommendation_id)


def content(part: DraftPart) -> dict:
    """Return a part's values by field."""
    return {name: getattr(part, name) for name in BLANK}


def save_part(
    *, response: Response, part: DraftPart, values: dict, version: int, by: User | None, at: datetime.datetime
) -> DraftPart:
    """Save one part. `values` may hold text, action, reason, marking and with_part; fields left out are unchanged.

    `with_part` is a part, its key, or None. `version` is the version of the part that was read. Editing a text that is
    submitted or approved drops the submission, and the returned part has it as `dropped`. Raises Stale with the other
    text if someone else has saved the part since, Refusal if it cannot be edited.
    """
    with transaction.atomic():
        response = _lock_draft(response, by)
        rows = _parts_by_key(response, at)
        if part.key not in rows:
            raise Refusal("This part is no longer asked for. Load the page again.", code="gone")
        part = rows[part.key]
        if part.version != version:
            raise Stale(part)
        values = _clean(part, values, rows)
        part.dropped = None
        if values == content(part):
            return part
        part.dropped = _open_again(response, by=by, at=at)
        return _write(part, values, by, at)


def edit_begins(*, response: Response, by: User | None, at: datetime.datetime) -> ResponseSubmission | None:
    """Prepare a response for a change to its draft, inside the caller's transaction: a submitted text goes back to
    drafting.

    Returns the submission that this drops, or None. Raises Refusal if there is no draft.
    """
    return _open_again(_lock_draft(response, by), by=by, at=at)


def _lock_draft(response: Response, by: User | None) -> Response:
    """Return the response, locked. Raises Refusal if it has no draft, NotAllowed if the user cannot edit it."""
    response = lock_row(response)
    if response.state not in WRITTEN:
        raise Refusal(SAYS_NO[response.state], code=response.state)
    if by is not None and not by.has_perm(May.DRAFT_RESPONSE):
        raise NotAllowed("Your role cannot do this.")
    return response


def _open_again(response: Response, *, by: User | None, at: datetime.datetime) -> ResponseSubmission | None:
    if response.state == DRAFTING:
        return None
    with verb("take_back", by=by, at=at, reason="Edited.", subject=response) as act:
        Response.objects.claim_version(response)
        return drop_submission(act, response)


def _parts_by_key(response: Response, at: datetime.datetime) -> dict[str, DraftPart]:
    """Return the parts by key, creating missing rows. The response must be locked."""
    parts = parts_of(response)
    make_rows([part for part in parts if part._state.adding], at)
    return {part.key: part for part in parts}


def make_rows(parts: list[DraftPart], at: datetime.datetime) -> None:
    """Create rows for these parts, with version 0 and no author. The response must be locked."""
    for part in parts:
        part.saved_at = at
        part.seal = part.make_seal()
    # written at once: the parts of a draft are no records
    DraftPart.objects.bulk_create([part for part in parts if part.with_part is None])
    for part in parts:
        part.with_part = part.with_part  # the host part has its id only now
    # written at once: the parts of a draft are no records
    DraftPart.objects.bulk_create([part for part in parts if part.with_part is not None])
    follow_rows(DraftPart, [part.pk for part in parts if part.text or part.reason])


def is_written(response: Response) -> bool:
    """Whether anybody has written anything in the draft."""
    return response.parts.exclude(text="", action="", reason="", with_part=None).exists()


def clear(response: Response) -> None:
    """Delete a draft that was published or dropped. The response must be locked."""
    forget_rows(DraftPart.objects.filter(response=response))
    # written at once: a draft that was published or dropped
    DraftPart.objects.filter(response=response).delete()


def _clean(part: DraftPart, values: dict, rows: dict[str, DraftPart]) -> dict:
    """Return cleaned values. Raises Refusal for an unknown action or marking, or a comment that cannot be shared."""
    given = content(part) | {name: value for name, value in values.items() if name in BLANK}
    clean: dict[str, Any] = {name: plain(given[name]) for name in ("text", "action", "reason", "marking")}
    clean["with_part"] = _host(part, given["with_part"], rows)
    if clean["action"] not in ("", *ActionKind.values):
        raise Refusal("Choose the action.", "action")
    if clean["marking"] not in Marking.values:
        raise Refusal("Choose the marking.", "marking", code="required")
    if part.recommendation is None and (clean["action"] or clean["reason"]):
        raise Refusal("Only a recommendation has an action.", "action")
    if clean["with_part"] and clean["text"]:
        raise Refusal("It has a comment of its own. Empty that first.", "with_part")
    return clean


def plain(text: str) -> str:
    """Return the text as it is stored: trimmed, with uniform line endings and no NUL characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def _host(part: DraftPart, choice: DraftPart | str | None, rows: dict[str, DraftPart]) -> DraftPart | None:
    """Return the part whose comment answers this one too, or None. Such links do not chain."""
    if not choice:
        return None
    host = rows.get(choice if isinstance(choice, str) else choice.key)
    if host is None or host.recommendation is None or part.recommendation is None:
        raise Refusal("Choose the recommendation whose comment answers this one too.", "with_part")
    if host.key == part.key:
        raise Refusal("It cannot be answered with itself.", "with_part")
    if host.with_part:
        raise Refusal(
            "That one is answered with another comment itself. Choose the other.",
            "with_part",
            code="answered-with-another",
        )
    if any(each.with_part and each.with_part.key == part.key for each in rows.values()):
        raise Refusal("Its own comment answers others. Remove those first.", "with_part", code="answers-others")
    return host


def _write(part: DraftPart, values: dict, by: User | None, at: datetime.datetime) -> DraftPart:
    rows = DraftPart.objects.filter(pk=part.pk, version=part.version)
    part.saved_at, part.saved_by = at, by
    part.seal = part.make_seal()
    # written at once: a conditional UPDATE keeps two writers of a part apart
    if not rows.update(**values, version=F("version") + 1, saved_at=at, saved_by=by, seal=part.seal):
        raise Stale(DraftPart.objects.get(pk=part.pk))
    for name, value in values.items():
        setattr(part, name, value)
    part.version += 1
    follow_rows(DraftPart, [part.pk])
    return part


@dataclass(frozen=True)
class RecentEdit:
    """A save of a part within the last few minutes."""

    name: str
    part: str
    key: str
    at: datetime.datetime


def who_writes(
    response: Response, at: datetime.datetime, but: User | None = None, parts: list[DraftPart] | None = None
) -> list[RecentEdit]:
    """Return recent saves of parts in the minutes before `at`, latest first, leaving out those by `but`, the current
    user.

    Pass the response's `parts` if they have been read already.
    """
    parts = parts or parts_of(response)
    labels = labels_of_parts(parts)
    recent = [part for part in parts if part.saved_by and part.saved_by != but and part.saved_at > at - WRITES_NOW]
    recent.sort(key=lambda part: part.saved_at, reverse=True)
    return [
        RecentEdit(part.saved_by.name, labels[part.key], part.key, part.saved_at) for part in recent if part.saved_by
    ]


def authors_of(response: Response, parts: list[DraftPart] | None = None) -> set[int]:
    """Return the ids of the users who wrote the current version of any part. Pass `parts` if read already."""
    return {part.saved_by_id for part in parts or parts_of(response) if part.saved_by_id}
