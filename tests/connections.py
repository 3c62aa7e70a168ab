"""Write the lists of connections, recipients of data and open addresses into the pages that have them.

`python -m tests.connections` writes them from `RECIPIENTS`, the table of addresses and the probes; test_connections.py
fails where a page differs.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/operations/connections.md"
DPIA = ROOT / "docs/assurance/dpia.md"
PUBLIC, SIGN_IN, MONITORING = "public", "sign-in", "monitoring"
# The addresses that answer a stranger, by their beginnings: what they answer, and whom it is for.
OPEN = {
    "/published/": (
        "what is published: responses, papers, meetings, panels, pages of forces, action plans, feeds, data and files",
        PUBLIC,
    ),
    "/page-emails/": ("forms to get emails about the page of a force, and their links", PUBLIC),
    "/accessibility/": ("the accessibility statement", PUBLIC),
    "/data-protection/": ("what is recorded about people, and who gets it", PUBLIC),
    "/report-a-security-problem/": ("whom to tell of a weakness", PUBLIC),
    "/.well-known/security.txt": ("the same for programs; 404 without `SECURITY_CONTACT`", PUBLIC),
    "/static/": ("styles, scripts, fonts and images of the program", PUBLIC),
    "/account/": ("signing in and out, a link for a new password, the way to Microsoft Entra and back", SIGN_IN),
    "/admin/login/": ("leads to the sign-in", SIGN_IN),
    "/invitation/": ("choosing a first password, for whoever has the link of an invitation", SIGN_IN),
    "/calendar/": ("days in a calendar, for whoever has its secret address", SIGN_IN),
    "/api/v1/openapi.json": ("how the API is asked, and no record; 404 where the section `api` is off", SIGN_IN),
    "/healthz": ("that the process answers", MONITORING),
    "/readyz": ("`well` or `bad`; to whoever sends `METRICS_TOKEN`, what is wrong", MONITORING),
    "/metrics": ("404; to whoever sends `METRICS_TOKEN`, counts and times", MONITORING),
}


def open_addresses() -> Iterator[str]:
    """The address of each view that anybody may ask, as its patterns have it, static files and the probes."""
    from django.conf import settings
    from django.urls import get_resolver

    from oversight.watch.probes import PROBES
    from tests.test_permissions import rule_of

    for route, name, view in _routes(get_resolver()):
        if rule_of(view) == "public" and name != "closed":
            yield f"/{route}"
    yield f"/{settings.STATIC_URL.strip('/')}/"
    yield from PROBES


def _routes(resolver, before: str = "") -> Iterator[tuple[str, str, object]]:
    """The pattern, name and view of each address."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, route)
        else:
            yield route, pattern.name, pattern.callback


def beginning_of(address: str) -> str:
    """The beginning in OPEN under which an address stands. ValueError if there is none, or more than one."""
    (found,) = (each for each in OPEN if address == each or (each.endswith("/") and address.startswith(each)))
    return found


def blocks() -> dict[str, str]:
    """The generated text of each block, by its name."""
    from recommendations.domain.people.recipients import RECIPIENTS

    connects = [[each.name, each.switch, each.when, each.over] for each in RECIPIENTS if each.over]
    fetches = [[each.name, each.switch or "nothing: always on", each.words] for each in RECIPIENTS if not each.over]
    under = [beginning_of(address) for address in open_addresses()]
    answered = [[f"`{each}`", under.count(each), what, whom] for each, (what, whom) in OPEN.items()]
    recipients = [f"- {each.words}{f' ({each.switch})' if each.switch else ''}" for each in RECIPIENTS]
    return {
        "connects": _table(["what", "set by", "when", "over"], connects),
        "fetches": _table(["what", "set by", "what it gets"], fetches),
        "open": _table(["address", "addresses", "what it answers", "for"], answered),
        "recipients": "\n".join(recipients).replace("](webhooks.md)", "](../operations/webhooks.md)"),
    }


def _table(heads: list[str], rows: Iterable[list]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def current(text: str) -> str:
    """The text of a page with each of its blocks as the code says."""
    for name, block in blocks().items():
        begin = f"<!-- {name}: python -m tests.connections -->\n"
        text = re.sub(f"{begin}.*?<!-- end -->", f"{begin}{block}\n<!-- end -->", text, flags=re.DOTALL)
    return text


def main() -> None:
    """Write the pages."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "oversight.settings"
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
    django.setup()
    for page in (PAGE, DPIA):
        page.write_text(current(page.read_text()))


if __name__ == "__main__":
    main()
