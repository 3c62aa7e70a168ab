"""What the top of each page shows: the office, where one can go, who is signed in."""

from django.conf import settings
from django.urls import reverse

from recommendations.middleware import typed_by
from recommendations.models import PolicingBody
from recommendations.permissions import May, only_reads_papers

# (label, address, permission, the first parts of the paths that belong to it)
PLACES = (
    ("Home", "home", May.USE, ("/",)),
    ("Register", "register", May.SEE_REGISTER, ("/register", "/recommendations")),
    ("Update rounds", "rounds", May.SEE_ROUNDS, ("/rounds",)),
    ("Comments", "force_comments", May.SUBMIT_COMMENTS, ("/comments",)),
    ("Inspections", "inspections", May.SEE_INSPECTIONS, ("/inspections", "/forces")),
    ("Responses", "responses", May.SEE_RESPONSES, ("/responses", "/commitments")),
    ("Panels", "panels", May.SEE_PANELS, ("/panels", "/meetings", "/custody", "/evidence")),
    ("Papers", "papers", May.SEE_PAPERS, ("/papers", "/requests", "/checks")),
    ("Administration", "admin:index", May.ADMINISTER, ("/admin",)),
)

MEMBERS = ("/", "/papers", "/requests")


def is_at(path: str, paths: tuple[str, ...]) -> bool:
    """Whether a path belongs to a place: to the first page only its own."""
    return any(path == "/" if each == "/" else path.startswith(each) for each in paths)


def _places(user) -> tuple:
    """A committee member's first page is the papers, so there is no other to go home to."""
    return (("Papers", "home", May.SEE_PAPERS, MEMBERS),) if only_reads_papers(user) else PLACES


def masthead(request):
    """The context of the masthead; for nobody, only the product's name."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"masthead": None, "demo": settings.DEMO, "kept_for": ""}
    items = [
        {"label": label, "url": reverse(name), "current": is_at(request.path, paths)}
        for label, name, may, paths in _places(user)
        if user.has_perm(may)
    ]
    body = PolicingBody.objects.filter(until__isnull=True).order_by("pk").first()
    return {
        "masthead": {
            "office": body.office_name if body else "",
            "items": items,
            "who": {"name": user.name, "role": user.role_words, "url": reverse("account")},
        },
        "demo": settings.DEMO,
        "kept_for": typed_by(user),
    }
