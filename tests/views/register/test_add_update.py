"""Adding an update beside a row of the register, and going on to the next row of the same list."""

from django.urls import reverse

from recommendations.domain.register import voices
from recommendations.models import ForceUpdate, TrailEntry
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, number_of, parsed, wrong
from tests.views.register.page import REGISTER, address, ago, now, recent_inspection, shown, text_of, three_overdue


@per_module
def three(westmarch):
    return three_overdue(recent_inspection(westmarch))


def send(client, tracked, query: str = "", **typed):
    return client.post(f"{reverse('register_add_update', args=[tracked.pk])}{query}", typed)


def offered(page) -> list[str]:
    """The names that “Said by” suggests."""
    box = parsed(page).css_first("input[name=said_by]")
    return [each.attributes["value"] for each in parsed(page).css(f"#{box.attributes['list']} option")]


def test_a_name_that_is_not_chosen_is_not_recorded(sign_in, officer, three):
    voices.log_force_update(tracked=three[0], done="Begun.", said_by="Callum Tranter", by=officer, at=now())
    client = sign_in(officer)
    form = parsed(client.get(address(add=three[0].pk))).css_first("section.app-add form")
    typed = {each.attributes["name"]: each.attributes.get("value") or "" for each in form.css("input")}
    send(client, three[0], **typed | {"done": "More.", "then": "stay"})
    assert list(three[0].updates.order_by("pk").values_list("done", "said_by")) == [
        ("Begun.", "Callum Tranter"),
        ("More.", ""),
    ]


def test_the_form_stands_beside_with_the_last_word_in_sight(sign_in, officer, three):
    first, second, _ = three
    facts = {"tracked": second, "by": officer, "at": now()}
    voices.log_force_update(done="Bells are tested.", said_by="Callum Tranter", forecast_on=ago(-60), **facts)
    voices.record_assurance(view="not_assured", rationale="One audit is not a trend.", **facts)
    client = sign_in(officer)
    page = client.get(address(rag="red", add=second.pk))
    panel, words = page.context["panel"], text_of(page)
    assert (panel.place, panel.next_reference) == ("2 of 3", "WM-0003")
    assert "Bells are tested. Forecast" in words
    assert "Callum Tranter" in panel.last_by
    assert (page.context["form"]["said_by"].value(), offered(page)) == ("", ["Callum Tranter"])
    assert panel.skip_to == f"/register/?rag=red&add={three[2].pk}#row-{three[2].pk}"
    assert [label for label, _, _ in panel.tabs] == ["Force update", "OPCC assurance", "HMICFRS status"]
    assured = client.get(address(add=second.pk, voice="assurance")).context["panel"]
    assert assured.last == "Not assured. One audit is not a trend."
    assert client.get(address(add=first.pk)).context["panel"].last == ""


def test_a_force_lead_adds_force_updates_only(sign_in, force_lead, three):
    client = sign_in(force_lead)
    page = client.get(address(add=three[0].pk, voice="assurance"))
    assert (page.context["panel"].voice, len(page.context["panel"].tabs)) == ("force-update", 1)
    refused = send(client, three[0], "?voice=assurance", view="assured", rationale="Fine.")
    assert refused.status_code == 403
    assert three[0].assurances.count() == 0
    assert TrailEntry.objects.last().verb == "refused"


def test_save_and_next_keeps_filter_order_and_place(sign_in, officer, three):
    first, second, third = three
    client = sign_in(officer)
    query = "?rag=red&sort=-due"
    page = client.get(f"{REGISTER}{query}&add={third.pk}")
    panel = page.context["panel"]
    assert panel.action == f"/register/{third.pk}/update/{query}#row-{third.pk}"
    answer = send(client, third, query, done="It was done.", then="next", next=panel.next_pk)
    assert answer.url == f"/register/{query}&add={second.pk}#row-{second.pk}"
    assert third.updates.get().done == "It was done."
    told = client.get(answer.url)
    assert (flashes(told), lacking(told, ".app-flash", "WM-0003")) == (["success"], [])
    stays = send(client, second, query, done="This too.", then="stay", next=first.pk)
    assert stays.url == f"/register/{query}&next={first.pk}&add={second.pk}#row-{second.pk}"


