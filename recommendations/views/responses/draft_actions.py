"""What the buttons of the draft page do after the typed text is saved; `do` starts with a key of DOES."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from recommendations.domain.responses.draft import approval_workflow, commitments
from recommendations.domain.responses.draft.approval_workflow import NotComplete
from recommendations.domain.responses.draft.completeness import stock_reason
from recommendations.domain.responses.draft.parts import part_named
from recommendations.domain.text.quotations import sentences
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ActionKind, Every, ResponseState
from recommendations.forms.responses.draft_commitments import DraftCommitmentForm
from recommendations.models import DraftCommitment, DraftPart, Response, User
from recommendations.views.responses.draft_page import DraftPage
from recommendations.views.responses.draft_save import DROPPED, Saving
from recommendations.views.site.requests import AuthenticatedRequest


def show(request: AuthenticatedRequest, found: Response, *, status: int = 200, **shown: Any) -> HttpResponse:
    """Render the page. `shown` sets submitted forms, what could not be saved, or the open commitment form."""
    page = DraftPage.now(request, found)
    for name, value in shown.items():
        setattr(page, name, value)
    return render(request, "responses/draft/page.html", {"response": found, "page": page}, status=status)


def opened(request: AuthenticatedRequest, found: Response) -> HttpResponse:
    """The page as the query string asks: with a commitment form open, or with the preview."""
    asked, commitment = request.GET, None
    if "change" in asked:
        commitment = _to_change(found, asked["change"])
    elif "mark" in asked:
        try:
            commitment = _to_mark(request, found, asked["mark"], asked.get("start", ""))
        except Refusal as refusal:
            messages.error(request, refusal.message)
    return show(request, found, commitment=commitment, preview_is_open="preview" in asked)


def back(request: AuthenticatedRequest, found: Response, saving: Saving) -> HttpResponse:
    """The page again, with what could not be saved, as it was typed."""
    if saving.dropped:
        messages.warning(request, DROPPED)
    return show(request, found, status=422, forms=saving.lost, gone=saving.gone)


def does(request: AuthenticatedRequest, found: Response, saving: Saving) -> HttpResponse:
    """Do what the button says. A Refusal becomes a message; the typed text is already saved."""
    if saving.dropped:
        messages.warning(request, DROPPED)
    name, *about = request.POST.get("do", "").split(":")
    try:
        return DOES.get(name, _save)(request, found, *about, "", "")
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(_draft(found, about[0] if about else ""))


def _draft(found: Response, anchor: str = "", **asked: Any) -> str:
    address = reverse("draft_response", args=[found.pk])
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{address}{query}{f'#{anchor}' if anchor else ''}"


def _save(request: AuthenticatedRequest, found: Response, *about: Any) -> HttpResponse:
    messages.success(request, "Draft saved.")
    return redirect(_draft(found))


def _preview(request: AuthenticatedRequest, found: Response, *about: Any) -> HttpResponse:
    return redirect(_draft(found, "preview", preview="yes"))


def _submit(request: AuthenticatedRequest, found: Response, *about: Any) -> HttpResponse:
    if found.state == ResponseState.SUBMITTED:
        return redirect(found)
    try:
        approval_workflow.submit(response=found, by=request.user, at=timezone.now())
    except NotComplete:
        return show(request, found, status=422, is_refused=True)
    messages.success(request, "Submitted for approval. An edit takes it back.")
    return redirect(found)


def _stock(request: AuthenticatedRequest, found: Response, key: str, *about: Any) -> HttpResponse:
    part = part_named(found, key)
    given = {"action": ActionKind.NONE, "reason": stock_reason(part)}
    return _change_part(request, found, part, given, "The stock reason is filled in. Change it as you like.")


def _own(request: AuthenticatedRequest, found: Response, key: str, *about: Any) -> HttpResponse:
    part = part_named(found, key)
    return _change_part(request, found, part, {"with_part": None}, "It has a comment of its own now.")


def _change_part(
    request: AuthenticatedRequest, found: Response, part: DraftPart, values: dict, message: str
) -> HttpResponse:
    approval_workflow.save_part(
        response=found, part=part, values=values, version=part.version, by=request.user, at=timezone.now()
    )
    messages.success(request, message)
    return redirect(_draft(found, part.key))


def _open(request: AuthenticatedRequest, found: Response, key: str, start: str, *about: Any) -> HttpResponse:
    return redirect(_draft(found, "commitment", mark=key, **({"start": start} if start else {})))


def _change(request: AuthenticatedRequest, found: Response, pk: str, *about: Any) -> HttpResponse:
    return redirect(_draft(found, "commitment", change=pk))


def _remove(request: AuthenticatedRequest, found: Response, pk: str, *about: Any) -> HttpResponse:
    commitment = _commitment(found, pk)
    commitments.remove_from_draft(commitment=commitment, by=request.user, at=timezone.now())
    messages.success(request, "Mark removed. The sentence stays.")
    return redirect(_draft(found, commitment.part.key))


def _decline(request: AuthenticatedRequest, found: Response, key: str, start: str, *about: Any) -> HttpResponse:
    part = part_named(found, key)
    quote = _sentence(part.text, start)
    commitments.decline_suggestion(part=part, quote=quote, by=request.user, at=timezone.now())
    return redirect(_draft(found, key))


def _mark(request: AuthenticatedRequest, found: Response, *about: Any) -> HttpResponse:
    """Mark a sentence as a commitment, or change a mark."""
    form = DraftCommitmentForm(request.POST)
    if form.is_valid():
        try:
            _keep(found, form, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.refuse(refusal)
    if form.errors:
        return show(request, found, status=422, commitment=form)
    messages.success(request, "Commitment saved.")
    return redirect(_draft(found, form.cleaned_data["into"]))


def _keep(found: Response, form: DraftCommitmentForm, *, by: User, at: datetime.datetime) -> None:
    given = {"by": by, "at": at} | form.terms
    if form.cleaned_data["ids"]:
        commitments.change_in_draft(commitment=_commitment(found, form.cleaned_data["ids"]), **given)
    else:
        part = part_named(found, form.cleaned_data["into"])
        commitments.mark_in_draft(part=part, quote=form.cleaned_data["quote"], **given)


def _commitment(found: Response, pk: str | int) -> DraftCommitment:
    rows = DraftCommitment.objects.filter(part__response=found, declined=False).select_related("part__response")
    return get_object_or_404(rows, pk=int(pk) if str(pk).isdecimal() else 0)


def _sentence(text: str, start: str) -> str:
    return next((each.text for each in sentences(text) if str(each.start) == start), "")


def _to_change(found: Response, pk: str) -> DraftCommitmentForm:
    row = _commitment(found, pk)
    terms = {"keeper": row.keeper, "check_on": row.check_on, "every": row.every, "quote": row.quote}
    return DraftCommitmentForm(initial=terms | {"into": row.part.key, "ids": row.pk})


def _to_mark(request: AuthenticatedRequest, found: Response, key: str, start: str) -> DraftCommitmentForm:
    """The form for the sentence in the query string, with the check dates read from its words."""
    part = part_named(found, key)
    promised = commitments.commitments_in(part, timezone.localdate())
    known = next((each.rhythm for each in promised.suggested if str(each.start) == start), None)
    initial: dict[str, Any] = {"into": key, "quote": _sentence(part.text, start), "keeper": request.user.name}
    initial |= {"every": known.every if known else Every.ONCE, "check_on": known.check_on if known else None}
    return DraftCommitmentForm(initial=initial)


DOES = {
    "preview": _preview,
    "submit": _submit,
    "stock": _stock,
    "own": _own,
    "open": _open,
    "change": _change,
    "remove": _remove,
    "decline": _decline,
    "mark": _mark,
}
