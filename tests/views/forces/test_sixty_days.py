"""Sixty days around a change of body, a new name and a merger of forces: each place names who it is on each day.

The change of body is entered ahead; the new name and the merger come on their day. Each day is asked twice: on the day,
and from the last day, looking back.
"""

import datetime
import json
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.calendar import feed_tokens
from recommendations.domain.calendar.calendar import entries_for
from recommendations.domain.calendar.entries import CalendarSpan
from recommendations.domain.compliance.status import compliance
from recommendations.domain.force_pages.mails import ForceNotice, SubscriberMail
from recommendations.domain.forces.details import change_body_details, change_force_details
from recommendations.domain.forces.in_force import body_of, office_body_on
from recommendations.domain.papers.papers import prepare
from recommendations.domain.papers.sections.policing_body import body_of as body_of_paper
from recommendations.domain.people import records
from recommendations.domain.people.committees import committees
from recommendations.domain.people.contacts import offices
from recommendations.domain.register import voices
from recommendations.domain.register.filters import choices_for
from recommendations.domain.responses.chief_officers.invitation_letter import invitation_letter
from recommendations.domain.responses.draft.submitted_text import with_its_day
from recommendations.domain.responses.text_builders import text_of_draft
from recommendations.domain.search.find import SearchAnswer, SearchQuery
from recommendations.domain.search.lines import lines_of
from recommendations.domain.succession.carrying_over import succeed
from recommendations.emails.public import write_to_subscriber
from recommendations.enums import BodyKind, PanelKind
from recommendations.exchange.documents_in.proposal import names_force
from recommendations.models import (
    Force,
    ForceMail,
    ForceSubscriber,
    Inspection,
    Invitation,
    Oversight,
    Panel,
    PolicingBody,
    Response,
    ScrutinyReport,
    TrackedRecommendation,
)
from recommendations.periods import Period, say
from recommendations.search_words import read_words
from recommendations.views.forces.page import standing as force_page
from recommendations.views.site.navigation import masthead
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.papers.world import figures_of
from tests.makers.chief_officers import make_invitation
from tests.makers.force_pages import released
from tests.makers.responses import make_published, make_response
from tests.per_module import per_module

A_DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2028, 4, 20)
ELECTED = datetime.date(2028, 4, 28)  # the commissioner's office gets another head and address
MAYOR = datetime.date(2028, 5, 5)  # another body follows
RENAMED = datetime.date(2028, 5, 20)  # Westmarch Police gets another name, head and address
MERGED = datetime.date(2028, 6, 1)  # and merges with Eastvale Police
CHANGES = {ELECTED, MAYOR, RENAMED, MERGED}
DAYS = [FIRST + place * A_DAY for place in range(60)]
LAST = DAYS[-1]
COMMISSIONER = "Police and Crime Commissioner for the Marches"


def moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(10), datetime.UTC)


def office_on(day: datetime.date) -> tuple[str, str, str, str]:
    """The body, its office, its head and its address."""
    if day >= MAYOR:
        return "Mayor of the Marches", "Mayor’s Office", "Tom Birch", "1 City Square"
    head = ("Mary Ash", "4 Castle Row") if day >= ELECTED else ("Alun Prosser", "9 Old Lane")
    return COMMISSIONER, "Marches OPCC", *head


def force_on(day: datetime.date) -> tuple[str, str, str, str]:
    """The force that has Westmarch’s register: its name, short name, head and address."""
    if day >= MERGED:
        return "Marches Police", "Marches", "C. Third", "Marches House"
    return westmarch_on(day)


def westmarch_on(day: datetime.date) -> tuple[str, str, str, str]:
    if day >= RENAMED:
        return "West Marches Police", "West Marches", "B. Second", "New House"
    return "Westmarch Police", "Westmarch", "A. First", "Weir Road"


