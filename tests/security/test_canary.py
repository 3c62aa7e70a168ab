"""No byte of one force reaches another: each text of the second carries a canary, and the first never sees one.

What each page shows to each person is asked by the walk through the table of addresses (test_matrix.py); here what is
not in the table: parameters, forms, trail and files.
"""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from recommendations.models import CommentsDraft, DocumentDraft, FileDraft, RoundDraft, SheetDraft
from tests.security.marks import KINDS, canaries, crawl, inside, said
from tests.security.worlds.accountability import NOT_PUBLIC, UNFINISHED
from tests.security.worlds.commitment import PROMISE
from tests.security.worlds.legacy_review import REFRAMED
from tests.security.worlds.note import NOTED
from tests.security.worlds.papers.check import BACK, WITH_IT
from tests.security.worlds.papers.restriction import RESTRICTED, WHY
from tests.security.worlds.request import WAITING
from tests.security.worlds.round import INSIDE
from tests.security.worlds.sheet import OWN
from tests.security.worlds.similar import NOT_ALIKE

DRAFTS = (RoundDraft, SheetDraft, CommentsDraft, FileDraft, DocumentDraft)


def test_what_the_office_keeps_to_itself_is_there_to_be_seen(world):
    """Without this, the walk would also pass on empty pages."""
    papers = [reverse("paper", args=[each.paper_id]) for each in (world.checks_a.running, world.checks_b.ended)]
    for kind, urls, marks in (
        ("followed of responses", [world.commitment_a.get_absolute_url()], {PROMISE}),
        ("asked by a committee", [reverse("committee_requests")], {WAITING}),
        ("in a draft of a paper", papers, {f"{WITH_IT}a", f"{BACK}b"}),
        ("noted by colleagues", [f"{world.open_a.get_absolute_url()}?tab=notes"], {f"{NOTED}a"}),
        ("found not to be alike", [reverse("history", args=["tracked", world.closed_a.pk])], {f"{NOT_ALIKE}a"}),
        ("of an item that is not public", [world.accountability_a.minuted.get_absolute_url()], {f"{NOT_PUBLIC}a"}),
        (
            "in an agenda or minutes of the office",
            [reverse("write_minutes", args=[world.accountability_a.ready.pk])],
            {UNFINISHED},
        ),
        ("in a legacy review", [f"{world.legacy_review.get_absolute_url()}?judged=all"], {REFRAMED}),
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
        "form": ["assurance", "risk", "delay", "status", "edit", "decide", "withdraw", *ids],
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
@pytest.mark.parametrize("number", [1, pytest.param(None, marks=pytest.mark.soak, id="all")])
def test_no_parameter_of_a_page_leads_to_the_other_force(world, number):
    """With the first value of each, all that the register can be searched for, and in a soak all; a Word file too."""
    pages = [
        reverse("register"),
        reverse("register_add_update", args=[world.open_a.pk]),
        reverse("tracked", args=[world.open_a.pk]),
        reverse("inspections"),
        *(reverse("export_register", args=[form]) for form in (("xlsx",) if number else ("xlsx", "docx"))),
    ]
    urls = [
        f"{page}?{name}={value}"
        for page in pages
        for name, values in guesses(world).items()
        for value in values[: None if page == pages[0] and name == "q" else number]
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
        "set_target": {"target_on": "1/6/2027", "reason": "Delay.", "cause": "other"},
        "record_delay": {"cause": "scope", "words": "More was asked."},
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
    assert own.standing.closure_requested_on is not None


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(world):
    own = [reverse(name) for name in ("account", "papers", "register")]
    for persona in ("lead_a", "officer", "member"):
        for url in (*own, "/no/such/page/", reverse("history", args=["person", 1])):
            assert world.clients[persona].get(url).headers["Cache-Control"] == "private, no-store"
