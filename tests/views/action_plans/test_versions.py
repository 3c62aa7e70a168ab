"""The office's pages of an action plan: where they are, looking, sending, publishing with the PDF."""

import page as pdf_validator
from django.urls import reverse

from recommendations.domain.register import restrictions
from recommendations.models import ActionPlan, TrackedRecommendation
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.action_plans import fire_inspection, prepared
from tests.makers.sources import follow
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import links, parsed

OFFICE = reverse("action_plan", args=["westmarch"])
PREPARE = reverse("prepare_action_plan", args=["westmarch"])
FORCE = reverse("force", args=["westmarch"])
HOME = reverse("home")


@per_module
def lines(westmarch):
    report = fire_inspection(westmarch)
    return [make_tracked(report, number=n, text=f"The service should drill {n}.") for n in "12"]


def filled_in(page) -> dict:
    named = parsed(page).css("main form[method=post] [name]")
    return fields_among([each for each in named if each.tag != "button"])


def test_an_office_that_does_not_follow_fire_inspections_sees_nothing(client, sign_in, lines, inspection, officer):
    sign_in(officer)
    record, other = (reverse("tracked", args=[each.pk]) for each in (lines[0], make_tracked(inspection)))
    assert [client.get(path).status_code for path in (OFFICE, PREPARE)] == [404, 404]
    assert not any("ction plan" in client.get(path).text for path in (FORCE, record))
    assert "planned_action" not in edited(client, lines[0]).context["form"].fields
    follow("fire")
    assert client.get(OFFICE).status_code == 200
    assert all(OFFICE in links(client.get(path), "main a") for path in (FORCE, record))
    assert OFFICE not in links(client.get(other), "main a")


def edited(client, tracked, **typed):
    return client.post(reverse("edit_tracked", args=[tracked.pk]), {"version": 1, "directed_to_force": "on"} | typed)


def test_the_action_is_entered_on_the_record(client, sign_in, lines, officer):
    follow("fire")
    sign_in(officer)
    wrong = edited(client, lines[0], planned_action="Drill each crew.")
    assert (wrong.status_code, wrong.context["form"]["planned_action"].value()) == (200, "Drill each crew.")
    edited(client, lines[0], reference="WM-0001", planned_action="Drill each crew.")
    assert TrackedRecommendation.objects.get(pk=lines[0].pk).planned_action == "Drill each crew."
    assert "Drill each crew." in client.get(lines[0].get_absolute_url()).text


def test_what_is_sent_is_what_was_looked_at_and_another_publishes_it(client, sign_in, lines, body, officer, approver):
    follow("fire")
    sign_in(officer)
    looked = client.get(PREPARE)
    assert [url for _, url, _ in looked.context["gaps"]] == [each.get_absolute_url() for each in lines]
    sent = filled_in(looked)
    restrictions.restrict(tracked=lines[1], reason="Why.", effective_on=None, by=officer, at=AT)
    refused = client.post(PREPARE, sent)
    assert (refused.status_code, ActionPlan.objects.count()) == (422, 0)
    assert client.post(PREPARE, filled_in(refused)).url == ActionPlan.objects.get().get_absolute_url()
    publish = reverse("publish_action_plan", args=[ActionPlan.objects.get().pk])
    assert client.get(publish).status_code == 403
    sign_in(approver)
    assert ActionPlan.objects.get().get_absolute_url() in links(client.get(HOME), "main a")
    assert publish in links(client.get(ActionPlan.objects.get().get_absolute_url()), "main a")
    client.post(publish, filled_in(client.get(publish)))
    made = ActionPlan.objects.get()
    assert (made.state, made.number) == ("released", 1)
    report = pdf_validator.validate_pdf_bytes(bytes(made.pdf.content), profile=pdf_validator.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in report.failures] == []


def test_who_prepared_it_has_no_way_to_publish_it(client, sign_in, lines, body, approver):
    own = prepared(lines[0].force, by=approver)
    sign_in(approver)
    publish = reverse("publish_action_plan", args=[own.pk])
    assert publish not in links(client.get(own.get_absolute_url()), "main a")
    assert own.get_absolute_url() not in links(client.get(HOME), "main a")
    refused = client.post(publish, filled_in(client.get(publish)))
    assert (refused.status_code, ActionPlan.objects.get().state) == (422, "waiting")


def test_a_page_costs_the_same_for_one_line_and_for_many(
    client, sign_in, westmarch, body, officer, django_assert_num_queries
):
    follow("fire")
    sign_in(officer)
    report = fire_inspection(westmarch)
    make_tracked(make_inspection(westmarch))
    for number in range(1, 4):
        make_tracked(report, number=str(number), text=f"The service should drill {number}.")
        with django_assert_num_queries(OF_PLAN):
            client.get(OFFICE)
        with django_assert_num_queries(OF_LOOK):
            client.get(PREPARE)


OF_PLAN, OF_LOOK = 18, 16