@per_module
def world(body, westmarch, eastvale, officer, approver):
    """As the office is on the first day: the mayor and the merged force are entered, with their days."""
    at = moment(FIRST)
    westmarch.chief_officer, westmarch.address = westmarch_on(FIRST)[2:]
    records.keep(record=westmarch, by=None, at=at)
    body.holder, body.office_address = office_on(FIRST)[2:]
    records.keep(record=body, by=None, at=at)
    name, short_name, head, address = force_on(LAST)
    facts = {"chief_officer": head, "address": address, "slug": "marches", "reference_prefix": "MA", "since": MERGED}
    marches = records.keep(record=Force(name=name, short_name=short_name, **facts), by=None, at=at)
    name, office, head, address = office_on(LAST)
    facts = {"holder": head, "office_address": address, "slug": "mayor", "kind": BodyKind.MAYOR}
    mayor = records.keep(record=PolicingBody(name=name, office_name=office, **facts), by=None, at=at)
    for force in (westmarch, eastvale):
        link = Oversight.objects.get(force=force)
        link.until = MAYOR - A_DAY
        records.keep(record=link, by=None, at=at)
    for force in (westmarch, eastvale, marches):
        since = max(MAYOR, force.since or MAYOR)
        records.keep(record=Oversight(body=mayor, force=force, since=since), by=None, at=at)
    found = SimpleNamespace(marches=marches, mayor=mayor)
    report = make_inspection(westmarch, published_on=FIRST - 9 * A_DAY, title="Bells", at=at)
    make_tracked(report, at=at)
    found.response = make_response(report, body, by=officer, at=at)
    found.invitation = make_invitation(found.response, westmarch, by=officer, due_on=RENAMED - 3 * A_DAY, at=at)
    old = make_inspection(westmarch, published_on=FIRST - 40 * A_DAY, title="Cells", at=at)
    make_tracked(old, at=at)
    found.published = make_published(old, body, by=officer, approver=approver, at=at)
    found.release = released(westmarch, by=officer, approver=approver, at=at)
    found.calendar = reverse("calendar_feed", args=[feed_tokens.token_of(feed_tokens.make_address(by=officer, at=AT))])
    return found


def change_on(day: datetime.date, world) -> None:
    """What an administrator does on the day."""
    facts = {"from_day": day, "by": None, "at": moment(day), "reason": "The order"}
    if day == ELECTED:
        _, _, head, address = office_on(day)
        body = PolicingBody.objects.get(slug="marches")
        change_body_details(body=body, holder=head, office_address=address, **facts)
    if day == RENAMED:
        name, short_name, head, address = westmarch_on(day)
        force = Force.objects.get(slug="westmarch")
        values = {"name": name, "short_name": short_name, "chief_officer": head, "address": address}
        change_force_details(force=force, **values, **facts)
    if day == MERGED:
        for slug in ("westmarch", "eastvale"):
            act = {
                "successor": world.marches,
                "effective_on": day,
                "by": None,
                "at": moment(day),
                "reason": "The order",
            }
            succeed(force=Force.objects.get(slug=slug), **act)


# What is dated: it says the same on the day and afterwards.


def dated_on(day: datetime.date, world) -> dict:
    # wording: keys of a table, not words of a page
    """What each place that speaks of a day says of the body and of the force."""
    westmarch = Force.objects.get(slug="westmarch")
    now = westmarch if day < MERGED else world.marches
    details = now.details_on(day)
    draft = Response.objects.get(pk=world.response.pk)
    text = with_its_day(text_of_draft(draft), draft, day)
    body = office_body_on(day).details_on(day)
    found = {
        "force": (details.name, details.short_name, details.chief_officer, details.address),
        "body": (body.name, body.office_name, body.holder, body.office_address),
        "body of the force": body_of(now, day).details_on(day).name,
        "response": (text.body_name, text.holder),
        "paper": body_of_paper(now, Period(day, day)),
    }
    if day <= world.invitation.due_on:
        invitation = Invitation.objects.get(pk=world.invitation.pk)
        letter = invitation_letter(invitation=invitation, on=day, form_address="https://office.example/")
        found["letter"] = (letter.sender, letter.signed, letter.recipient)
    return found


def dated_expected(day: datetime.date, world) -> dict:
    # wording: keys of a table, not words of a page
    name, office, head, address = office_on(day)
    force = force_on(day)
    found = {
        "force": force,
        "body": (name, office, head, address),
        "body of the force": name,
        "response": (name, head),
        "paper": (name, office),
    }
    if day <= world.invitation.due_on:
        to = (force[2], "Chief Constable", force[0], force[3])
        found["letter"] = ((name, office, address), (head, name), to)
    return found


# What is of today.


