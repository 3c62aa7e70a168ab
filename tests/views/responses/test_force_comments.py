"""A force's own pages for its chief officer's comments: what is asked, the draft, the last look, what became of it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.responses import publishing
from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.domain.responses.chief_officers.drafts import content, draft_of, mark
from recommendations.domain.responses.chief_officers.submission import submit_draft
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import Role
from recommendations.models import ChiefOfficerComments, CommentsDraft, Response, TrailEntry
from recommendations.periods import london_day
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.makers.chief_officers import TEXT, make_draft_of_comments, make_invitation, record_by_the_office
from tests.makers.responses import SAID, make_response, publish, write
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, lacking, links, number_of, wrong

LIST = reverse("force_comments")
FAR = datetime.date(2099, 1, 5)
DAY = datetime.timedelta(days=1)
INSIDE = "zqinside"


@pytest.fixture
def invite(westmarch, body, officer):
    """Invite the force to comment on a new report; it asks for two things."""

    def act(title="Custody in Westmarch", *, due_on=FAR, **facts):
        report = make_inspection(westmarch, title=title, **facts)
        for number in "12":
            make_tracked(report, number=number, text=f"The force should test light {number}.", parts=("each day",))
        response = make_response(report, body, by=officer)
        return make_invitation(response, westmarch, by=officer, due_on=due_on)

    return act


@pytest.fixture
def invitation(invite):
    return invite()


@pytest.fixture
def late(invite):
    return invite(due_on=AT.date())


@pytest.fixture
def lead(sign_in, force_lead):
    return sign_in(force_lead)


@per_module
def colleague(westmarch):
    return make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)


def address(invitation, name="write_comments") -> str:
    return reverse(name, args=[invitation.pk])


def read(client, url: str) -> LexborHTMLParser:
    answer = client.get(url)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def page_of(answer) -> LexborHTMLParser:
    return LexborHTMLParser(answer.content.decode())


def words(page, css: str) -> list[str]:
    return [" ".join(each.text().split()) for each in page.css(css)]


def rows(page, css: str) -> list[str]:
    """The words of each row, with a space between its cells and lines."""
    return [" ".join(each.text(separator=" ").split()) for each in page.css(css)]


def form_of(page) -> dict:
    return fields_among(page.css_first("main form").css("[name]"))


def submit(invitation, by, at=AT, **values) -> ChiefOfficerComments:
    draft = make_draft_of_comments(invitation, by, at=at, **values)
    return submit_draft(invitation=invitation, shown=mark(content(draft)), by=by, at=at)


# The list


def test_the_list_says_who_asks_by_when_and_how_far_it_is(lead, invite, force_lead, officer, westmarch, body, approver):
    due = london_day(timezone.now()) + 9 * DAY
    first, begun, late = invite("One", due_on=due), invite("Two"), invite("Three", due_on=AT.date())
    mine, theirs = invite("Four"), invite("Five")
    make_draft_of_comments(begun, force_lead)
    submit(mine, force_lead)
    record_by_the_office(theirs.response, westmarch, by=officer)
    days = (london_day(timezone.now()) - AT.date()).days
    page = read(lead, LIST)
    facts = [
        ("Three Marches OPCC 7 Nov 2026", f"{days} day", "late", "To do"),
        (f"One Marches OPCC {due.day} {due:%b %Y}", "9 days left", "To do"),
        ("Two Marches OPCC 5 Jan 2099", f"{(FAR - london_day(timezone.now())).days:,} days left", "Draft started"),
        ("Five Marches OPCC 5 Jan 2099", "Recorded by Marches OPCC", "7 November 2026"),
        ("Four Marches OPCC 5 Jan 2099", "Submitted", "Callum Tranter", "7 November 2026"),
    ]
    shown = zip(facts, rows(page, "tbody tr"), strict=True)
    assert [[fact for fact in of if fact not in row] for of, row in shown] == [[]] * 5
    links = [address(each) for each in (late, first, begun, theirs, mine)]
    assert [each.attributes["href"] for each in page.css("tbody th a")] == links


def test_an_invitation_that_was_not_sent_is_not_shown(lead, westmarch, body, officer):
    response = make_response(make_inspection(westmarch), body, by=officer)
    made = invitations.invite(response=response, force=westmarch, due_on=FAR, by=officer, at=AT)
    assert words(read(lead, LIST), "table") == []
    assert lead.get(address(made)).status_code == 404


def test_the_list_says_so_where_nothing_is_asked(lead, body):
    page = read(lead, LIST)
    assert number_of(page, ".app-empty") == 1
    assert words(page, "table") == []


def test_the_way_there_is_in_the_masthead_of_a_lead_alone(sign_in, force_lead, officer, member, invitation):
    def has_way(person) -> bool:
        return LIST in [each.attributes["href"] for each in read(sign_in(person), "/").css("header a")]

    assert [has_way(person) for person in (force_lead, officer, member)] == [True, False, False]


@pytest.mark.suite(0)
@pytest.mark.parametrize("rows", [3, 1])
def test_the_list_costs_the_same_for_one_as_for_many(
    lead, invite, force_lead, officer, westmarch, django_assert_num_queries, rows
):
    for number in range(rows):
        made = invite(f"Report {number}")
        make_draft_of_comments(made, force_lead)
        said = record_by_the_office(made.response, westmarch, by=officer)
        comments.withdraw_comments(comments=said, reason="A wrong file.", by=officer, at=AT)
        make_draft_of_comments(invite(f"Other {number}"), force_lead)
        submit(invite(f"Third {number}"), force_lead)
    with django_assert_num_queries(9):
        assert len(page_of(lead.get(LIST)).css("tbody tr")) == 3 * rows


# The draft


def test_the_page_shows_what_is_asked_and_an_empty_form(lead, invitation):
    page = read(lead, address(invitation))
    assert lacking(page, "h1", "Custody in Westmarch") == []
    assert words(page, "main h3") == ["WM-0001 Recommendation 1", "WM-0002 Recommendation 2"]
    assert words(page, "main blockquote") == ["The force should test light 1.", "The force should test light 2."]
    assert words(page, "main ol.app-asked__parts") == ["each day", "each day"]
    assert lacking(page, ".app-inside", "Westmarch Police", "OFFICIAL") == []
    fields = {name: values for name, values in form_of(page).items() if name in ("text", "signed_by", "dated")}
    assert fields == {"text": [""], "signed_by": [""], "dated": [""]}


def test_a_draft_is_saved_and_shown_to_colleagues(lead, sign_in, invitation, force_lead, colleague):
    form = form_of(read(lead, address(invitation)))
    answer = lead.post(address(invitation), form | {"text": TEXT, "dated": "soon"}, follow=True)
    assert flashes(answer) == ["success"]
    assert (draft_of(invitation).text, draft_of(invitation).dated) == (TEXT, "soon")
    page = read(sign_in(colleague), address(invitation))
    assert form_of(page)["text"] == [TEXT]
    assert "by Callum Tranter" in words(page, ".app-actions .app-second")[0]


def test_the_second_writer_is_shown_both_and_saves_theirs(lead, invitation, colleague):
    form = form_of(read(lead, address(invitation)))
    make_draft_of_comments(invitation, colleague, text="Dana’s words.")
    answer = lead.post(address(invitation), form | {"text": "Callum’s words."})
    assert answer.status_code == 422
    page = page_of(answer)
    assert rows(page, ".app-entry__conflicts tbody tr")[0] == "Comments Dana’s words. Callum’s words."
    assert form_of(page)["text"] == ["Callum’s words."]
    assert draft_of(invitation).text == "Dana’s words."
    assert lead.post(address(invitation), form_of(page)).status_code == 302
    assert draft_of(invitation).text == "Callum’s words."


def test_what_is_too_long_comes_back_with_what_is_too_much(lead, invitation):
    form = form_of(read(lead, address(invitation)))
    long = {"text": "a" * 1_000_001, "signed_by": "b" * 121, "dated": "c" * 61}
    answer = lead.post(address(invitation), form | long)
    page = page_of(answer)
    assert wrong(page) == ["text", "signed_by", "dated"]
    assert lacking(page, ".govuk-error-summary", "1,000,001", "1,000,000", "121", "120", "61", "60") == []
    assert {name: form_of(page)[name] for name in long} == {name: [value] for name, value in long.items()}
    assert CommentsDraft.objects.count() == 0


# Submitting


def test_the_last_look_shows_what_is_published_and_submits_it(lead, invitation, force_lead):
    form = form_of(read(lead, address(invitation))) | {"text": TEXT, "signed_by": "A. Rowe"}
    form |= {"signed_as": "Chief Constable", "dated": "6/11/2026", "then": "look"}
    answer = lead.post(address(invitation), form)
    assert answer.headers["Location"] == address(invitation, "submit_comments")
    page = read(lead, address(invitation, "submit_comments"))
    assert lacking(page, "main section h2", "chief constable") == []
    assert words(page, "main section p") == [
        "The force agrees.",
        "Bells are tested daily.",
        "A. Rowe, Chief Constable, 6 November 2026.",
    ]
    sent = form_of(page)
    url = address(invitation, "submit_comments")
    answers = [lead.post(url, sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    found = ChiefOfficerComments.objects.get()
    assert (found.text, found.signed_as, found.recorded_by) == (TEXT, "Chief Constable", force_lead)
    assert TrailEntry.objects.filter(verb="record_comments").count() == 1
    assert CommentsDraft.objects.count() == 0


def test_what_was_submitted_is_read_only_and_says_whom_to_ask(lead, invitation, force_lead):
    submit(invitation, force_lead)
    page = read(lead, address(invitation))
    assert number_of(page, ".app-inside") == 1
    facts = ("7 November 2026", "Callum Tranter", "Hannah Whitlock", "Marches OPCC")
    assert lacking(page, ".app-inside", *facts) == []
    assert words(page, "main section.app-comments__said p")[:2] == ["The force agrees.", "Bells are tested daily."]
    assert page.css("main form") == []
    assert lead.get(address(invitation, "submit_comments")).headers["Location"] == address(invitation)


def test_an_unfinished_draft_says_what_it_lacks_and_has_no_button(lead, invitation, force_lead):
    make_draft_of_comments(invitation, force_lead, signed_by="", dated="soon")
    page = read(lead, address(invitation, "submit_comments"))
    assert links(page, ".app-panel a") == [f"{address(invitation)}#id_{name}" for name in ("signed_by", "dated")]
    assert page.css("main form") == []


def test_a_draft_that_changed_after_the_look_is_shown_again(lead, invitation, force_lead, colleague):
    make_draft_of_comments(invitation, force_lead)
    url = address(invitation, "submit_comments")
    sent = form_of(read(lead, url))
    make_draft_of_comments(invitation, colleague, text="Dana’s words.")
    answer = lead.post(url, sent)
    assert answer.status_code == 422
    page = page_of(answer)
    assert wrong(page) == [""]
    assert words(page, "main section p")[0] == "Dana’s words."
    assert lead.post(url, form_of(page)).status_code == 302
    assert ChiefOfficerComments.objects.get().text == "Dana’s words."


@pytest.mark.soak
def test_what_the_office_withdrew_can_be_submitted_again(lead, invitation, force_lead, officer):
    said = submit(invitation, force_lead)
    comments.withdraw_comments(comments=said, reason="Not signed.", by=officer, at=AT)
    page = read(lead, address(invitation))
    assert lacking(page, ".app-inside", "Marches OPCC", "7 November 2026", "“Not signed.”", "5 January 2099") == []
    assert form_of(page)["text"] == [TEXT]
    assert lead.post(address(invitation), form_of(page) | {"then": "look"}).status_code == 302
    sent = form_of(read(lead, address(invitation, "submit_comments")))
    assert lead.post(address(invitation, "submit_comments"), sent).status_code == 302
    assert ChiefOfficerComments.objects.standing().get().text == TEXT


# After the day, and after publication


def test_after_the_day_the_draft_is_readable_and_what_was_typed_comes_back(lead, late, force_lead):
    make_draft_of_comments(late, force_lead)
    page = read(lead, address(late))
    assert number_of(page, ".app-inside") == 1
    facts = ("7 November 2026", "Hannah Whitlock", "Marches OPCC", "Westmarch Police")
    assert lacking(page, ".app-inside", *facts) == []
    assert number_of(page, "main section.app-comments__said") == 1
    assert page.css("main form") == []
    answer = lead.post(address(late), {"text": "Typed at midnight.", "signed_by": "A."})
    assert answer.status_code == 422
    assert (wrong(answer), lacking(answer, ".govuk-error-summary", "7 November 2026", "Marches OPCC")) == ([""], [])
    assert form_of(page_of(answer))["text"] == ["Typed at midnight."]
    refused = lead.post(address(late, "submit_comments"), {"shown": mark(content(draft_of(late)))})
    assert (wrong(refused), lacking(refused, ".govuk-error-summary", "7 November 2026", "Marches OPCC")) == ([""], [])


@pytest.mark.soak
def test_a_published_response_is_linked_and_takes_nothing_more(lead, invitation, officer, approver, force_lead):
    submit(invitation, force_lead, signed_as="Chief constable")
    response = Response.objects.get(pk=invitation.response_id)
    write(response, "narrative", text="We welcome the report.", by=officer)
    for each in approval_workflow.parts_of(response):
        if each.recommendation:
            write(response, each.key, by=officer, **SAID)
    approval_workflow.submit(response=response, by=officer, at=AT)
    approval_workflow.approve(response=Response.objects.get(pk=response.pk), by=approver, at=AT)
    publish(Response.objects.get(pk=response.pk), by=officer)
    public = Response.objects.get(pk=response.pk).get_public_url()
    page = read(lead, LIST)
    assert [each.attributes["href"] for each in page.css("tbody td a")] == [public]
    assert lacking(page, "tbody td a", "Custody in Westmarch") == []
    assert public in [each.attributes["href"] for each in read(lead, address(invitation)).css("main dd a")]
    refused = lead.post(address(invitation), {"text": "More."})
    assert wrong(refused) == [""]


def test_a_withdrawn_response_asks_nothing(lead, invitation, officer):
    response = Response.objects.get(pk=invitation.response_id)
    publishing.withdraw_response(response=response, reason="Moot.", by=officer, at=AT)
    assert rows(read(lead, LIST), "tbody tr") == ["Custody in Westmarch Marches OPCC 5 Jan 2099 Not submitted"]
    page = read(lead, address(invitation))
    assert number_of(page, ".app-inside") == 1
    assert page.css("main form") == []


# Who else


def test_another_force_finds_nothing_and_the_office_sees_no_word(
    sign_in, invitation, force_lead, other_force_lead, officer, lead
):
    make_draft_of_comments(invitation, force_lead, text=INSIDE, signed_by=INSIDE, dated=INSIDE)
    assert INSIDE in lead.get(address(invitation)).content.decode()
    other = sign_in(other_force_lead)
    for name in ("write_comments", "submit_comments"):
        assert other.get(address(invitation, name)).status_code == 404
        assert other.post(address(invitation, name), {"text": "x"}).status_code == 404
    assert words(read(other, LIST), "table") == []
    office = sign_in(officer)
    response = invitation.response
    pages = ["/", reverse("response", args=[response.pk]), reverse("draft_response", args=[response.pk])]
    pages += [reverse("read_response", args=[response.pk]), reverse("compliance")]
    assert [url for url in pages if INSIDE in office.get(url).content.decode()] == []
    assert [office.get(address(invitation, name)).status_code for name in ("write_comments", "submit_comments")] == [
        403,
        403,
    ]
    assert draft_of(invitation).text == INSIDE
