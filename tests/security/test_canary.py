"""No byte of one force reaches another: each text of the second carries a canary, and the first never sees one."""

import io
import re
import zipfile
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from recommendations.models import CommentsDraft, FileDraft, RoundDraft, SheetDraft
from tests.security.check_world import BACK, WITH_IT
from tests.security.commitment_world import PROMISE
from tests.security.force_comments_world import STATES as COMMENTS
from tests.security.force_comments_world import build_comments
from tests.security.matrix import Line, lines
from tests.security.request_world import WAITING
from tests.security.round_world import INSIDE, build_round
from tests.security.sheet_world import OWN
from tests.security.world import (
    CANARY,
    build_office,
    build_records,
    build_second_force,
    marked,
    plain,
    planted,
)

# What a page shows that is new with each request, or a signed name of who asks.
CHANGES = re.compile(r'name="(?:csrfmiddlewaretoken|once|until)" value="[^"]*"')

DRAFTS = (RoundDraft, SheetDraft, CommentsDraft, FileDraft)
ROUND_SHOWS = ("accepted", "to_look", "returned", "asked")


def said(response) -> str:
    """All that an answer gives away: its body (what is packed in it, unpacked), its headers, where it leads."""
    return f"{response.headers} {unpacked(response.content)}"


def unpacked(body: bytes) -> str:
    """The text of a body; of a spreadsheet or a Word document every part of the package, by name."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return " ".join(f"{name} {package.read(name).decode(errors='replace')}" for name in package.namelist())


def canaries(text: str) -> set[str]:
    return set(re.findall(rf"{CANARY}\d*\.?", text))


def inside(text: str) -> set[str]:
    """The marks of what a force is still writing: "zqinsidea" for the first one."""
    return set(re.findall(rf"{INSIDE}\w", text))


def owned(text: str) -> set[str]:
    """The marks of what one person is bringing in: "zqownofficer"."""
    return set(re.findall(rf"{OWN}[a-z]+", text))


def also(world) -> list[Line]:
    """What both forces share, and the histories of it."""
    both, asked = world.inspection_both, world.shared_a.recommendation
    return [
        Line("inspection", (both.pk,)),
        Line("history", ("inspection", both.pk)),
        Line("history", ("recommendation", asked.pk)),
        Line("history", ("tracked", world.shared_a.pk)),
        Line("history", ("tracked", world.shared_b.pk)),
        Line("history", ("tracked", world.closed_b.pk)),
        *asked_to_comment(world),
    ]


def asked_to_comment(world) -> list[Line]:
    """What the office has of the responses on which the forces were asked to comment."""
    pages = ("response", "response_comments")
    both = world.invited_a, world.invited_b
    drafts = [Line("draft_response", (of.begun.response_id,)) for of in both]
    return [*drafts, *(Line(name, (pk,)) for of in both for pk in sorted(of.responses) for name in pages)]


def crawl(world, persona: str, urls, marks=canaries) -> set[str]:
    """The canaries that this persona is shown at these addresses, redirects followed."""
    client, found = world.clients[persona], set()
    for url in urls:
        found |= marks(said(client.get(url, follow=True)))
    return found


def addresses(world) -> list[str]:
    """Every address but the sign-in's and those that everybody may read (test_public.py)."""
    asked = [line for line in [*lines(world), *also(world)] if line.get != 405]
    found = [line.url for line in asked if line.name != "admin:login" and not line.name.startswith("public_")]
    return found + [f"{reverse('round', args=[pk])}?show={show}" for pk in _rounds(world) for show in ROUND_SHOWS]


def _rounds(world) -> list[int]:
    return [world.round_a.pk, world.round_b.pk]


def test_neither_the_other_force_nor_anybody_without_sign_in_sees_a_canary(world):
    urls = addresses(world)
    assert crawl(world, "lead_a", urls) == set()
    assert crawl(world, "anonymous", urls[::3]) == set()


def test_the_canaries_are_there_to_be_seen(world):
    """Without this, the test above would also pass on empty pages."""
    drafts = {reverse("paper_file", args=[paper.pk]) for paper in (world.draft_a, world.draft_b)}
    urls = [url for url in addresses(world) if url not in drafts]
    filed = reverse("paper_file", args=[world.final_b.pk])
    seen = crawl(world, "approver", [*urls, filed]) | crawl(world, "administrator", [reverse("admin:index")])
    admin = [url for url in urls if url.startswith("/admin/")]
    seen |= crawl(world, "administrator", admin)
    own = crawl(world, "lead_b", [reverse("tracked", args=[world.open_b.pk]), reverse("register")])
    assert [words for mark, words in planted().items() if mark not in seen] == []
    assert len(own) >= 20


