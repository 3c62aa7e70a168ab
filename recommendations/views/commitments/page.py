"""The page of a commitment: the sentence in its published context, the checks so far, and the form beside it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.commitments import commitments
from recommendations.domain.commitments.queries import CommitmentRow, with_latest
from recommendations.domain.commitments.status import latest_first
from recommendations.domain.evidence.choices import can_point
from recommendations.domain.evidence.queries import evidence_of_commitment
from recommendations.domain.responses.published_text import quotable, text_of_version
from recommendations.domain.text.quotations import place_of
from recommendations.enums import CheckOutcome
from recommendations.forms.commitments.commitments import CommitmentCheckForm, EditCommitmentForm, WithdrawCheckForm
from recommendations.forms.site.base import VerbForm
from recommendations.models import Commitment, CommitmentCheck, CommitmentMove, TrackedRecommendation, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.attachments.addresses import EntryFiles, files_on
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.typed_drafts import FORMS, form_with_draft

CHECK, EDIT, WITHDRAW = "check", "edit", "withdraw"
TITLES = {CHECK: "Record a check", EDIT: "Change who and when", WITHDRAW: "Withdraw a check"}
BUTTONS = {CHECK: "Save check", EDIT: "Save", WITHDRAW: "Withdraw"}
PARAGRAPHS = "\n\n"


@dataclass(frozen=True, kw_only=True)
class CommitmentEvent:
    """A check, a move of the next check, or the beginning. `withdrawn` says when, by whom and why a check was
    withdrawn."""

    on: datetime.date
    title: str
    by: str = ""
    lines: tuple[str, ...] = ()
    recorded_on: datetime.date | None = None
    withdrawn: str = ""
    withdraw_url: str = ""
    files: EntryFiles | None = None


def visible(request: AuthenticatedRequest, pk: int) -> Commitment:
    """The commitment with its response, comment and latest check; raises Http404 if the user may not see it."""
    found = with_latest(Commitment.objects.visible_to(request.user))
    return get_object_or_404(found.select_related("of__response__body", "comment", "recorded_by"), pk=pk)


def show(
    request: AuthenticatedRequest,
    commitment: Commitment,
    *,
    key: str = "",
    form: VerbForm | None = None,
    check: CommitmentCheck | None = None,
) -> HttpResponse:
    """Render the page, with a form beside it: `form` if it was submitted, otherwise a new one. `check` is to be
    withdrawn."""
    key = key or (EDIT if request.GET.get("form") == EDIT else CHECK)
    may_check = request.user.has_perm(May.CHECK_COMMITMENTS)
    if key != CHECK and not may_check:
        raise PermissionDenied(f"needs {May.CHECK_COMMITMENTS}")
    today = localdate()
    why_not = _why_not(commitment, key, check)
    context = {
        "commitment": commitment,
        "row": CommitmentRow(commitment, today),
        "response": commitment.of.response,
        "pieces": pieces_of(commitment),
        "answers": answers_of(commitment, request.user),
        "events": list(_events(commitment, may_check, request.user)),
        "evidence": evidence_of_commitment(commitment, request.user, today),
        "evidence_actions": _evidence_actions(commitment, request.user),
        "key": key,
        "check": check,
        "panel_title": TITLES[key],
        "button": BUTTONS[key],
        "action": _action(commitment, key, check),
        "form": None if why_not or not may_check else form or new_form(request, commitment, key),
        "why_not": why_not,
        "may_check": may_check,
    }
    return render(request, "commitments/commitment.html", context, status=422 if form is not None else 200)


def _evidence_actions(commitment: Commitment, user: User) -> list[tuple[str, str]]:
    if not can_point(user):
        return []
    words = "Link evidence, or set what measures it" if Section.PANELS.is_on else "Link evidence"
    return [(reverse("point_from_commitment", args=[commitment.pk]), words)]


def new_form(
    request: AuthenticatedRequest, commitment: Commitment, key: str, *, data: QueryDict | None = None
) -> VerbForm | WithdrawCheckForm:
    """The form of a key: with submitted `data`, otherwise as new, with anything typed earlier and not saved."""
    if key == WITHDRAW:
        return WithdrawCheckForm(data)
    return form_with_draft(request, TYPED[key], commitment.pk, partial(_form, key, commitment), data=data)


def _form(
    key: str, commitment: Commitment, data: QueryDict | None = None, *, initial: dict | None = None
) -> CommitmentCheckForm | EditCommitmentForm:
    if key == EDIT:
        return EditCommitmentForm(data, record=commitment, initial=initial or {})
    return CommitmentCheckForm(data, commitment=commitment, on=localdate(), initial=initial or {})


def _initial_form(key: str, request: AuthenticatedRequest, pk: int) -> CommitmentCheckForm | EditCommitmentForm:
    found = visible(request, pk)
    if not request.user.has_perm(May.CHECK_COMMITMENTS):
        raise PermissionDenied(f"needs {May.CHECK_COMMITMENTS}")
    return _form(key, found)


TYPED = {CHECK: "commitment-check", EDIT: "commitment-edit"}
FORMS.update({TYPED[key]: partial(_initial_form, key) for key in TYPED})


def _why_not(commitment: Commitment, key: str, check: CommitmentCheck | None) -> str:
    """Why the form cannot be used now, or "" if it can."""
    if key == WITHDRAW:
        assert check
        return "This check is withdrawn already." if check.withdrawn_at else ""
    return commitments.ENDED if commitment.next_on is None else ""


def _action(commitment: Commitment, key: str, check: CommitmentCheck | None) -> str:
    if key == WITHDRAW:
        assert check
        return reverse("withdraw_check", args=[commitment.pk, check.pk])
    return reverse(f"{key}_commitment", args=[commitment.pk])


def pieces_of(commitment: Commitment) -> tuple[str, str, str]:
    """The published text before the sentence, the sentence, and the text after it; of a narrative, its own
    paragraph only."""
    texts = [commitment.comment.text] if commitment.comment else quotable(text_of_version(commitment.of))
    for text in texts:
        if place := place_of(commitment.quote, text):
            start, end = place
            before = text[:start] if commitment.comment else text[:start].rpartition(PARAGRAPHS)[2]
            after = text[end:] if commitment.comment else text[end:].partition(PARAGRAPHS)[0]
            return before, text[start:end], after
    return "", commitment.quote, ""


def answers_of(commitment: Commitment, user: User) -> list[tuple]:
    """The recommendations that the comment answers, each with its tracked recommendations that the user may see."""
    if commitment.comment is None:
        return []
    asked = [
        answer.recommendation for answer in commitment.comment.answers.select_related("recommendation").order_by("pk")
    ]
    lines = TrackedRecommendation.objects.visible_to(user).filter(recommendation__in=asked).select_related("force")
    rows = list(lines.order_by("reference"))
    return [(each, [row for row in rows if row.recommendation_id == each.pk]) for each in dict.fromkeys(asked)]


def _events(commitment: Commitment, may_check: bool, user: User) -> Iterator[CommitmentEvent]:
    """The events, newest first, each check with its files."""
    checks = list(commitment.checks.select_related("recorded_by", "withdrawn_by"))
    files = files_on("commitment_check", [each.pk for each in checks], user) if checks else {}
    for row in latest_first([*checks, *commitment.moves.select_related("recorded_by")]):
        if isinstance(row, CommitmentMove):
            yield _move_event(row)
        else:
            shown = files[row.pk]
            yield replace(
                _check_event(commitment, row, may_check), files=shown.only_shown if row.withdrawn_at else shown
            )
    yield CommitmentEvent(
        on=london_day(commitment.recorded_at),
        title="Followed as a commitment",
        by=_author_words(commitment.recorded_by),
        lines=(f"First check on {say(commitment.check_on)}.",),
    )


def _author_words(person: User | None) -> str:
    return f"by {person.name}" if person else "by the command line"


def _later_recording_day(row: CommitmentCheck | CommitmentMove) -> datetime.date | None:
    """The day of recording, if later than the day itself."""
    day = london_day(row.recorded_at)
    return day if day > row.effective_on else None


def _check_event(commitment: Commitment, row: CommitmentCheck, may_check: bool) -> CommitmentEvent:
    evidence = f"Evidence: {row.evidence}" if row.evidence else ""
    again = f"Next check on {say(row.next_on)}." if row.next_on else "Nothing is left to check."
    withdrawn = ""
    if row.withdrawn_at:
        withdrawn = (
            f"Withdrawn on {say(london_day(row.withdrawn_at))} {_author_words(row.withdrawn_by)}: {row.withdrawn_why}"
        )
    url = reverse("withdraw_check", args=[commitment.pk, row.pk]) if may_check and not row.withdrawn_at else ""
    return CommitmentEvent(
        on=row.effective_on,
        title=CheckOutcome(row.outcome).label,
        by=_author_words(row.recorded_by),
        lines=tuple(filter(None, (row.said, evidence, again))),
        recorded_on=_later_recording_day(row),
        withdrawn=withdrawn,
        withdraw_url=url,
    )


def _move_event(row: CommitmentMove) -> CommitmentEvent:
    return CommitmentEvent(
        on=row.effective_on,
        title=f"Next check moved to {say(row.next_on)}",
        by=_author_words(row.recorded_by),
        lines=(f"Reason: {row.reason}",),
        recorded_on=_later_recording_day(row),
    )
