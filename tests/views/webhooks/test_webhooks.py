"""The pages of webhooks: the secret that is shown once, buttons that work once, and a list that costs the same."""

import re

import pytest
from django.urls import reverse

from recommendations.domain.webhooks import deliveries, webhooks
from recommendations.domain.webhooks.addresses import NOT_OUTSIDE
from recommendations.domain.webhooks.webhooks import secrets_of
from recommendations.enums.webhooks import CHOSEN, DeliveryState, WebhookEvent
from recommendations.forms.webhooks.webhooks import WebhookWordsForm
from recommendations.models import TrailEntry, Webhook, WebhookDelivery
from tests.conftest import AT
from tests.per_module import per_module

URL = "https://tracker.example.org/hook"
TYPED = {"name": "Tracker", "url": URL, "events": ["paper.issued", "closure.decided"]}
ADD, LIST = reverse("add_webhook"), reverse("webhooks")


@pytest.fixture
def admin(sign_in, administrator):
    return sign_in(administrator)


@per_module
def webhook(administrator):
    return webhooks.add_webhook(name="Tracker", url=URL, events=CHOSEN, by=administrator, at=AT).webhook


def act(webhook) -> str:
    return reverse("act_on_webhook", args=[webhook.pk])


def secret_in(answer) -> str:
    (found,) = re.findall(r"whsec_[\w+/=]+", answer.content.decode())
    return found


def test_a_secret_is_shown_once_and_by_no_other_page(admin):
    answer = admin.post(ADD, TYPED | {"once": "a"})
    made = Webhook.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert secrets_of(made, AT) == [secret_in(answer)]
    assert made.events == ["closure.decided", "paper.issued"]
    assert admin.post(ADD, TYPED | {"once": "a"}).url == made.get_absolute_url()
    again = admin.post(act(made), {"act": "secret", "once": "b"})
    assert secrets_of(made, AT)[0] == secret_in(again) != secret_in(answer)
    for page in (LIST, made.get_absolute_url(), reverse("history", args=["webhook", made.pk])):
        assert "whsec_" not in admin.get(page).content.decode()


def test_another_address_shows_a_new_secret_once(admin, webhook):
    page = webhook.get_absolute_url()

    def save(url: str, once: str):
        version = Webhook.objects.get().version
        return admin.post(page, TYPED | {"url": url, "is_on": "on", "once": once, "version": version})

    before = secrets_of(webhook, AT)
    assert (save(URL, "a").url, secrets_of(webhook, AT)) == (page, before)
    shown = save("https://other.example.org/hook", "b")
    assert (shown.status_code, secrets_of(webhook, AT)) == (200, [secret_in(shown)])
    assert secret_in(shown) not in before


def test_an_approving_officer_reads_address_and_events_and_confirms_words(sign_in, administrator, approver, officer):
    facts = {"name": "Tracker", "url": URL, "events": ["closure.decided"], "by": administrator, "at": AT}
    webhook = webhooks.add_webhook(with_text=True, **facts).webhook
    page = webhook.get_words_url()
    assert [sign_in(each).get(page).status_code for each in (administrator, officer)] == [403, 403]
    client = sign_in(approver)
    shown = client.get(page)
    facts = re.findall(r"<dd>(.*?)</dd>", shown.content.decode())
    assert facts == ["Tracker", URL, WebhookEvent.CLOSURE_DECIDED.label, administrator.name]
    assert client.post(page, {"once": "a", "version": 1}).context["form"].errors.keys() == {"send"}
    assert client.post(page, {"send": "yes", "once": "b", "version": 1}).url == page
    webhook.refresh_from_db()
    assert (webhook.sends_words, webhook.words_confirmed_by) == (True, approver)
    stale = client.post(page, {"send": "no", "once": "c", "version": 1})
    assert stale.context["form"].non_field_errors() == [WebhookWordsForm.read_again]
    client.post(page, {"send": "no", "once": "d", "version": webhook.version})
    webhook.refresh_from_db()
    assert (webhook.with_text, webhook.sends_words) == (False, False)


def test_what_is_wrong_stands_beside_what_was_typed(admin):
    answer = admin.post(ADD, TYPED | {"url": "https://10.0.0.1/"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"url": [NOT_OUTSIDE]}
    assert answer.context["form"]["name"].value() == "Tracker"


def test_a_test_says_at_once_what_became_of_it(admin, webhook, settings):
    """Nobody has this name, as a look-up says."""
    facts = {"name": "Tracker", "url": "https://nobody.invalid/", "events": CHOSEN}
    webhooks.change_webhook(webhook=webhook, **facts, by=None, at=AT)
    answer = admin.post(act(webhook), {"act": "test", "once": "a"}, follow=True)
    delivery = WebhookDelivery.objects.get()
    assert [(each.level_tag, str(each)) for each in answer.context["messages"]] == [("error", delivery.problem)]
    assert (delivery.state, delivery.event, delivery.attempts) == (DeliveryState.GIVEN_UP, "test", 1)


def test_a_message_is_sent_again_on_demand_and_a_removed_webhook_has_no_page(admin, webhook):
    delivery = webhooks.send_test(webhook=webhook, by=None, at=AT)
    again = reverse("send_webhook_again", args=[delivery.pk])
    refused = admin.post(again, {"once": "a"}, follow=True)
    assert [each.level_tag for each in refused.context["messages"]] == ["error"]
    deliveries.claim(delivery, at=AT)
    deliveries.mark_failed(delivery, "It answered 500.", status=500, at=AT)
    admin.post(again, {"once": "b"})
    assert WebhookDelivery.objects.get().state == DeliveryState.WAITING
    assert admin.post(act(webhook), {"act": "remove", "once": "c"}).url == LIST
    assert [admin.get(page).status_code for page in (webhook.get_absolute_url(), LIST)] == [404, 200]
    assert admin.post(again, {"once": "d"}).status_code == 404
    assert TrailEntry.objects.latest("sequence").verb != "send_webhook_again"


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_and_the_page_cost_the_same_for_one_as_for_three(
    admin, administrator, number, django_assert_num_queries
):
    for place in range(number):
        made = webhooks.add_webhook(name=f"No {place}", url=URL, events=CHOSEN, by=administrator, at=AT).webhook
        for _ in range(number):
            webhooks.send_test(webhook=made, by=administrator, at=AT)
    admin.get(LIST)
    with django_assert_num_queries(6):
        admin.get(LIST)
    with django_assert_num_queries(9):
        admin.get(made.get_absolute_url())
