"""Forms of a record that keep unsaved input until it is saved or discarded, whatever page is opened meanwhile.
A form registers itself in FORMS under a key; `form_with_draft` returns it with this user's earlier input.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.forms import BoundField
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from recommendations.domain.submission.typed_drafts import LONGEST, discard_typed, save_typed, typed_draft
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.merging import MergingForm
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest

# Form key → a function of the request and the record's id that returns the form in its initial state. It raises Http404
# or PermissionDenied if this user has no such form.
FORMS: dict[str, Callable[..., VerbForm]] = {}


@dataclass(frozen=True)
class TypedWords:
    """Where a form's input is kept, and since when; `since` is "" if nothing is kept."""

    key: str
    pk: int
    since: str = ""

    @property
    def place(self) -> str:
        return f"{self.key}-{self.pk}"

    @property
    def url(self) -> str:
        return reverse("save_typed", args=[self.key, self.pk])


def form_with_draft(
    request: AuthenticatedRequest, key: str, pk: int, make: Callable[..., VerbForm], *, data: QueryDict | None = None
) -> VerbForm:
    """Return `make(data, initial=)` with the unsaved input of this user as initial values.
    A submitted form keeps its submitted values.
    """
    words = TypedWords(key, pk)
    draft = None if data is not None else typed_draft(place=words.place, by=request.user)
    form = make(data, initial=draft.fields if draft else {})
    form.typed_words = TypedWords(key, pk, _since(draft.at)) if draft else words
    return form


def _since(at: datetime.datetime) -> str:
    """ "10:42", with the date before it if that is not today."""
    local = timezone.localtime(at)
    today = london_day(timezone.now()) == local.date()
    return f"{local:%H:%M}" if today else f"{local.day} {local:%B}, {local:%H:%M}"


@require_POST
@allow(May.USE)
def save_typed_words(request: AuthenticatedRequest, key: str, pk: int) -> HttpResponse:
    """Keep the current input of a form (for the script), or discard it and return to the page."""
    if key not in FORMS:
        raise Http404
    form, words = FORMS[key](request, pk), TypedWords(key, pk)
    if "discard" in request.POST:
        discard_typed(place=words.place, by=request.user)
        back = request.POST.get("back", "")
        return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "home")
    fields = _changed_fields(form, request.POST)
    if sum(map(len, fields.values())) > LONGEST:
        return JsonResponse({"refused": "This is too long to be kept. Save it."}, status=413)
    at = timezone.now()
    draft = save_typed(place=words.place, fields=fields, by=request.user, at=at)
    return JsonResponse({"since": _since(at) if draft else ""})


def _changed_fields(form: VerbForm, sent: QueryDict) -> dict[str, str]:
    """The fields that differ from the initial form, as typed. Browsers do not submit unticked checkboxes.

    Of a form that merges, what was read is kept with them, so that saving them later still finds what others saved.
    """
    boxes = {field.name for field in form.visible_fields() if field.widget_type == "checkbox"}
    names = [field.name for field in form.visible_fields() if field.name in sent or field.name in boxes]
    typed = {name: _stored(sent, name) for name in names}
    changed = {name: text for name, text in typed.items() if text != _starts(form[name])}
    read = {name: _stored(sent, name) for name in ("version", "as_read")} if isinstance(form, MergingForm) else {}
    return changed and changed | read


def _stored(sent: QueryDict, name: str) -> str:
    """A field as it is stored: without NUL characters, which PostgreSQL refuses."""
    return sent.get(name, "").replace("\x00", "")


def _starts(field: BoundField) -> str:
    value = field.value()
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)
