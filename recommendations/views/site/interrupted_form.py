"""What was typed when the session ran out: shown again, and saved only when the person says so."""

from django.http import HttpResponseForbidden
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from recommendations.middleware import KEPT, keep_typed, pairs_of, who_typed
from recommendations.permissions import May, allow

MACHINERY = ("csrfmiddlewaretoken", "kept_for", "once", "version", "then")
# A document that is being checked travels with its form: what a person did not type is not shown.
MACHINERY += ("document", "kept", "placed", "recommendation_key", "comment_key", "note_key", "do", "host")
MACHINERY += ("words_read", "published_read", "also_read", "also_keys", "asked_force")
# What was chosen of many, and as it was shown.
MACHINERY += ("act", "step", "all", "pick", "selected", "shown", "marking")
# Which lines of an update round, which recommendations, which rows of a sheet.
MACHINERY += ("line", "ids", "tracked", "into", "plan", "use", "fingerprint")
# Fields of a spreadsheet, named after the column or the word that they are about: choices, and what was corrected.
OF_A_SHEET = {"force": "", "column": "", "q": "", "leave": "", "same": "", "fix": "Correction"}


def _shown(pairs) -> list[tuple[str, str]]:
    """The fields that a person typed, with readable names."""
    named = [(_label(name), value) for name, value in pairs if str(value).strip()]
    return [(label, value) for label, value in named if label]


def _label(name: str) -> str:
    """A field's name as words; empty for what nobody typed."""
    first, _, rest = name.partition("-")
    last = name.rpartition("-")[2]
    if rest and first in OF_A_SHEET:
        return OF_A_SHEET[first]
    return "" if last in MACHINERY else last.replace("_", " ").capitalize()


def context_of(action: str, pairs, files=()) -> dict:
    """What a page shows of a form that was sent, to be sent again from there with a token of its own."""
    pairs = [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"]
    return {"action": action, "pairs": pairs, "files": files, "fields": _shown(pairs)}


@require_safe
@allow(May.USE)
def kept(request):
    """After signing in again: the form that was lost, for the person who typed it."""
    form = request.session.get(KEPT)
    if form and form["user"] != request.user.pk:
        del request.session[KEPT]
        form = None
    if not form:
        return redirect("home")
    context = context_of(form["action"], form["pairs"], form["files"]) | {"is_to_confirm": form.get("is_to_confirm")}
    return render(request, "site/interrupted_form.html", context)


def csrf_failure(request, reason=""):
    """A form from before the sign-in in another tab: shown again to the person who typed it, refused to others.

    Where nobody is signed in any more, it is kept until they are.
    """
    author = who_typed(request)
    if author and not request.user.is_authenticated:
        return keep_typed(request)
    if not author or author != request.user.pk:
        return HttpResponseForbidden(render(request, "403.html").content)
    files = [file.name for file in request.FILES.values()]
    return render(
        request, "site/interrupted_form.html", context_of(request.get_full_path(), pairs_of(request), files), status=403
    )
