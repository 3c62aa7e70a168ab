"""The help: a page for each role, a link at the foot of each page to what it says of that page, whom to ask."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from recommendations.domain.people import records
from recommendations.permissions import ROLE_MAY
from recommendations.sections import Section
from recommendations.views.help import topics
from recommendations.views.register.tracked_panels import PANELS
from tests.conftest import AT
from tests.views.hooks import links, number_of, parsed

ROLES = {
    "officer": "officers",
    "approver": "approving-officers",
    "force_lead": "force-inspection-leads",
    "member": "committee-members",
    "administrator": "administrators",
}
MAIN = (
    "home",
    "rounds",
    "inspections",
    "responses",
    "compliance",
    "commitments",
    "force_comments",
    "panels",
)
MAIN += ("custody", "papers", "committee_requests", "calendar", "search", "bring_in", "admin:index")
EVERY_SECTION = tuple(Section)


@pytest.fixture
def read(request, sign_in):
    """A page as one of them reads it."""

    def act(who, name, *args):
        return sign_in(request.getfixturevalue(who)).get(reverse(name, args=args))

    return act


@pytest.mark.suite(1, 4)
@pytest.mark.parametrize("who", ROLES)
def test_each_role_has_five_things_to_do_first_and_may_do_each(read, client, who):
    page = read(who, "help")
    assert page.content == client.get(reverse("help_for", args=[ROLES[who]])).content
    found = links(page, ".app-first__go a")
    assert (number_of(page, ".app-first > li"), len(found)) == (5, 5)
    assert [address for address in found if client.get(address).status_code != 200] == []


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize("who", ROLES)
def test_the_foot_of_each_main_page_leads_to_what_the_help_says_of_it(read, client, who):
    there = {each.attributes["id"] for each in parsed(read(who, "help")).css(".app-help__topic")}
    pages = [client.get(reverse(name)) for name in MAIN]
    seen = [page for page in pages if page.status_code == 200]
    led = [links(page, ".app-footer a")[0] for page in seen]
    assert {address.partition("#")[0] for address in led} == {reverse("help")}
    assert {address.partition("#")[2] for address in led} <= there


def test_every_page_that_leads_to_a_topic_finds_one():
    led = {
        key
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for key in re.findall(r"\{% block help %\}#([\w-]+)\{% endblock %\}", path.read_text())
    }
    assert len(led) > 20
    assert led - {topic.key for topic in topics.all_topics()} == set()


def test_every_topic_has_readers_and_its_own_place():
    """Of topics with one key each has a role that reads it, and no two stand in the same place."""
    everything = topics.all_topics()
    read = {topic for role in topics.all_roles() for topic in role.topics()}
    assert [topic.title for topic in everything if topic not in read] == []
    assert len({topic.order for topic in everything}) == len(everything) == len([*topics.FOLDER.glob("*.md")])
    assert {each.role for each in topics.all_roles()} == set(ROLE_MAY)


def test_a_link_in_the_help_keeps_its_address():
    """Safe Markdown drops an address that is none of the web's or of mail, and leaves the words."""
    written = "".join(path.read_text().replace("](", "\0") for path in topics.FOLDER.rglob("*.md")).count("\0")
    steps = [step.html for role in topics.all_roles() for step in role.steps]
    texts = [topic.html for topic in topics.all_topics()] + steps
    assert sum(number_of(text, "a[href]") for text in texts) == written


@pytest.mark.parametrize("line", ["section: panel", "permission: administrate", "order: last", "sections: panels"])
def test_a_field_that_says_nothing_is_refused(tmp_path, monkeypatch, line):
    fields = {"title": "Panels", "order": "1", "permission": "see_panels"} | dict([line.split(": ")])
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (tmp_path / "panels.md").write_text(f"{head}\nIts text.\n")
    monkeypatch.setattr(topics, "FOLDER", tmp_path)
    with pytest.raises((ValueError, TypeError)):
        topics.all_topics.__wrapped__()


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_whoever_has_a_form_of_a_recommendation_has_the_help_with_it(panel):
    roles = [each for each in topics.all_roles() if panel.may in ROLE_MAY[each.role]]
    assert roles
    assert all(panel.help in {topic.key for topic in each.topics()} for each in roles)


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize("who", ROLES)
def test_the_contents_lead_to_each_topic(read, who):
    page = read(who, "help")
    there = [each.attributes["id"] for each in parsed(page).css(".app-help__topic")]
    assert links(page, ".app-help__contents a") == [f"#{key}" for key in there]


def test_what_another_role_does_is_read_without_links_to_it(read):
    page = read("member", "help_for", "administrators")
    assert (number_of(page, ".app-first > li"), links(page, ".app-first__go a")) == (5, [])


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize("who", ROLES)
def test_a_section_that_is_off_is_not_named(read, settings, who):
    named = ("panel", "custody", "public")
    texts = []
    for off in ((), EVERY_SECTION):
        settings.SECTIONS_OFF = off
        titles = parsed(read(who, "help")).css(".app-help__topic h3")
        texts.append([title.text() for title in titles if any(word in title.text().lower() for word in named)])
    # wording: the names of the topics
    on = {
        "officer": ["Panels", "Public accountability meetings", "Custody visits", "The public page of a force"],
        "force_lead": ["Panels"],
    }
    on["approver"] = [*on["officer"], "Public papers"]
    assert texts == [on.get(who, []), []]
    assert [word for word in named[:2] if word in parsed(read(who, "help")).css_first("main").text().lower()] == []


def test_the_foot_of_each_page_leads_to_the_help(read):
    assert reverse("help") in links(read("member", "account"), ".app-footer a")


def test_the_office_asks_its_administrators_and_others_ask_the_office(read, body, administrator):
    body.office_email = "office@marches.example"
    records.keep(record=body, by=None, at=AT)
    asked = {who: links(read(who, "help"), ".app-notes a[href^=mailto]") for who in ROLES}
    inside, outside = [f"mailto:{administrator.email}"], ["mailto:office@marches.example"]
    assert asked == {who: outside if who in ("force_lead", "member") else inside for who in ROLES}


def test_the_accessibility_statement_says_whom_to_tell_and_when_it_was_written(client, sign_in, body, officer):
    body.office_email, body.office_address = "office@marches.example", "1 High Street\nAldermere"
    records.keep(record=body, by=None, at=AT)
    for page in (client.get(reverse("accessibility")), sign_in(officer).get(reverse("accessibility"))):
        main = parsed(page).css_first("main")
        assert links(page, "main a[href^=mailto]") == ["mailto:office@marches.example"]
        assert [
            words for words in ("Marches OPCC", "1 High Street", "27 November 2026") if words not in main.text()
        ] == []
