"""A form submitted after the session expired: shown again, and saved only when the user confirms."""

from collections.abc import Iterable
from secrets import compare_digest

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from recommendations.enums.api import ApiScope
from recommendations.middleware.kept_forms import CODE, KEPT, keep_typed, pairs_of, who_typed
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest

MACHINERY: tuple[str, ...] = ("csrfmiddlewaretoken", "kept_for", "once", "version", "then")
# Fields of a document that is being checked: hidden, as no one typed them.
MACHINERY += ("document", "kept", "placed", "recommendation_key", "comment_key", "note_key", "do", "host")
MACHINERY += ("words_read", "published_read", "also_read", "also_keys", "asked_force")
# Bulk selections, and the values as shown.
MACHINERY += ("act", "step", "all", "pick", "selected", "shown", "marking")
# The lines of an update round, recommendations and spreadsheet rows.
MACHINERY += ("line", "ids", "tracked", "into", "plan", "use", "fingerprint")
# Prefixes of spreadsheet fields, which end in a column or a word: choices, and corrected values.
SCOPES = {each.value: str(each.label) for each in ApiScope}  # what a token may do, in words
OF_A_SHEET = {"force": "", "column": "", "q": "", "leave": "", "same": "", "fix": "Correction"}


def names_of_files(request: HttpRequest) -> list[str]:
    """The names of the submitted files, which are not kept."""
    return [file.name or "" for name in request.FILES for file in request.FILES.getlist(name)[-1:]]


def _readable_fields(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields that a person typed, with readable names."""
    named = [(_label(name), SCOPES.get(value, value)) for name, value in pairs if str(value).strip()]
    return [(label, value) for label, value in named if label]


def _label(name: str) -> str:
    """A field's name as words; "" for fields that no one typed."""
    first, _, rest = name.partition("-")
    last = name.rpartition("-")[2]
    if rest and first in OF_A_SHEET:
        return OF_A_SHEET[first]
    return "" if last in MACHINERY else last.replace("_", " ").capitalize()


def context_of(action: str, pairs: Iterable[tuple[str, str]], files: Iterable[str] = ()) -> dict:
    """The context of a page that shows a submitted form, to be submitted again from there with a new CSRF token."""
    pairs = [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"]
    return {"action": action, "pairs": pairs, "files": files, "fields": _readable_fields(pairs)}


@require_safe
@allow(May.USE)
def kept(request: AuthenticatedRequest) -> HttpResponse:
    """After signing in again: the interrupted form, for the person who typed it."""
    form = request.session.get(KEPT)
    if form and form["user"] != request.user.pk:
        del request.session[KEPT]
        form = None
    if not form:
        return redirect("home")
    context = context_of(form["action"], form["pairs"], form["files"]) | {"is_to_confirm": form.get("is_to_confirm")}
    code = request.GET.get(CODE, "")
    context["sends_itself"] = bool(code) and compare_digest(form.get("code", "").encode(), code.encode())
    return render(request, "site/interrupted_form.html", context)


def csrf_failure(request: AuthenticatedRequest, reason: str = "") -> HttpResponse:
    """A form rendered before a sign-in in another tab: shown again to the person who typed it, refused to others.
    If no one is signed in any more, it is kept until they are.
    """
    author = who_typed(request)
    if author and not request.user.is_authenticated:
        return keep_typed(request)
    if not author or author != request.user.pk:
        return HttpResponseForbidden(render(request, "403.html").content)
    files = names_of_files(request)
    return render(
        request, "site/interrupted_form.html", context_of(request.get_full_path(), pairs_of(request), files), status=403
    )
