"""No byte of one force reaches another: each text of the second carries a canary, and the first never sees one."""

import io
import re
import zipfile

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from recommendations.models import CommentsDraft, FileDraft, RoundDraft, SheetDraft
from tests.security.matrix import Line, lines
from tests.security.world import (
    CANARY,
    planted,
)
from tests.security.worlds.check import BACK, WITH_IT
from tests.security.worlds.commitment import PROMISE
from tests.security.worlds.request import WAITING
from tests.security.worlds.restriction import RESTRICTED, WHY
from tests.security.worlds.round import DRAFT_SHOWS, INSIDE
from tests.security.worlds.sheet import OWN

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
        *(
            line
            for each in (world.restricted_a, world.restricted_b)
            for line in (Line("tracked", (each.pk,)), Line("history", ("tracked", each.pk)))
        ),
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
    """Every address but the sign-in's, feeds (test_calendar_feed.py) and what everybody may read (test_public.py)."""
    asked = [line for line in [*lines(world), *also(world)] if line.get != 405]
    others = ("admin:login", "calendar_feed")
    found = [line.url for line in asked if line.name not in others and not line.name.startswith("public_")]
    return found + [f"{reverse('round', args=[pk])}?show={show}" for pk in _rounds(world) for show in ROUND_SHOWS]


def _rounds(world) -> list[int]:
    return [world.round_a.pk, world.round_b.pk]


# What reaches few, and the marks that every text of its kind carries.
KINDS = {
    "of the second force": canaries,
    "followed of responses": lambda text: {*re.findall(PROMISE, text)},
    "asked by a committee": lambda text: {*re.findall(WAITING, text)},
    "in a draft of a paper": lambda text: {*re.findall(rf"(?:{WITH_IT}|{BACK})[ab]", text)},
    "restricted": lambda text: {*re.findall(rf"(?:{RESTRICTED}|{WHY})[ab]", text)},
    "written inside a force": inside,
    "brought in": owned,
}
NOTHING = {kind: set() for kind in KINDS}
# Not even requests that are withdrawn or answered in a draft, nor a draft but while its force is asked to check it.
NOT_THE_OFFICES = {kind: set() for kind in KINDS if kind != "of the second force"}


def own_of(letter: str) -> dict[str, set[str]]:
    """What a force sees of its own: also what is restricted, and not why it is."""
    return {
        "in a draft of a paper": {f"{WITH_IT}{letter}"},
        "restricted": {f"{RESTRICTED}{letter}"},
        "written inside a force": {f"{INSIDE}{letter}"},
    }


# persona → kind → the marks that it is shown. A kind that is not there is not hidden from it.
SHOWN = {
    "lead_a": NOTHING | own_of("a"),
    "lead_b": NOT_THE_OFFICES | own_of("b"),
    "officer": {"written inside a force": set(), "brought in": {f"{OWN}officer"}},
    "approver": {"written inside a force": set(), "brought in": {f"{OWN}approver"}},
    "member": NOT_THE_OFFICES,
    "administrator": NOT_THE_OFFICES,
    "anonymous": NOTHING,
}


def everywhere(world, persona: str) -> list[str]:
    """Every address that is not public, with what a page takes to show more.

    No drafts as files for the office, which take 2 s each.
    """
    asked = [*addresses(world), reverse("home"), f"{reverse('committee_requests')}?state=overdue"]
    asked += [f"{reverse('round', args=[pk])}?show={show}" for pk in _rounds(world) for show in DRAFT_SHOWS]
    asked += [f"{reverse('register')}?show=all&q={INSIDE}", f"{reverse('rounds')}?q={INSIDE}"]
    return [url for url in asked if persona not in ("officer", "approver") or not url.endswith("/file/")]


def sheet_answers(world, persona: str) -> str:
    """What answers somebody who sends the forms of the spreadsheets that are on their way in."""
    client, answers = world.clients[persona], []
    for name in ("sheet_columns", "check_sheet"):
        for book in (world.book_a, world.book_b):
            for do in ("read", "no-colours", "fix", "bring-in"):
                url = reverse(name, args=[book.token])
                answers.append(said(client.post(url, {"do": do}, follow=True)))
    return " ".join(answers)


# An approving officer is shown what an officer is: the walk of one is enough for each change.
MARKS = {"lead_a": (), "approver": (pytest.mark.sqlite_alone, pytest.mark.soak)}


@pytest.mark.parametrize(
    "persona", [pytest.param(name, marks=MARKS.get(name, pytest.mark.sqlite_alone)) for name in SHOWN]
)
def test_each_person_is_shown_what_is_theirs_alone(world, persona):
    """By page, count, list, export, sheet, preview, history, first page, search and public page.

    Not even a colleague with the same right and the address sees a spreadsheet on its way in, by a page or as the
    answer to what is sent. The marks of an own kind show that the others are there to be seen.
    """
    found, seen = {kind: set() for kind in SHOWN[persona]}, set()
    public = [line.url for line in lines(world) if line.name.startswith("public_") and line.get == 200]
    for url in [*everywhere(world, persona), *public]:
        text = said(world.clients[persona].get(url, follow=True))
        seen |= canaries(text)
        for kind, marks in found.items():
            marks |= KINDS[kind](text) if kind in NOT_THE_OFFICES or url not in public else set()
    assert found == SHOWN[persona]
    assert owned(sheet_answers(world, persona)) == SHOWN[persona]["brought in"]
    if persona == "officer":
        assert_every_canary_was_there(world, seen)


def assert_every_canary_was_there(world, seen: set[str]) -> None:
    """Without this, a walk would also pass on empty pages."""
    admin = [url for url in addresses(world) if url.startswith("/admin/")]
    drafts = {reverse("paper_file", args=[paper.pk]) for paper in (world.draft_a, world.draft_b)}
    files = [url for url in addresses(world) if url.endswith("/file/") and url not in drafts]
    seen = seen | crawl(world, "administrator", admin) | crawl(world, "officer", files)
    assert [words for mark, words in planted().items() if mark not in seen] == []


def test_what_the_office_keeps_to_itself_is_there_to_be_seen(world):
    """Without this, the test above would also pass on empty pages."""
    papers = [reverse("paper", args=[each.paper_id]) for each in (world.checks_a.running, world.checks_b.ended)]
    for kind, urls, marks in (
        ("followed of responses", [world.commitment_a.get_absolute_url()], {PROMISE}),
        ("asked by a committee", [reverse("committee_requests")], {WAITING}),
        ("in a draft of a paper", papers, {f"{WITH_IT}a", f"{BACK}b"}),
        ("restricted", [world.restricted_a.get_absolute_url()], {f"{RESTRICTED}a", f"{WHY}a"}),
    ):
        assert crawl(world, "officer", urls, KINDS[kind]) == marks


def test_a_force_is_shown_its_own_canaries(world):
    own = crawl(world, "lead_b", [reverse("tracked", args=[world.open_b.pk]), reverse("register")])
    assert len(own) >= 20


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


FOR_THE_LIST = ("rag", "flag", "stage", "sort", "filters")
NARROWS = ("q", "force", "inspection", "lead", "show", "as_at")  # what an export reads, besides the list's order


@pytest.mark.sqlite_alone
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
        if page == pages[0] or (name in NARROWS if "/export/" in page else name not in FOR_THE_LIST)
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


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(world):
    own = [reverse(name) for name in ("account", "papers", "register")]
    for persona in ("lead_a", "officer", "member"):
        for url in (*own, "/no/such/page/", reverse("history", args=["person", 1])):
            assert world.clients[persona].get(url).headers["Cache-Control"] == "private, no-store"