def test_a_row_that_leaves_the_list_still_leads_to_the_next(sign_in, officer, three):
    first, second, _ = three
    client, query = sign_in(officer), "?stage=awaiting_allocation"
    answer = send(client, first, query, done="Begun.", stage="in_progress", then="stay", next=second.pk)
    page = client.get(answer.url)
    assert shown(page) == ["WM-0002", "WM-0003"]
    assert (page.context["panel"].record, page.context["panel"].place) == (first, "")
    assert "not in this list now" in text_of(page)
    assert page.context["panel"].next_reference == "WM-0002"


def test_after_the_last_row_comes_the_list(sign_in, officer, three):
    client = sign_in(officer)
    page = client.get(address(add=three[2].pk))
    assert "Save and close" in text_of(page)
    assert "Skip to WM" not in text_of(page)
    answer = send(client, three[2], "?rag=red", done="Done.", then="next")
    assert answer.url == f"/register/?rag=red#row-{three[2].pk}"


def test_each_voice_is_saved_from_the_list(sign_in, officer, three):
    first, second, _ = three
    client = sign_in(officer)
    answer = send(client, first, "?voice=assurance", view="assured", rationale="Seen.", then="next", next=second.pk)
    assert answer.url == f"/register/?voice=assurance&add={second.pk}#row-{second.pk}"
    send(client, first, "?voice=status", status="complete", effective_on=str(ago(1)), then="stay")
    first.refresh_from_db()
    now = first.standing
    assert (now.assurance, now.inspectorate_status, now.inspectorate_status_on) == ("assured", "complete", ago(1))


def test_an_error_keeps_what_was_typed_and_the_list(sign_in, officer, three):
    said = {"done": "Begun.", "said_by": "Callum Tranter"}
    voices.log_force_update(tracked=three[1], by=officer, at=now(), **said)
    client = sign_in(officer)
    answer = send(client, three[1], "?rag=red", done=" ", effective_on="31 Nov 2025", said_by="Callum", then="next")
    words = text_of(answer)
    assert answer.status_code == 200
    assert wrong(answer) == ["done", "effective_on"]
    assert number_of(answer, "p.govuk-error-message") == 2
    assert words.count("31 November 2025") == 2  # in the summary, and at the field
    assert 'value="31 Nov 2025"' in answer.content.decode()
    assert 'value="Callum"' in answer.content.decode()
    assert offered(answer) == ["Callum Tranter"]
    assert shown(answer) == ["WM-0001", "WM-0002", "WM-0003"]
    assert answer.context["panel"].place == "2 of 3"
    assert [each.done for each in ForceUpdate.objects.all()] == ["Begun."]


def test_a_refusal_of_the_verb_is_told_at_its_field(sign_in, officer, three):
    answer = send(sign_in(officer), three[0], done="Done.", effective_on="1/1/2150")
    assert lacking(answer, "p.govuk-error-message", "1 January 2150") == []
    assert answer.context["form"].errors.keys() == {"effective_on"}


def test_a_form_sent_twice_is_saved_once_and_leads_on(sign_in, officer, three):
    client = sign_in(officer)
    once = client.get(address(add=three[0].pk)).context["form"]["once"].value()
    typed = {"done": "Once.", "once": once, "then": "next", "next": three[1].pk}
    first, second = send(client, three[0], **typed), send(client, three[0], **typed)
    assert first.url == second.url == address(add=three[1].pk) + f"#row-{three[1].pk}"
    assert three[0].updates.count() == 1


def test_the_address_of_a_sent_form_leads_back_to_the_list(sign_in, officer, three):
    answer = sign_in(officer).get(reverse("register_add_update", args=[three[0].pk]) + "?rag=red")
    assert answer.url == f"/register/?rag=red&add={three[0].pk}#row-{three[0].pk}"


def test_nobody_adds_from_the_past(sign_in, officer, three):
    client = sign_in(officer)
    assert client.get(address(as_at=ago(1), add=three[0].pk)).context["panel"] is None
    assert "Add update" not in text_of(client.get(address(as_at=ago(1))))