def mail_on(day: datetime.date, world) -> str:
    subscriber = ForceSubscriber(force=Force.objects.get(slug="westmarch"), email="a@example.org", token="t")
    mail = ForceMail(pk=1, subscriber=1, claimed_at=moment(day))
    return write_to_subscriber(ForceNotice(mail, SubscriberMail(subscriber))).body


def shown_on(day: datetime.date, world, client, officer) -> dict:
    """What every page, calendar and email says on the day."""
    public = client.get(reverse("public_responses")).content.decode()
    mail = mail_on(day, world)
    calendar = client.get(world.calendar).content.decode().replace("\r\n ", "")
    return {
        "masthead": masthead(SimpleNamespace(user=officer, session={}, path="/"))["masthead"]["office"],
        "public pages": public.partition("<title>")[2].partition("</title>")[0].rpartition(" - ")[2],
        "mail": [words for words in (COMMISSIONER, "Mayor of the Marches") if words in mail],
        "mail about": [words for words in ("Westmarch Police", "West Marches Police") if words in mail],
        "calendar": calendar.partition("X-WR-CALNAME:")[2].splitlines()[0],
        "contacts": [each.office_name for each in offices(day)],
    }


def pages_on(world, client) -> dict:
    """What the addresses of the old body and of the old force answer, and the data for programs."""
    data = json.loads(client.get(reverse("public_json")).content)
    return {
        "data": data["about"]["publisher"],
        "published": [each["response_from"] for each in data["responses"]],
        "feed of the force": client.get(reverse("public_force_feed", args=["westmarch"])).status_code,
        "response page": note_of(client.get(Response.objects.get(pk=world.published.pk).get_public_url())),
        "force page": note_of(client.get(reverse("public_force", args=["westmarch"]))),
    }


def note_of(page) -> str:
    """The note on a public page that its name has ended."""
    note = page.content.decode().partition("app-public__note--look")[2].partition("</p>")[0].partition("<p>")[2]
    return " ".join(note.replace("<strong>", "").replace("</strong>", "").split())


def shown_expected(day: datetime.date) -> dict:
    name, office, _, _ = office_on(day)
    return {
        "masthead": office,
        "public pages": name,
        "mail": [name],
        "mail about": [westmarch_on(day)[0]],
        "calendar": f"Oversight\\, {name}",
        "contacts": [office],
    }


def pages_expected(day: datetime.date) -> dict:
    # wording: what a page under an old name says is the promise
    ended, merged = f"{COMMISSIONER} until {say(MAYOR - A_DAY)}. The Mayor of the Marches follows.", ""
    if day >= RENAMED:
        merged = f"Westmarch Police until {say(RENAMED - A_DAY)}. Its name is now West Marches Police."
    if day >= MERGED:
        merged = f"Westmarch Police until {say(MERGED - A_DAY)}. Marches Police follows."
    return {
        "data": office_on(day)[0],
        "published": [COMMISSIONER],
        "feed of the force": 200,
        "response page": ended if day >= MAYOR else "",
        "force page": merged,
    }


@pytest.mark.django_db
def test_sixty_days_around_two_changes(world, client, officer, monkeypatch):
    wrong = []
    for day in DAYS:
        monkeypatch.setattr(timezone, "now", lambda day=day: moment(day))
        change_on(day, world)
        wrong += differences("on", day, dated_on(day, world), dated_expected(day, world))
        wrong += differences("on", day, shown_on(day, world, client, officer), shown_expected(day))
        if {day, day + A_DAY} & CHANGES:
            wrong += differences("on", day, pages_on(world, client), pages_expected(day))
    for day in DAYS:
        wrong += differences("after", day, dated_on(day, world), dated_expected(day, world))
    assert wrong == []
    in_calendar = entries_for(officer, CalendarSpan(FIRST, LAST, LAST))
    assert [entry.words for entry in in_calendar if entry.kind.key == "comments"] == [
        "Chief officer’s comments: Westmarch"
    ]


def differences(when: str, day: datetime.date, found: dict, expected: dict) -> list:
    return [(when, day, key, found[key], said) for key, said in expected.items() if found[key] != said]


@pytest.mark.parametrize(
    ("day", "forces"),
    [(RENAMED - A_DAY, "Westmarch"), (MERGED - A_DAY, "West Marches"), (MERGED, "Marches, West Marches")],
)
def test_a_report_names_the_forces_that_it_covered_on_the_day(world, officer, day, forces):
    for each in (ELECTED, RENAMED, MERGED):
        change_on(each, world)
    rows = compliance(Inspection.objects.filter(title="Bells"), Response.objects.all(), day)
    assert [row.forces for row in rows] == [forces]
    assert force_page(world.marches, officer, day, None)["number"] == (2 if day == MERGED else 0)


