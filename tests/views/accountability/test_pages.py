"""The pages of accountability meetings: agenda, minutes, documents, the log, and what is released."""

import datetime
import io
import re

import page as pdf_validator
import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from docx import Document

from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.accountability.queries import meeting_facts
from recommendations.domain.actions.actions import latest_row
from recommendations.domain.public import meetings as verbs
from recommendations.domain.register.restrictions import restrict
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    ActionProof,
    AgendaItem,
    ItemMinutes,
    MeetingRelease,
    TrailEntry,
    TypedDraft,
)
from tests.conftest import make_inspection, make_tracked
from tests.makers.accountability import DAY, agreed, confirm, make_ready, minuted, plan, put_on, write
from tests.views.form_of import fields_among
from tests.views.hooks import links, parsed

LIST = reverse("accountability")
SECRET = "zqsecret"
WORDS = ("zebra", "giraffes", "okapi")


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch, at=now()), at=now())


@pytest.fixture
def ready(westmarch, officer):
    """A meeting of today with one item, whose agenda is ready."""
    meeting = plan(westmarch, by=officer, at=now())
    put_on(meeting, by=officer, at=now(), question="How many wait?")
    return make_ready(meeting, by=officer, at=now())


def filled_in(page) -> dict:
    named = parsed(page).css("main form[method=post] [name]")
    return fields_among([each for each in named if each.tag != "button"])


def test_a_meeting_is_planned_and_its_agenda_made(client, sign_in, officer, force_lead, record):
    sign_in(officer)
    assert reverse("plan_accountability") in links(client.get(LIST), "main a")
    sent = {"force": record.force_id, "title": "Spring meeting", "on": f"{localdate():%d/%m/%Y}", "in_public": "on"}
    wrong = client.post(reverse("plan_accountability"), sent | {"on": ""})
    assert (wrong.status_code, wrong.context["form"]["title"].value()) == (422, "Spring meeting")
    client.post(reverse("plan_accountability"), sent)
    meeting = AccountabilityMeeting.objects.get()
    page, add = meeting.get_absolute_url(), reverse("add_agenda_item", args=[meeting.pk])
    refused = client.post(add, {"kind": "tracked", "tracked": "WM-9999", "question": "Why?"})
    assert (refused.status_code, refused.context["form"]["question"].value()) == (422, "Why?")
    assert list(refused.context["form"].errors) == ["tracked"]
    client.post(add, {"kind": "tracked", "tracked": record.reference.lower(), "question": "Why?"})
    client.post(add, {"kind": "register", "colours": ["red", "amber"], "late_only": "on"})
    first, second = AgendaItem.objects.order_by("position")
    client.post(reverse("move_agenda_item", args=[second.pk]), {"where": "up"})
    assert [row for _, row in client.get(page).context["items"]] == [second, first]
    client.post(reverse("change_agenda_item", args=[second.pk]), {"kind": "words", "heading": "Fraud"})
    client.post(reverse("remove_agenda_item", args=[first.pk]))
    assert [item.words.title for item, _ in client.get(page).context["items"]] == ["Fraud"]
    sign_in(force_lead)
    assert client.get(page).status_code == 404
    sign_in(officer)
    client.post(reverse("make_agenda_ready", args=[meeting.pk]), {"version": meeting.version})
    assert AccountabilityMeeting.objects.get().is_preparing  # the items were added since
    meeting.refresh_from_db()
    client.post(reverse("make_agenda_ready", args=[meeting.pk]), {"version": meeting.version})
    sign_in(force_lead)
    assert [each.words.title for each in client.get(page).context["facts"].items] == ["Fraud"]
    assert page in links(client.get(LIST), "main a")


