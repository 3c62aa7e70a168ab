"""The top of each page: the office, the navigation, who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.forces.in_force import office_name
from recommendations.middleware.kept_forms import typed_by
from recommendations.models import User
from recommendations.permissions import May, only_reads_papers
from recommendations.sections import Registry, Section
from recommendations.views.site.requests import AuthenticatedRequest


@dataclass(frozen=True)
class NavigationPlace:
    """A navigation entry: its URL name, the permission, and the path prefixes that belong to it.
    `under` is a section whose own page links there: the entry is shown only while that section is off.
    """

    label: str
    name: str
    may: May
    paths: tuple[str, ...]
    under: Section | None = None


PLACES: Registry[NavigationPlace] = Registry()  # each subject adds its own, in urls/

MEMBERS = NavigationPlace("Papers", "home", May.SEE_PAPERS, ("/", "/papers", "/requests"))


def is_at(path: str, paths: tuple[str, ...]) -> bool:
    """Whether a path belongs to an entry; "/" matches exactly, other paths as prefixes."""
    return any(path == "/" if each == "/" else path.startswith(each) for each in paths)


def _places(user: User) -> list[NavigationPlace]:
    """The entries for this user. A committee member's home page is the papers, so there is no other home."""
    if only_reads_papers(user):
        return [MEMBERS]
    return [each for each in PLACES if user.has_perm(each.may) and not (each.under and each.under.is_on)]


def remember_query(session: SessionBase, name: str, query: str) -> None:
    """Remember the last query string of a page in the session. Unchanged, nothing is written."""
    if session.get(f"query of {name}", "") != query:
        session[f"query of {name}"] = query


def address_with_query(session: SessionBase, name: str) -> str:
    """The address of a page, with its remembered query string."""
    query = session.get(f"query of {name}", "")
    return f"{reverse(name)}?{query}" if query else reverse(name)


def masthead(request: AuthenticatedRequest) -> dict[str, Any]:
    """The context of the masthead; without sign-in, the product's name only."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"masthead": None, "demo": settings.DEMO, "kept_for": ""}
    items = [
        {
            "label": each.label,
            "url": address_with_query(request.session, each.name),
            "current": is_at(request.path, each.paths),
        }
        for each in _places(user)
    ]
    return {
        "masthead": {
            "office": office_name(localdate()),
            "items": items,
            "search": reverse("search") if user.has_perm(May.SEE_PAPERS) else "",
            "who": {"name": user.name, "role": user.role_words, "url": reverse("account")},
        },
        "demo": settings.DEMO,
        "kept_for": typed_by(user),
    }
