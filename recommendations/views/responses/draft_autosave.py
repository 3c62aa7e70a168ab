"""The JSON answers for the script on the draft page: the outcome of a save, and the pieces of the page that changed.
A piece is HTML by the id of the element that it replaces; the script leaves alone the element that has the focus.
"""

import datetime
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.timezone import localtime

from recommendations.forms.responses.draft_parts import PartForm
from recommendations.views.responses.draft_page import DraftPage
from recommendations.views.responses.draft_save import Saving
from recommendations.views.site.requests import AuthenticatedRequest

SAVED, THEIRS, REFUSED = "saved", "theirs", "refused"
LATE = datetime.timedelta(seconds=10)  # a save that began before the last request and ended after it


def save_outcomes(request: AuthenticatedRequest, page: DraftPage, saving: Saving) -> dict:
    """The outcome of each submitted part; `page` is the current draft."""
    told = {key: _part_outcome(page, form) for key, form in saving.forms.items()}
    told |= {key: {"kept": REFUSED, "problems": ["This part is no longer asked for."]} for key, _ in saving.gone}
    others = saving.touched - {key for key, form in saving.forms.items() if not _is_shared(saving, form)}
    return {
        "at": f"{localtime(page.moment):%H:%M}",
        "since": page.moment.isoformat(),
        "parts": told,
        "pieces": _surrounding_pieces(page)
        | _sections(request, page, others)
        | _state_pieces(request, page, saving.forms.keys()),
    }


def _is_shared(saving: Saving, form: PartForm) -> bool:
    """Whether the comment now answers other parts than before: then its own section is rendered again."""
    return form.is_saved and sorted(form.answers) != sorted(saving.page.answers.get(form.part.key, []))


def _part_outcome(page: DraftPage, form: PartForm) -> dict:
    kept = THEIRS if form.theirs else REFUSED if form.errors else SAVED
    said = page.theirs(form.theirs) if form.theirs else None
    return {
        "kept": kept,
        "version": form["version"].value(),
        "shown": form["shown"].value(),
        "ids": form["ids"].value() if "ids" in form.fields else "",
        "problems": [message for messages in form.errors.values() for message in messages],
        "theirs": vars(said) if said else None,
    }


def news(request: AuthenticatedRequest, page: DraftPage, since: datetime.datetime | None) -> dict:
    """The parts that others saved since then, and who is writing now."""
    mine = page.user.pk
    changed = {
        part.key
        for part in page.parts
        if since and part.saved_by_id and part.saved_by_id != mine and part.saved_at > since - LATE
    }
    return {
        "since": page.moment.isoformat(),
        "pieces": _surrounding_pieces(page) | _sections(request, page, changed),
    }


def _surrounding_pieces(page: DraftPage) -> dict[str, str]:
    """The pieces beside the parts."""
    return {
        f"draft-{name}": render_to_string(f"responses/draft/{name}.html", {"page": page})
        for name in ("marked", "missing", "promised", "writers")
    }


def _sections(request: AuthenticatedRequest, page: DraftPage, keys: set[str]) -> dict[str, str]:
    """Whole parts."""
    return {
        row.key: render_to_string("responses/draft/part.html", {"row": row, "page": page}, request)
        for row in page.rows
        if row.key in keys
    }


def _state_pieces(request: AuthenticatedRequest, page: DraftPage, keys: Iterable[str]) -> dict[str, str]:
    """For parts that are being edited: their state and their sentences only."""
    found: dict[str, str] = {}
    for row in page.rows:
        if row.key in keys:
            for name in ("state", "sentences"):
                text = render_to_string(f"responses/draft/{name}.html", {"row": row, "page": page}, request)
                found[f"{row.key}-{name}"] = text
    return found
