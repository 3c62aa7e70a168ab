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
from recommendations.domain.responses.draft.parts import part_named, parts_of
from recommendations.domain.text.quotations import sentences
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ActionKind, Every, ResponseState
from recommendations.forms.responses.draft_commitments import DraftCommitmentForm
from recommendations.models import DraftCommitment, DraftPart, Response, User
from recommendations.sections import Section
from recommendations.views.responses.draft_page import DraftPage
from recommendations.views.responses.draft_save import DROPPED, Saving
from recommendations.views.site.requests import AuthenticatedRequest


def show(request: AuthenticatedRequest, response: Response, *, status: int = 200, **attributes: Any) -> HttpResponse:
    """Render the page. `attributes` sets submitted forms, what could not be saved, or the open commitment form."""
    page = DraftPage.now(request, response)
    for name, value in attributes.items():
        setattr(page, name, value)
    return render(request, "responses/draft/page.html", {"response": response, "page": page}, status=status)


def show_requested(request: AuthenticatedRequest, response: Response) -> HttpResponse:
    """The page as the query string asks: with a commitment form open, or with the preview."""
    asked, commitment = request.GET, None
    if "change" in asked:
        commitment = _change_form(response, asked["change"])
    elif "mark" in asked:
        try:
            commitment = _mark_form(request, response, asked["mark"], asked.get("start", ""))
        except Refusal as refusal:
            messages.error(request, refusal.message)
    return show(request, response, commitment=commitment, preview_is_open="preview" in asked)


def show_unsaved(request: AuthenticatedRequest, response: Response, saving: Saving) -> HttpResponse:
    """The page again, with what could not be saved, as it was typed."""
    if saving.dropped:
        messages.warning(request, DROPPED)
    return show(request, response, status=422, forms=saving.lost, gone=saving.gone)


def do_action(request: AuthenticatedRequest, response: Response, saving: Saving) -> HttpResponse:
    """Do what the button says. A Refusal becomes a message; the typed text is already saved."""
    if saving.dropped:
        messages.warning(request, DROPPED)
    name, *about = request.POST.get("do", "").split(":")
    try:
        does = DOES.get(name, _save) if name not in OF_COMMITMENTS or Section.COMMITMENTS.is_on else _save
        return does(request, response, *about, "", "")
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(_draft(response, about[0] if about else ""))


def _draft(response: Response, anchor: str = "", **params: Any) -> str:
    address = reverse("draft_response", args=[response.pk])
    query = f"?{urlencode(params)}" if params else ""
    return f"{address}{query}{f'#{anchor}' if anchor else ''}"


def _save(request: AuthenticatedRequest, response: Response, *about: Any) -> HttpResponse:
    messages.success(request, "Draft saved.")
    return redirect(_draft(response))


def _preview(request: AuthenticatedRequest, response: Response, *about: Any) -> HttpResponse:
    return redirect(_draft(response, "preview", preview="yes"))


def _submit(request: AuthenticatedRequest, response: Response, *about: Any) -> HttpResponse:
    if response.state == ResponseState.SUBMITTED:
        return redirect(response)
    try:
        approval_workflow.submit(response=response, by=request.user, at=timezone.now())
    except NotComplete:
        return show(request, response, status=422, is_refused=True)
    messages.success(request, "Submitted for approval. Editing cancels this.")
    return redirect(response)


def _mark_all(request: AuthenticatedRequest, response: Response, *about: Any) -> HttpResponse:
    """Mark every text of the draft alike."""
    marking = request.POST.get("marking-of-all", "")
    for part in parts_of(response):
        approval_workflow.save_part(
            response=response,
            part=part,
            values={"marking": marking},
            version=part.version,
            by=request.user,
            at=timezone.now(),
        )
    messages.success(request, "Every text of the draft is marked.")
    return redirect(_draft(response))


def _stock(request: AuthenticatedRequest, response: Response, key: str, *about: Any) -> HttpResponse:
    part = part_named(response, key)
    given = {"action": ActionKind.NONE, "reason": stock_reason(part)}
    return _change_part(request, response, part, given, "The stock reason is filled in. Change it as you like.")


def _own(request: AuthenticatedRequest, response: Response, key: str, *about: Any) -> HttpResponse:
    part = part_named(response, key)
    return _change_part(request, response, part, {"with_part": None}, "It has a comment of its own now.")


def _change_part(
    request: AuthenticatedRequest, response: Response, part: DraftPart, values: dict, message: str
) -> HttpResponse:
    approval_workflow.save_part(
        response=response, part=part, values=values, version=part.version, by=request.user, at=timezone.now()
    )
    messages.success(request, message)
    return redirect(_draft(response, part.key))


def _open(request: AuthenticatedRequest, response: Response, key: str, start: str, *about: Any) -> HttpResponse:
    return redirect(_draft(response, "commitment", mark=key, **({"start": start} if start else {})))


def _change(request: AuthenticatedRequest, response: Response, pk: str, *about: Any) -> HttpResponse:
    return redirect(_draft(response, "commitment", change=pk))


def _remove(request: AuthenticatedRequest, response: Response, pk: str, *about: Any) -> HttpResponse:
    commitment = _commitment(response, pk)
    commitments.remove_from_draft(commitment=commitment, by=request.user, at=timezone.now())
    messages.success(request, "Mark removed. The sentence stays.")
    return redirect(_draft(response, commitment.part.key))


def _decline(request: AuthenticatedRequest, response: Response, key: str, start: str, *about: Any) -> HttpResponse:
    part = part_named(response, key)
    quote = _sentence(part.text, start)
    commitments.decline_suggestion(part=part, quote=quote, by=request.user, at=timezone.now())
    return redirect(_draft(response, key))


def _mark(request: AuthenticatedRequest, response: Response, *about: Any) -> HttpResponse:
    """Mark a sentence as a commitment, or change a mark."""
    form = DraftCommitmentForm(request.POST)
    if form.is_valid():
        try:
            _keep(response, form, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.refuse(refusal)
    if form.errors:
        return show(request, response, status=422, commitment=form)
    messages.success(request, "Commitment saved.")
    return redirect(_draft(response, form.cleaned_data["into"]))


def _keep(response: Response, form: DraftCommitmentForm, *, by: User, at: datetime.datetime) -> None:
    given = {"by": by, "at": at} | form.terms
    if form.cleaned_data["ids"]:
        commitments.change_in_draft(commitment=_commitment(response, form.cleaned_data["ids"]), **given)
    else:
        part = part_named(response, form.cleaned_data["into"])
        commitments.mark_in_draft(part=part, quote=form.cleaned_data["quote"], **given)


def _commitment(response: Response, pk: str | int) -> DraftCommitment:
    rows = DraftCommitment.objects.filter(part__response=response, declined=False).select_related("part__response")
    return get_object_or_404(rows, pk=int(pk) if str(pk).isdecimal() else 0)


def _sentence(text: str, start: str) -> str:
    return next((each.text for each in sentences(text) if str(each.start) == start), "")


def _change_form(response: Response, pk: str) -> DraftCommitmentForm:
    row = _commitment(response, pk)
    terms = {"keeper": row.keeper, "check_on": row.check_on, "every": row.every, "quote": row.quote}
    return DraftCommitmentForm(initial=terms | {"into": row.part.key, "ids": row.pk})


def _mark_form(request: AuthenticatedRequest, response: Response, key: str, start: str) -> DraftCommitmentForm:
    """The form for the sentence in the query string, with the check dates read from its words."""
    part = part_named(response, key)
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
    "mark-all": _mark_all,
}
OF_COMMITMENTS = {"open", "change", "remove", "decline", "mark"}