@pytest.mark.parametrize("persona", ["lead_a", "lead_b", "member", "administrator", "anonymous"])
def test_what_the_office_follows_of_its_responses_stays_in_the_office(world, persona):
    """Keepers, what checks found, evidence and reasons, on no page, list, export, history or public page of theirs."""

    def promised(text: str) -> set[str]:
        return {PROMISE} if PROMISE in text else set()

    public = [line.url for line in lines(world) if line.name.startswith("public_") and line.get == 200]
    urls = [*addresses(world), *public, reverse("home")]
    assert crawl(world, persona, urls, promised) == set()
    assert crawl(world, "officer", [world.commitment_a.get_absolute_url()], promised) == {PROMISE}


@pytest.mark.parametrize("persona", ["lead_a", "lead_b", "member", "administrator", "anonymous"])
def test_what_a_committee_asked_stays_in_the_office_until_a_filed_paper_answers_it(world, persona):
    """Requests that are open, withdrawn, or answered in a draft only."""

    def waiting(text: str) -> set[str]:
        return {WAITING} if WAITING in text else set()

    urls = [*addresses(world), f"{reverse('committee_requests')}?state=overdue", reverse("home")]
    assert crawl(world, persona, urls, waiting) == set()
    assert crawl(world, "officer", [reverse("committee_requests")], waiting) == {WAITING}


CHECKED = {"lead_a": {f"{WITH_IT}a"}, "lead_b": {f"{WITH_IT}b"}}


@pytest.mark.parametrize("persona", ["lead_a", "lead_b", "member", "administrator", "anonymous"])
def test_a_force_sees_its_own_draft_and_only_while_it_is_asked_to_check_it(world, persona):
    """Not another force's, and none that is back in the office after a reply or without one."""

    def drafted(text: str) -> set[str]:
        return set(re.findall(rf"(?:{WITH_IT}|{BACK})[ab]", text))

    urls = [url for url in addresses(world) if not url.endswith("/file/")] + [reverse("home")]
    assert crawl(world, persona, urls, drafted) == CHECKED.get(persona, set())
    papers = [reverse("paper", args=[each.paper_id]) for each in (world.checks_a.running, world.checks_b.ended)]
    assert crawl(world, "officer", papers, drafted) == {f"{WITH_IT}a", f"{BACK}b"}


DRAFT_SHOWS = ("todo", "drafts", "ready", "new", "returned")
WHO_WRITES = {"lead_a": {f"{INSIDE}a"}, "lead_b": {f"{INSIDE}b"}}


@pytest.mark.parametrize("persona", ["officer", "approver", "lead_a", "lead_b", "member", "administrator"])
def test_what_a_force_is_still_writing_reaches_its_own_people_alone(world, persona):
    """By page, count, list, export, sheet, preview, history, first page and search; each mark is there to be seen."""
    urls = [url for url in addresses(world) if not url.endswith("/file/")]
    urls += [f"{reverse('round', args=[pk])}?show={show}" for pk in _rounds(world) for show in DRAFT_SHOWS]
    urls += [f"{reverse('register')}?show=all&q={INSIDE}", f"{reverse('rounds')}?q={INSIDE}"]
    assert crawl(world, persona, urls, inside) == WHO_WRITES.get(persona, set())


def test_no_answer_to_what_the_office_sends_repeats_a_draft(world):
    """Deciding, closing, asking about more, and forms that are the force's alone."""
    office, found = world.clients["officer"], set()
    a, line = world.round_a.pk, world.lines_a.drafted
    answer = [a, world.answers_a.released.pk]
    sent = {"line": line.pk, f"l{line.pk}-done": "Forged.", "question": "How many?"}
    for name, args in (
        ("save_drafts", [a]),
        ("release_answers", [a]),
        ("accept_answer", answer),
        ("return_answer", answer),
        ("write_comments", [world.invited_a.begun.pk]),
        ("submit_comments", [world.invited_a.complete.pk]),
        ("check_round_sheet", [a, world.office_sheet_a.token]),
        ("check_round_sheet", [a, world.sheet_a.token]),
        ("bring_in_round_sheet", [a]),
        ("add_round", []),
        ("close_round", [a]),
    ):
        for headers in ({}, {"accept": "application/json"}):
            found |= inside(said(office.post(reverse(name, args=args), sent, headers=headers, follow=True)))
    assert found == set()


BRINGS_IN = {name: {f"{OWN}{name}"} for name in ("officer", "approver")}


@pytest.mark.parametrize("persona", ["officer", "approver", "lead_a", "lead_b", "member", "administrator", "anonymous"])
def test_a_spreadsheet_on_its_way_in_is_shown_to_whoever_brought_it_alone(world, persona):
    """Not even to a colleague with the same right and the address, by a page or as the answer to what is sent."""
    urls = [url for url in addresses(world) if not url.endswith("/file/")]
    assert crawl(world, persona, urls, owned) == BRINGS_IN.get(persona, set())
    found = set()
    for name in ("sheet_columns", "check_sheet"):
        for book in (world.book_a, world.book_b):
            for do in ("read", "no-colours", "fix", "bring-in"):
                url = reverse(name, args=[book.token])
                found |= owned(said(world.clients[persona].post(url, {"do": do}, follow=True)))
    assert found == BRINGS_IN.get(persona, set())


