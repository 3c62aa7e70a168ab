"""Nothing that one force is shown depends on another being there. Its own world: the second force comes in later."""

import re
from types import SimpleNamespace

from django.test import Client
from django.urls import reverse

from recommendations.domain.search import following
from tests.security.world import build_office, build_records, build_second_force, marked, plain
from tests.security.worlds.responses.force_comments import STATES as COMMENTS
from tests.security.worlds.responses.force_comments import build_comments
from tests.security.worlds.round import DRAFT_SHOWS, build_round

# What a page shows that is new with each request, or a signed name of who asks.
CHANGES = re.compile(r'name="(?:csrfmiddlewaretoken|(?:a\d+-)?once|until)" value="[^"]*"')


def shown(world) -> dict[str, str]:
    """Every page of the first force's inspection lead, with what changes from one request to the next taken out."""
    client = world.clients["lead_a"]
    own = [(name, getattr(world, f"{name}_a").pk) for name in ("open", "pending", "closed")]
    urls = [
        *(reverse(name) for name in ("home", "account", "definitions", "register", "inspections", "papers")),
        reverse("committee_requests"),
        reverse("export_register", args=["csv"]) + "?show=all",
        *(f"{reverse('register')}?{query}" for query in ("show=all", "q=xylophone", "sort=lead", "as_at=2026-11-08")),
        *(reverse("tracked", args=[pk]) for _, pk in own),
        *(reverse("history", args=["tracked", pk]) for _, pk in own),
        *(f"{reverse('register')}?add={pk}" for _, pk in own),
        reverse("inspection", args=[world.inspection_a.pk]),
        reverse("history", args=["inspection", world.inspection_a.pk]),
        reverse("paper", args=[world.final_a.pk]),
        reverse("rounds"),
        *(f"{reverse('round', args=[world.round_a.pk])}?show={show}" for show in ("all", *DRAFT_SHOWS)),
        reverse("release_answers", args=[world.round_a.pk]),
        reverse("bring_in_round_sheet", args=[world.round_a.pk]),
        reverse("force_comments"),
        *(reverse("write_comments", args=[getattr(world.invited_a, state).pk]) for state in COMMENTS),
        reverse("submit_comments", args=[world.invited_a.complete.pk]),
    ]
    return {url: CHANGES.sub("", client.get(url, follow=True).content.decode()) for url in urls}


def test_nothing_that_one_force_is_shown_depends_on_the_other(db, settings):
    """Counts, choices, order and places in a list too: the pages are the same before the other force is there."""
    settings.DEMO = True
    world = SimpleNamespace()
    build_office(world)
    build_records(world, "a", plain)
    build_round(world, "a", plain)
    build_comments(world, "a", plain)
    sign_in(world)
    before = shown(world)
    build_second_force(world)
    build_records(world, "b", marked)
    build_round(world, "b", marked)
    build_comments(world, "b", marked)
    after = shown(world)
    assert [url for url in before if before[url] != after[url]] == []
    assert sum("WM-0001" in page for page in before.values()) >= 5
    assert list(following.wrong()) == []  # what is searched has followed each verb


def sign_in(world) -> None:
    world.clients = {"lead_a": Client()}
    world.clients["lead_a"].force_login(world.people["lead_a"])
