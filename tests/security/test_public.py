"""A walk as nobody through all that is public: only what is published is there, and only from the kept version."""

import re
from urllib.parse import quote

from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.models import PublishedText, Response, ResponseVersion
from tests.examples import LETTERS, examples
from tests.per_module import per_module
from tests.security.line import Line
from tests.security.marks import CANARY, said
from tests.security.walk import Walk, cells_of
from tests.security.world import PERSONAS, planted
from tests.security.worlds.public import OPEN, SECRET, build_public, secret_part
from tests.views.public.makers import Links

STARTS = (
    "public_responses",
    "public_feed",
    "public_json",
    "public_csv",
    "accessibility",
    "public_papers",
    "public_papers_feed",
    "public_forces",
    "public_meetings",
    "public_action_plans",
)
ASKED = ("q", "year", "force", "page")
# What a published response of the second force says, in the words of tests/security/world.py.
PUBLISHED = {
    *("Eastvale Police", "Custody in eastvale", "HMICFRS", "HMIP", "The Commissioner"),
    *("We welcome this.", "A note.", "We agree.", "Good.", "We will watch.", "In each suite", "Chief constables"),
    *("The force should test xylophone 1.", "The force should test xylophone 2.", "The force should test xylophone 3."),
    *("By the end of March 2027", "Bells"),
    *("The force should:", "(a) do it;", "(b) do it;", "(c) do it;"),
}


@per_module
def public_world(world):
    build_public(world)
    return world


def crawl() -> dict[str, str]:
    """Every address that can be reached from the public ones by links, as nobody, with all that it gives away."""
    client, found = Client(), {}
    waiting = [reverse(name) for name in STARTS]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        found[address] = f"{answer.status_code} {said(answer)}"
        if answer["Content-Type"].startswith("text/html"):
            reader = Links()
            reader.feed(answer.content.decode())
            links = {link.split("#")[0] for link in reader.found if link.startswith("/")}
            waiting += [link for link in links if link not in found and link not in waiting and "/static/" not in link]
    return found


def test_nobody_reads_a_draft_word_an_internal_field_or_what_was_withdrawn(public_world):
    pages = crawl()
    assert [address for address, text in pages.items() if SECRET in text.lower()] == []
    statements = {reverse(name) for name in ("accessibility", "data_protection", "disclosure")}
    assert {address for address in pages if not address.startswith("/published/")} == statements
    standing = public_world.public.standing.get_public_url()
    files = {f"{standing}v1/response.{form}" for form in ("pdf", "txt")}
    assert files < set(pages)
    assert "Report standing" in pages[reverse("public_responses")]
    for name in STARTS[1:4]:
        assert OPEN in pages[reverse(name)]
    for words in ("welcome the report", "Our reply on", "Forces should", "We will look at", "The force says"):
        assert f"{words} standing {OPEN}" in pages[standing]


def test_what_is_secret_is_there_to_be_seen(public_world):
    """Without this, the test above would also pass on an empty world."""
    client = public_world.clients["approver"]
    standing, withdrawn = public_world.public.standing, public_world.public.withdrawn
    assert SECRET in secret_part(standing)
    assert SECRET in client.get(withdrawn.get_absolute_url()).content.decode()
    texts = [str(text) for text in PublishedText.objects.values_list("text", flat=True)]
    assert sum(SECRET in text for text in texts) == 1


def test_of_what_was_brought_in_exactly_what_it_says_is_public(public_world):
    """The second force's texts each carry a mark of their own: those of the published response are seen, no others."""
    seen = {mark for text in crawl().values() for mark in re.findall(rf"{CANARY}\d+\.", text)}
    words = planted()
    assert {words[mark] for mark in seen} <= PUBLISHED
    assert {words[mark] for mark in seen} >= PUBLISHED - {"Bells", "Chief constables", "By the end of March 2027"}


def addresses_of(response, number: int) -> list[str]:
    address = (response.year, response.slug)
    return [
        reverse("public_response", args=address),
        reverse("public_version", args=[*address, number]),
        *(reverse("public_file", args=[*address, number, form]) for form in ("pdf", "txt")),
    ]


def test_no_guess_leads_to_what_is_not_published(public_world):
    """Versions to come, addresses that would be, ids where words stand."""
    client, world = Client(), public_world.public
    pks = [world.draft.pk, world.standing.pk, ResponseVersion.objects.latest("pk").pk]
    guesses = addresses_of(world.standing, 2)[1:]
    for slug in ("report-unpublished-zqsecret", *map(str, pks)):
        guesses += [
            f"/published/2026/{slug}/",
            f"/published/2026/{slug}/v1/",
            f"/published/2026/{slug}/v1/response.pdf",
        ]
    answers = {address: client.get(address) for address in guesses}
    assert {address for address, answer in answers.items() if answer.status_code != 404} == set()
    listed = f"{reverse('public_responses')}?"
    asked = [f"{listed}q={word}" for word in (SECRET, "Keeper", "Remarks", "unpublished", "Other+words", "withdrawn")]
    assert [len(client.get(address).context["page"]) for address in asked] == [0] * len(asked)
    assert len(client.get(f"{listed}q={OPEN}").context["page"]) == 1


def test_every_persona_gets_the_same_status(public_world):
    standing, withdrawn = public_world.public.standing, public_world.public.withdrawn
    walk = Walk(public_world)
    for response, file in ((standing, 200), (withdrawn, 410)):
        address = (response.year, response.slug)
        lines = [
            Line("public_response", address, post=405),
            Line("public_version", (*address, 1), post=405),
            *(Line("public_file", (*address, 1, form), get=file, post=405) for form in ("pdf", "txt")),
        ]
        for line in lines:
            walk.visit(line, cells_of(PERSONAS))
    assert (walk.wrong, walk.written) == ([], set())