def test_minutes_lose_nothing_that_is_typed(client, sign_in, ready, officer, force_lead):
    sign_in(officer)
    (item,) = ready.items.all()
    address, pk = reverse("write_minutes", args=[ready.pk]), item.pk
    sent = filled_in(client.get(address))
    assert sent[f"asked_{pk}"] == ["How many wait?"]
    sent |= {f"answered_{pk}": "Forty.", f"words_{pk}_0": "Bring the plan.", f"owner_{pk}_0": "Head of contact"}
    kept = client.post(reverse("save_typed", args=["minutes", ready.pk]), sent)
    assert (kept.status_code, TypedDraft.objects.get().fields[f"answered_{pk}"]) == (200, "Forty.")
    assert client.get(address).context["form"][f"words_{pk}_0"].value() == "Bring the plan."
    more = client.post(address, sent | {"another": pk})
    assert (more.status_code, len(more.context["rows"][0].fields.rows)) == (200, 3)
    assert more.context["form"][f"owner_{pk}_0"].value() == "Head of contact"
    refused = client.post(address, sent)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [f"due_{pk}_0"])
    assert refused.context["form"][f"answered_{pk}"].value() == "Forty."
    assert not ItemMinutes.objects.exists()
    due = localdate() + 30 * DAY
    client.post(address, sent | {f"due_{pk}_0": f"{due:%d/%m/%Y}"})
    action = Action.objects.get()
    assert (action.words, latest_row(action).due_on, action.agreed_at.item) == ("Bring the plan.", due, item)
    assert not TypedDraft.objects.exists()
    page = ready.get_absolute_url()
    sign_in(force_lead)
    assert "Forty." not in client.get(page).text
    sign_in(officer)
    ready.refresh_from_db()
    client.post(reverse("confirm_minutes", args=[ready.pk]), {"version": ready.version})
    sign_in(force_lead)
    assert "Forty." in client.get(page).text


def test_two_people_who_write_at_once_see_each_others_words(client, sign_in, ready, officer):
    sign_in(officer)
    address, (item,) = reverse("write_minutes", args=[ready.pk]), ready.items.all()
    first, second = filled_in(client.get(address)), filled_in(client.get(address))
    client.post(address, first | {f"answered_{item.pk}": "Forty."})
    refused = client.post(address, second | {f"answered_{item.pk}": "Fifty."})
    assert (refused.status_code, refused.context["form"].conflicts()) == (
        422,
        [("1. Call handling: what was answered", "Forty.", "Fifty.")],
    )
    client.post(address, filled_in(refused))
    assert ItemMinutes.objects.get().answered == "Fifty."


def test_minutes_keep_what_two_people_wrote_at_once(client, sign_in, ready, officer):
    sign_in(officer)
    address, (item,) = reverse("write_minutes", args=[ready.pk]), ready.items.all()
    pk, first, second = item.pk, filled_in(client.get(address)), filled_in(client.get(address))
    theirs = {f"answered_{pk}": "Forty.", f"view_{pk}": "partly_assured", f"why_{pk}": "Too slow."}
    client.post(address, first | theirs | {f"asked_{pk}": "How many wait now?"})
    mine = {"present": "The chief constable.", f"view_{pk}": "assured"}
    kept = reverse("save_typed", args=["minutes", ready.pk])
    client.post(kept, second | mine)  # as the script does, after the other has saved
    form = client.post(address, filled_in(client.get(address))).context["form"]
    for refused in (form, client.post(address, second | mine).context["form"]):
        assert refused.conflicts() == [("1. Call handling: the body’s view", "Partly assured", "Assured")]
        assert refused.their_changes() == [
            ("1. Call handling: what was asked", "How many wait now?"),
            ("1. Call handling: what was answered", "Forty."),
            ("1. Call handling: why", "Too slow."),
        ]
    client.post(address, form.data)
    row, saved = ItemMinutes.objects.get(), AccountabilityMeeting.objects.get()
    assert (row.asked, row.answered, row.view, row.why) == ("How many wait now?", "Forty.", "assured", "Too slow.")
    assert (saved.present, TypedDraft.objects.exists()) == ("The chief constable.", False)