def test_lists_and_results_name_the_force_of_their_day(world, officer):
    day = RENAMED - A_DAY
    tracked = TrackedRecommendation.objects.get(recommendation__inspection__title="Bells")
    voices.log_force_update(
        tracked=tracked, done="The bells ring.", said_by="Jo Reed", effective_on=day, by=officer, at=moment(day)
    )
    paper = prepare(force=Force.objects.get(slug="westmarch"), start=FIRST, end=day, by=officer, at=moment(RENAMED))
    change_on(RENAMED, world)
    choices = [choices_for(officer, each).forces["westmarch"][1] for each in (day, RENAMED, None)]
    assert choices == ["Westmarch", "West Marches", "West Marches"]
    words = read_words("bells ring")
    found = SearchAnswer(SearchQuery(words=words, day=RENAMED, kind="update"), officer)
    assert [line.who for line in lines_of(found[0:5], words)] == ["Jo Reed, Westmarch"]
    listed = ScrutinyReport.objects.with_forces().get(pk=paper.pk)
    assert (listed.about, listed.about_then) == ("West Marches Police", "Westmarch Police")


def test_a_document_may_have_a_former_name_of_its_force(world):
    change_on(RENAMED, world)
    force = Force.objects.get(slug="westmarch")
    named = ("Westmarch Police", "West Marches Police", "Eastvale Police")
    assert [names_force(force, name) for name in named] == [True, True, False]


def test_a_committee_is_offered_to_its_last_day(world):
    panel = Panel(name="Last panel", kind=PanelKind.POLICE_AND_CRIME, until=MAYOR)
    records.keep(record=panel, by=None, at=moment(FIRST))
    offered = [(panel in committees(day), panel in Panel.objects.committees(day)) for day in (MAYOR, MAYOR + A_DAY)]
    assert offered == [(True, True), (False, False)]


def test_a_paper_names_the_body_and_the_force_of_its_period(world):
    for day in (ELECTED, RENAMED, MERGED):
        change_on(day, world)
    westmarch = Force.objects.get(slug="westmarch")
    both = f"{COMMISSIONER} (to {say(MAYOR - A_DAY)}) and Mayor of the Marches (from {say(MAYOR)})"
    papers = {
        (FIRST, MAYOR - A_DAY): ("Westmarch Police", COMMISSIONER, "Marches OPCC"),
        (FIRST, MAYOR): ("Westmarch Police", both, "Mayor’s Office"),
        (MAYOR, RENAMED - A_DAY): ("Westmarch Police", "Mayor of the Marches", "Mayor’s Office"),
        (MAYOR, RENAMED): ("West Marches Police", "Mayor of the Marches", "Mayor’s Office"),
        (RENAMED, MERGED - A_DAY): ("West Marches Police", "Mayor of the Marches", "Mayor’s Office"),
    }
    found = {days: figures_of(westmarch, *days, known_at=moment(LAST)) for days in papers}
    assert {days: (each.force, each.body, each.office) for days, each in found.items()} == papers


def test_a_paper_is_published_under_the_names_of_its_period(westmarch):
    day = datetime.date(2026, 8, 15)
    change_force_details(force=westmarch, from_day=day, name="West Police", by=None, at=AT, reason="The order")
    papers = [ScrutinyReport(force=Force.objects.get(), start=day - A_DAY, end=end) for end in (day - A_DAY, day)]
    assert [(each.about, each.about_then) for each in papers] == [
        ("West Police", "Westmarch Police"),
        ("West Police", "West Police"),
    ]


def test_a_body_of_two_names_in_a_period_is_named_with_its_days(body, westmarch):
    day = datetime.date(2026, 8, 15)
    change_body_details(body=body, from_day=day, name="Marches Board", by=None, at=AT, reason="The order")
    period = Period(datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    name = f"{COMMISSIONER} (to 14 August 2026) and Marches Board (from 15 August 2026)"
    assert body_of_paper(westmarch, period) == (name, "Marches OPCC")
    assert body_of_paper(westmarch, Period(day, period.end)) == ("Marches Board", "Marches OPCC")