def test_of_a_withdrawn_response_no_word_is_left(public_world):
    withdrawn = public_world.public.withdrawn
    answers = [Client().get(address) for address in addresses_of(withdrawn, 1)]
    assert [answer.status_code for answer in answers] == [200, 200, 410, 410]
    assert ["It named a person." in answer.text for answer in answers[:2]] == [True, True]
    assert {answer.templates[0].name for answer in answers[2:]} == {"public/gone.html"}
    answers += [Client().get(reverse(name)) for name in STARTS[:4]]
    assert [SECRET in said(answer) for answer in answers] == [False] * 8


def test_what_has_no_address_is_in_no_list(public_world):
    listed = [reverse(name) for name in STARTS[:4]]
    assert [OPEN in said(Client().get(address)) for address in listed[1:]] == [True] * 3
    QuerySet(Response).filter(pk=public_world.public.standing.pk).update(year=None, slug="")
    assert [OPEN in said(Client().get(address)) for address in listed] == [False] * 4


def paper_addresses(paper) -> list[str]:
    address = [paper.force.slug, paper.start, paper.end, paper.issue]
    more = {"public_paper_read": [paper.force.slug], "public_paper_register": [paper.force.slug, "csv"]}
    names = ("public_paper", "public_paper_file", *more)
    return [reverse(name, args=[*address, *more.get(name, [])]) for name in names]


def test_no_guess_leads_to_a_paper_that_is_not_public(public_world):
    """A draft correction, a filed paper that nobody made public, a closed one; the second force's issued paper."""
    client, papers = Client(), public_world.public.papers
    hidden = (papers.unmarked, papers.closed, papers.correction, public_world.final_b)
    answers = {address: client.get(address) for paper in hidden for address in paper_addresses(paper)}
    assert {address for address, answer in answers.items() if answer.status_code != 404} == set()
    page, *others = paper_addresses(public_world.final_a)
    assert [client.get(address).status_code for address in (page, *others)] == [200] * 4
    assert "ssue 2" not in client.get(page).text
    listed = client.get(reverse("public_papers"))
    assert [(each.start, each.issue) for each in listed.context["page"]] == [(public_world.final_a.start, 1)]


def test_of_a_withdrawn_paper_there_are_its_address_the_day_and_the_reason(public_world):
    answers = [Client().get(address) for address in paper_addresses(public_world.public.papers.withdrawn)]
    assert [answer.status_code for answer in answers] == [200, 410, 410, 410]
    assert "It named a person." in answers[0].text
    assert [SECRET in said(answer) for answer in answers] == [False] * 4


def test_of_a_withdrawn_action_plan_or_page_of_a_force_there_are_its_address_and_the_reason(world):
    plan, release, meeting = world.plan_withdrawn_a, world.page_withdrawn_a, world.meeting_withdrawn_a
    files = {"public_action_plan_file": ("pdf", "json", "csv")}
    released = {"public_force_open": [], "public_force_file": ["open", "csv"]}
    addresses = [
        reverse("public_action_plan_version", args=[plan.force.slug, plan.number]),
        reverse("public_force_release", args=[release.force.slug, release.number]),
        *(reverse(name, args=[plan.force.slug, plan.number, form]) for name, forms in files.items() for form in forms),
        *(reverse(name, args=[release.force.slug, release.number, *more]) for name, more in released.items()),
        *(reverse("public_meeting_file", args=[meeting.force.slug, meeting.number, form]) for form in ("pdf", "json")),
    ]
    answers = [Client().get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * 2 + [410] * 7
    assert ["It named a person." in answer.text for answer in answers[:2]] == [True] * 2
    gone = ("Crews visit 40 homes", "https://example.org/summary")
    standing = [reverse(name, args=[world.force_a.slug]) for name in ("public_action_plan", "public_force")]
    assert [word in said(Client().get(each)) for word, each in zip(gone, standing, strict=True)] == [True] * 2
    assert [word for word in gone for answer in answers if word in said(answer)] == []


def test_the_office_still_reads_what_was_withdrawn(public_world):
    answer = public_world.clients["officer"].get(public_world.public.withdrawn.get_absolute_url())
    assert answer.status_code == 200


WORDS = st.one_of(
    st.text(LETTERS, max_size=300),
    st.sampled_from(
        ["", "0", "-1", "99999999999999999999", "2026", "%", "_", "\\", "'", "\x00", "last", "1e3", "٣", "é" * 5000]
    ),
)


@settings(max_examples=examples(60))
@given(asked=st.dictionaries(st.sampled_from([*ASKED, "sort", "q[]"]), WORDS, max_size=5))
def test_no_query_breaks_the_list(public_world, asked):
    answer = Client().get(reverse("public_responses"), asked)
    assert answer.status_code == 200


@settings(max_examples=examples(40))
@given(
    year=st.integers(0, 10**30),
    slug=st.text(LETTERS, max_size=200),
    number=st.integers(0, 10**30),
    form=st.text(LETTERS, max_size=9),
)
def test_no_address_breaks_a_page(public_world, year, slug, number, form):
    base = f"/published/{year}/{quote(slug, safe='')}/"
    for address in (base, f"{base}v{number}/", f"{base}v{number}/response.{quote(form, safe='')}"):
        assert Client().get(address, follow=True).status_code == 404
