"""Requests of committees beside the actions of meetings: one log, the next agenda, and what answers one."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from recommendations.domain.public.meetings import compile_meeting
from recommendations.domain.register.restrictions import restrict
from recommendations.enums import PanelKind
from recommendations.models import Action, AgendaItem, Attachment, CommitteeRequest, RequestProof
from tests.conftest import make_inspection, make_tracked
from tests.makers.accountability import DAY, agreed, confirm, make_ready, minuted, plan
from tests.makers.committees import make_panel, make_request
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import links, parsed

LOG = reverse("action_log", args=["westmarch"])


@per_module
def panel():
    return make_panel("Crime panel", kind=PanelKind.POLICE_AND_CRIME)


def ask_late(panel, westmarch) -> CommitteeRequest:
    days = {"asked_on": localdate() - 60 * DAY, "due_on": localdate() - DAY, "at": now()}
    return make_request(panel, "26/14", force=westmarch, text="When are the targets met?", **days)


def filled_in(page) -> dict:
    named = parsed(page).css("main form[method=post] [name]")
    return fields_among([each for each in named if each.tag != "button"])


def logged(client) -> list[tuple[str, str]]:
    return [(row.line.words, row.line.stands) for row, _ in client.get(LOG).context["rows"]]


def test_one_log_has_both_and_each_closes_by_what_shows_it(client, sign_in, panel, westmarch, officer, force_lead):
    minuted(westmarch, by=officer, at=now() - 9 * DAY, actions=(agreed(due_on=localdate() + DAY),))
    late = ask_late(panel, westmarch)
    sign_in(force_lead)
    assert logged(client) == [("Publish the plan.", "To do")]  # the committee's request is on no agenda yet
    sign_in(officer)
    assert logged(client) == [("When are the targets met?", "Open, 1 day late"), ("Publish the plan.", "To do")]
    close = reverse("close_request", args=[late.pk])
    assert {close, late.get_absolute_url()} <= set(links(client.get(LOG), "main a"))
    sent = filled_in(client.get(close))
    refused = client.post(close, sent | {"kind": "letter", "effective_on": "1/1/2020", "words": "Letter of May."})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["effective_on"])
    assert refused.context["form"]["words"].value() == "Letter of May."
    assert client.post(close, sent | {"kind": "letter", "words": "Letter of May."}).url == late.get_absolute_url()
    assert logged(client) == [("Publish the plan.", "To do"), ("When are the targets met?", "Answered")]
    page = client.get(late.get_absolute_url())
    assert "Letter of May." in page.text
    assert client.get(close).url == late.get_absolute_url()
    again = reverse("reopen_request", args=[late.pk])
    assert again in links(page, "main a")
    sent = filled_in(client.get(again))
    assert client.post(again, sent | {"reason": ""}).status_code == 422
    client.post(again, sent | {"reason": "It was about another one."})
    assert CommitteeRequest.objects.waiting().get() == late
    assert client.get(again).url == late.get_absolute_url()


def test_it_stands_on_the_agenda_and_closes_with_the_minutes(client, sign_in, panel, westmarch, officer, force_lead):
    late = ask_late(panel, westmarch)
    sign_in(officer)
    meeting = plan(westmarch, by=officer, at=now())
    assert [each.record for each in client.get(meeting.get_absolute_url()).context["to_carry"]] == [late]
    make_ready(meeting, by=officer, at=now())
    item = AgendaItem.objects.get(meeting=meeting)
    address = reverse("write_minutes", args=[meeting.pk])
    page = client.get(address)
    assert "When are the targets met?" in page.text
    sent = filled_in(page) | {f"answered_{item.pk}": "By May.", f"proof_{item.pk}": "meeting"}
    assert list(client.post(address, sent).context["form"].errors) == [f"proofwords_{item.pk}"]
    client.post(address, sent | {f"proofwords_{item.pk}": "The chief constable gave the days."})
    assert RequestProof.objects.get(item=item).request == late
    confirm(meeting, by=officer, at=now())
    sign_in(force_lead)
    assert logged(client) == [("When are the targets met?", "Answered")]
    shown = client.get(meeting.get_absolute_url()).text
    assert ("gave the days" in shown, late.get_absolute_url() in links(client.get(LOG), "main a")) == (True, False)


def test_an_action_about_what_is_restricted_is_left_out_of_public_minutes(westmarch, officer):
    """It was agreed at an item that is public."""
    hidden = make_tracked(make_inspection(westmarch, at=now()), at=now())
    actions = (agreed(), agreed("Mend the okapi gate.", tracked=(hidden,)))
    meeting = minuted(westmarch, by=officer, at=now(), actions=actions)
    assert "okapi" in str(compile_meeting(meeting=meeting, user=officer, on=localdate()))
    restrict(tracked=hidden, reason="It names a person.", by=officer, at=now())
    facts = compile_meeting(meeting=meeting, user=officer, on=localdate())
    assert ("okapi" in str(facts), facts.actions_left_out, len(facts.items[0].actions)) == (False, 1, 1)


def test_files_of_an_action_stand_beside_what_shows_that_it_is_done(client, sign_in, westmarch, officer, force_lead):
    minuted(westmarch, by=officer, at=now() - 9 * DAY, actions=(agreed(due_on=localdate() + DAY),))
    action = Action.objects.get()
    sign_in(force_lead)
    page = client.get(reverse("action", args=[action.pk]))
    (address,) = [each for each in links(page, "main a") if each.startswith("/files/")]
    file = SimpleUploadedFile("plan.txt", b"The plan, as published.")
    assert address == reverse("files", args=["action", action.pk])
    client.post(reverse("attach_files", args=["action", action.pk]), filled_in(client.get(address)) | {"chosen": file})
    found = Attachment.objects.get(action=action)
    for user in (force_lead, officer):
        sign_in(user)
        assert reverse("file", args=[found.pk]) in links(client.get(LOG), "main a")
        assert reverse("file", args=[found.pk]) in links(client.get(reverse("action", args=[action.pk])), "main a")
        answer = client.get(reverse("file", args=[found.pk]))
        assert io.BytesIO(b"".join(answer.streaming_content)).getvalue() == b"The plan, as published."