def test_neither_trail_nor_histories_hold_a_word_of_a_draft(world):
    """What is kept for good tells nothing of it either: a draft is gone once it is released or let go."""
    kept = [model for model in apps.get_app_config("recommendations").get_models() if model not in DRAFTS]
    rows = [f"{model.__name__} {row}" for model in kept for row in models.QuerySet(model).values_list()]
    assert [row for row in rows if INSIDE in row or OWN in row] == []


def test_the_canaries_are_seen_inside_the_files_that_are_taken_out(world):
    """Packed as they are, a spreadsheet and a Word document would hide them."""
    urls = [reverse("export_register", args=[form]) for form in ("xlsx", "csv", "json", "docx")]
    urls += [reverse("tracked_word", args=[world.open_b.pk]), reverse("inspection_word", args=[world.inspection_b.pk])]
    seen = {url: len(crawl(world, "lead_b", [url])) for url in urls}
    assert [url for url, number in seen.items() if number < 8] == []


def guesses(world) -> dict[str, list[str]]:
    """What somebody could write into each parameter of a page to get at the other force."""
    pk, inspection, force = world.open_b.pk, world.inspection_b.pk, world.force_b
    ids = [str(pk), str(world.shared_b.pk), str(world.closed_b.pk), str(inspection), str(force.pk)]
    words = ["eastvale", "xylophone", world.open_b.reference, "Ann Lead", "Sgt Hale", "%", "' OR 1=1 --"]
    return {
        "q": words,
        "force": [*ids, *words],
        "inspection": [*ids, *words],
        "lead": words,
        "opcc_lead": words,
        "add": ids,
        "next": ids,
        "voice": ["assurance", "status", "target", "force-update", *ids],
        "form": ["assurance", "status", "edit", "decide", "withdraw", *ids],
        "kind": ["recommendation", "custody", *ids],
        "cause": ids,
        "row": ids,
        "sort": ["reference", "-due", "lead", "force", "recommendation__text", *ids],
        "show": ["overdue", "no_date", "pending", "closed", "all", "mine", *ids],
        "rag": ["red", "green", "blue", "grey", "amber"],
        "flag": ["due_soon", "no_update"],
        "stage": ["in_progress", "awaiting_allocation"],
        "as_at": ["2026-11-08", "2026-11-09"],
        "known_at": ["2026-11-08 10:00"],
        "page": ["2", "all", "-1"],
        "filters": ["show"],
    }


def test_no_parameter_of_a_page_leads_to_the_other_force(world):
    pages = [
        reverse("register"),
        reverse("register_add_update", args=[world.open_a.pk]),
        reverse("tracked", args=[world.open_a.pk]),
        reverse("inspections"),
        *(reverse("export_register", args=[form]) for form in ("xlsx", "docx")),
    ]
    urls = [
        f"{page}?{name}={value}"
        for page in pages
        for name, values in guesses(world).items()
        for value in values
        if page == pages[0] or name not in ("rag", "flag", "stage", "sort", "filters")
    ]
    pairs = [f"{pages[0]}?add={pk}&q=xylophone&as_at=2026-11-08&force=eastvale" for pk in (world.open_b.pk, 1)]
    assert crawl(world, "lead_a", [*urls, *pairs]) == set()


def test_no_form_of_ones_own_leads_to_the_other_force(world):
    """Valid forms about one's own recommendation, with the other force's ids in every other field."""
    client, own, other = world.clients["lead_a"], world.open_a, world.open_b
    ids = {
        "next": other.pk,
        "add": other.pk,
        "tracked": other.pk,
        "pk": other.pk,
        "id": other.pk,
        "force": world.force_b.pk,
        "inspection": world.inspection_b.pk,
        "row": world.rows_b.theirs.pk,
        "then": "next",
    }
    forms = {
        "register_add_update": {"done": "Bells are tested."},
        "log_force_update": {"done": "Bells are tested."},
        "set_target": {"target_on": "1/6/2027", "reason": "Delay."},
        "request_closure": {"outcome": "implemented", "reason": "Done."},
    }
    found = set()
    for name, typed in forms.items():
        own.refresh_from_db()
        for sent in (typed, {}):
            url = f"{reverse(name, args=[own.pk])}?add={other.pk}&force=eastvale&q=xylophone"
            answer = client.post(url, ids | sent | {"version": own.version}, follow=True)
            found |= canaries(said(answer))
    assert found == set()
    own.refresh_from_db()
    assert own.closure_requested_on is not None


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


def sign_in(world) -> None:
    world.clients = {"lead_a": Client()}
    world.clients["lead_a"].force_login(world.people["lead_a"])


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(world):
    own = [reverse(name) for name in ("account", "papers", "register")]
    for persona in ("lead_a", "officer", "member"):
        for url in (*own, "/no/such/page/", reverse("history", args=["person", 1])):
            assert world.clients[persona].get(url).headers["Cache-Control"] == "private, no-store"