def test_an_action_is_carried_forward_and_closed_by_a_letter(client, sign_in, westmarch, officer, force_lead):
    minuted(
        westmarch,
        by=officer,
        at=now() - 9 * DAY,
        actions=(agreed(due_on=localdate() - DAY), agreed("Later.", due_on=localdate() + DAY)),
    )
    sign_in(officer)
    log = reverse("action_log", args=["westmarch"])
    assert [each.line.late for each, _ in client.get(log).context["rows"]] == [1, 0]
    action = Action.objects.get(words="Publish the plan.")
    close = reverse("close_meeting_action", args=[action.pk])
    assert close in links(client.get(log), "main a")
    sent = filled_in(client.get(close))
    refused = client.post(close, sent | {"kind": "letter"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["words"])
    client.post(close, sent | {"kind": "letter", "words": "Letter of 3 May."})
    assert (ActionProof.objects.get().words, latest_row(action).state) == ("Letter of 3 May.", "done")
    assert client.get(close).url == log
    sign_in(force_lead)
    assert [each.line.done[:8] for each, _ in client.get(log).context["rows"]] == ["", "A letter"]
    assert (close in links(client.get(log), "main a"), client.get(close).status_code) == (False, 403)


def read_word(answer) -> str:
    document = Document(io.BytesIO(answer.getvalue()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


def test_documents_leave_out_what_is_restricted_and_count_it(client, sign_in, westmarch, body, record, officer):
    meeting = plan(westmarch, by=officer, at=now())
    put_on(meeting, by=officer, at=now(), kind="register")
    put_on(meeting, by=officer, at=now(), heading=SECRET, restricted=True)
    make_ready(meeting, by=officer, at=now())
    restrict(tracked=record, reason="It names a person.", by=officer, at=now())
    sign_in(officer)
    address = reverse("meeting_document", args=[meeting.pk, "agenda", "docx"])
    answers = [client.get(address), client.get(f"{address}?restricted=1")]
    names = [re.search('filename="(.*)"', answer["Content-Disposition"])[1] for answer in answers]
    assert names == [f"westmarch-agenda-{localdate()}.docx", f"westmarch-agenda-{localdate()}-restricted.docx"]
    downloads = TrailEntry.objects.filter(verb="export_meeting").order_by("pk")
    assert [entry.about for entry in downloads] == names
    text, whole = map(read_word, answers)
    assert (SECRET in text, record.reference in text, SECRET in whole, record.reference in whole) == (
        *(False, False),
        *(True, True),
    )
    facts = meeting_facts(meeting, user=officer, day=localdate(), with_restricted=False)
    assert (facts.left_out, facts.lines_left_out, facts.left_out_words in text) == (1, 1, True)
    assert client.get(reverse("meeting_document", args=[meeting.pk, "minutes", "docx"])).status_code == 404


@pytest.mark.parametrize("kind", ["minutes", "action-log"])
def test_the_pdf_is_for_everyone(client, sign_in, westmarch, body, record, officer, kind):
    meeting = minuted(westmarch, by=officer, at=now(), actions=(agreed(),), tracked=record)
    sign_in(officer)
    answer = client.get(reverse("meeting_document", args=[meeting.pk, kind, "pdf"]))
    profile = pdf_validator.ValidationProfile.PDF_UA_1
    report = pdf_validator.validate_pdf_bytes(answer.getvalue(), profile=profile)
    assert [str(failure) for failure in report.failures] == []


def test_what_is_public_is_released_by_another_without_what_is_restricted(
    client, sign_in, westmarch, body, record, officer, approver
):
    meeting = plan(westmarch, by=officer, at=now())
    put_on(meeting, by=officer, at=now(), tracked=record)
    put_on(meeting, by=officer, at=now(), heading=SECRET, restricted=True)
    make_ready(meeting, by=officer, at=now())
    sign_in(officer)
    prepare = f"{reverse('prepare_meeting_page', args=['westmarch'])}?meeting={meeting.pk}"
    looked = client.get(prepare)
    assert (SECRET in looked.text, record.reference in looked.text) == (False, True)
    client.post(prepare, filled_in(looked))
    waiting = MeetingRelease.objects.get()
    release = reverse("release_meeting_page", args=[waiting.pk])
    assert client.get(release).status_code == 403
    sign_in(approver)
    assert waiting.get_absolute_url() in links(client.get(reverse("home")), "main a")
    assert client.get(reverse("public_meeting", args=["westmarch"])).status_code == 404
    client.post(release, filled_in(client.get(release)))
    waiting.refresh_from_db()
    public = waiting.get_public_url()
    pages = [reverse("public_meetings"), reverse("public_meeting", args=["westmarch"]), public]
    pages += [reverse("public_meeting_feed", args=["westmarch"]), f"{public}meeting.json"]
    client.logout()
    texts = [client.get(each).text for each in pages]
    assert not any(SECRET in each for each in texts)
    assert verbs.facts_of(waiting).left_out_words in texts[2]
    assert public in texts[0]
    profile = pdf_validator.ValidationProfile.PDF_UA_1
    content = client.get(f"{public}meeting.pdf").getvalue()
    assert [str(each) for each in pdf_validator.validate_pdf_bytes(content, profile=profile).failures] == []
    assert re.findall(r"<entry>.*?<title>(.*?)</title>", texts[3], re.DOTALL) == [
        f"Agenda: Accountability meeting, {localdate().day} {localdate():%B %Y}"
    ]


def test_what_becomes_restricted_while_it_waits_is_not_released(
    client, sign_in, westmarch, body, record, officer, approver
):
    meeting = plan(westmarch, by=officer, at=now())
    put_on(meeting, by=officer, at=now(), tracked=record)
    make_ready(meeting, by=officer, at=now())
    sign_in(officer)
    prepare = f"{reverse('prepare_meeting_page', args=['westmarch'])}?meeting={meeting.pk}"
    client.post(prepare, filled_in(client.get(prepare)))
    restrict(tracked=record, reason="It names a person.", by=officer, at=now())
    sign_in(approver)
    waiting = MeetingRelease.objects.get()
    release = reverse("release_meeting_page", args=[waiting.pk])
    refused = client.post(release, filled_in(client.get(release)))
    assert (refused.status_code, MeetingRelease.objects.get().state) == (422, "waiting")
    assert client.get(waiting.get_absolute_url()).context["gone"] != []


def test_a_meeting_costs_the_same_queries_for_one_item_as_for_three(
    client, sign_in, westmarch, body, officer, django_assert_num_queries
):
    """Of a kind: each kind that is on the agenda costs its own."""
    sign_in(officer)
    client.get(LIST)
    at = now()
    one, three = (plan(westmarch, by=officer, at=at) for _ in range(2))
    records = [make_tracked(make_inspection(westmarch, title=each, short_name=each, at=at), at=at) for each in "ABC"]
    put_on(one, by=officer, at=at, tracked=records[0])
    for each in records:
        put_on(three, by=officer, at=at, tracked=each)
    for meeting in (one, three):
        with django_assert_num_queries(28):
            client.get(meeting.get_absolute_url())


def test_minutes_wait_for_the_day(client, sign_in, westmarch, officer):
    meeting = plan(westmarch, by=officer, at=now(), on=localdate() + datetime.timedelta(days=3))
    put_on(meeting, by=officer, at=now())
    make_ready(meeting, by=officer, at=now())
    sign_in(officer)
    address = reverse("write_minutes", args=[meeting.pk])
    assert client.get(address).url == meeting.get_absolute_url()
    assert address not in links(client.get(meeting.get_absolute_url()), "main a")


def test_the_first_page_calendar_and_search_lead_to_meetings(client, sign_in, westmarch, record, officer, force_lead):
    """What is not finished leads nobody of the force there."""
    past = plan(westmarch, by=officer, at=now(), on=localdate() - 3 * DAY)
    item = put_on(past, by=officer, at=now(), heading="Zebra crossings", question="Why?")
    make_ready(past, by=officer, at=now())
    write(past, ItemNotes(item=item, answered="Of giraffes."), by=officer, at=now())
    coming = plan(westmarch, by=officer, at=now(), on=localdate() + 3 * DAY)
    put_on(coming, by=officer, at=now(), heading="Okapi")
    pages = (reverse("home"), reverse("calendar"), *(f"{reverse('search')}?q={word}" for word in WORDS))

    def found(person) -> list[set]:
        sign_in(person)
        urls = {past.get_absolute_url(): "past", coming.get_absolute_url(): "coming"}
        return [{urls[url] for url in links(client.get(page), "main a") if url in urls} for page in pages]

    assert found(officer) == [{"past", "coming"}, {"past", "coming"}, {"past"}, {"past"}, {"coming"}]
    assert found(force_lead) == [set(), set(), {"past"}, set(), set()]
    make_ready(coming, by=officer, at=now())
    confirm(past, by=officer, at=now())
    assert found(officer)[0] == {"coming"}
    assert found(force_lead) == [{"coming"}, {"coming"}, {"past"}, {"past"}, {"coming"}]
