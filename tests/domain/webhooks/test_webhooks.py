"""Webhooks: what they are told of, what a message says, who may add one, and how its secret is kept and replaced."""

import datetime
import ipaddress
import json

import pytest

from recommendations import keys, trail
from recommendations.domain.people.renewing import renew_secrets
from recommendations.domain.register import closures, restrictions, voices
from recommendations.domain.webhooks import webhooks
from recommendations.domain.webhooks.events import WebhookEvents
from recommendations.domain.webhooks.payload import body_of
from recommendations.domain.webhooks.webhooks import OVERLAP, secrets_of
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums.webhooks import CHOSEN, WebhookEvent
from recommendations.models import ForceUpdate, Webhook, WebhookDelivery, WebhookSecret
from tests.conftest import AT, make_tracked
from tests.domain.constraints import written
from tests.makers.factual_checks import issue_to, make_filed
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

URL = "https://tracker.example.org/hook"
WORDS = {"outcome": "implemented", "reason": "Done."}


@per_module
def made(administrator):
    return webhooks.add_webhook(name="Tracker", url=URL, events=CHOSEN, by=administrator, at=AT)


def told() -> list[dict]:
    """What waits to be sent says, in its order."""
    return [json.loads(body_of(each)) for each in WebhookDelivery.objects.order_by("pk")]


def change(webhook, by, **values):
    facts = {"name": webhook.name, "url": webhook.url, "events": webhook.events} | values
    return webhooks.change_webhook(webhook=webhook, by=by, at=AT, **facts).webhook


def confirm(webhook, by, **about):
    return webhooks.decide_words(webhook=webhook, send=True, by=by, at=AT, **about)


def test_a_message_has_identifiers_a_day_and_a_link_and_no_word(made, tracked, force_lead, approver, settings):
    voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)
    closures.request_closure(tracked=tracked, by=force_lead, at=AT, **WORDS)
    closures.approve_closure(tracked=tracked, reason="Agreed.", by=approver, at=AT)
    about = {
        "recommendation": {"id": tracked.pk, "reference": "WM-0001"},
        "force": "westmarch",
        "link": f"{settings.ORIGIN}/recommendations/{tracked.pk}/",
        "day": "2026-11-07",
    }
    update, closure = tracked.updates.get(), tracked.closures.get()
    at = "2026-11-07T10:00:00Z"
    assert told() == [
        {
            "type": "update.released",
            "timestamp": at,
            "data": {"record": "force_update", "id": update.pk} | about,
        },
        {
            "type": "closure.decided",
            "timestamp": at,
            "data": {"record": "closure", "id": closure.pk, "approved": True} | about,
        },
    ]


def test_words_leave_once_they_are_confirmed_but_not_those_that_were_withdrawn(
    made, tracked, force_lead, approver, administrator
):
    change(made.webhook, administrator, with_text=True)
    confirm(made.webhook, approver)
    row = voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)
    closures.request_closure(tracked=tracked, by=force_lead, at=AT, **WORDS)
    closures.decline_closure(tracked=tracked, reason="Not yet.", by=approver, at=AT)
    texts = [{"done": "Bells are tested."}, {"outcome": "Implemented", "reason": "Not yet."}]
    assert [each["data"]["text"] for each in told()] == texts
    voices.withdraw(row=row, reason="Typed twice.", by=force_lead, at=AT)
    assert "text" not in told()[0]["data"]


def test_an_administrator_alone_lets_no_word_out(made, tracked, force_lead, administrator, approver, officer):
    wordy = webhooks.add_webhook(
        name="Warehouse", url=URL, events=CHOSEN, with_text=True, by=administrator, at=AT
    ).webhook
    change(made.webhook, administrator, with_text=True)
    voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)
    assert ["text" in each["data"] for each in told()] == [False, False]
    for by in (administrator, officer, force_lead):
        with pytest.raises(NotAllowed):
            confirm(wordy, by)
    confirm(wordy, approver)
    assert ["text" in each["data"] for each in told()] == [False, True]
    with pytest.raises(Refusal):
        confirm(wordy, approver)


def test_whoever_asked_for_words_does_not_confirm_them(made, administrator, approver):
    change(made.webhook, administrator, with_text=True)
    administrator.role = approver.role  # who has another role by then
    with pytest.raises(NotAllowed):
        confirm(made.webhook, administrator)
    assert confirm(made.webhook, approver).sends_words


@pytest.mark.parametrize(
    ("changed", "stays"),
    [
        ({"name": "Renamed", "is_on": False}, True),
        ({"url": "https://other.example.org/"}, False),
        ({"events": [WebhookEvent.PAPER_ISSUED]}, False),
    ],
)
def test_another_address_and_other_events_are_confirmed_again(made, administrator, approver, changed, stays):
    change(made.webhook, administrator, with_text=True)
    confirm(made.webhook, approver)
    assert change(made.webhook, administrator, with_text=True, **changed).sends_words is stays


def test_words_that_are_switched_on_again_are_confirmed_again(made, administrator, approver):
    for switch_off in (
        lambda: change(made.webhook, administrator),
        lambda: webhooks.decide_words(webhook=made.webhook, send=False, by=approver, at=AT),
    ):
        change(made.webhook, administrator, with_text=True)
        assert confirm(made.webhook, approver).sends_words
        assert not switch_off().sends_words
        assert not change(made.webhook, administrator, with_text=True).sends_words


def test_what_an_approving_officer_confirms_is_what_was_shown(made, administrator, approver):
    shown = change(made.webhook, administrator, with_text=True, version=made.webhook.version)
    change(shown, administrator, with_text=True, url="https://other.example.org/", version=shown.version)
    with pytest.raises(Stale):
        confirm(shown, approver, version=shown.version)
    assert not Webhook.objects.get().sends_words


def test_a_confirmation_by_whoever_asked_is_no_row(made, administrator, approver):
    change(made.webhook, administrator, with_text=True)
    confirm(made.webhook, approver)
    assert "webhook_words_confirmed_by_another" in written(Webhook, {"words_asked_by": approver})
    assert "webhook_words_confirmed_by_another" in written(Webhook, {"with_text": False})


def test_what_is_restricted_is_never_told_of(made, tracked, inspection, force_lead, officer):
    other = make_tracked(inspection, number="2")
    restrictions.restrict(tracked=tracked, reason="An operation runs.", by=officer, at=AT)
    for each in (tracked, other):
        voices.log_force_update(tracked=each, done="Bells are tested.", by=force_lead, at=AT)
    (waiting,) = WebhookDelivery.objects.all()
    assert waiting.record == other.updates.get().pk
    restrictions.restrict(tracked=other, reason="Another one.", by=officer, at=AT)
    assert body_of(waiting) is None


def test_papers_and_answers_are_told_of_and_what_the_office_writes_down_is_not(
    made, tracked, westmarch, approver, officer, force_lead
):
    voices.log_force_update(tracked=tracked, done="They said so.", by=officer, at=AT)
    assert told() == []
    answer = answered(make_round(westmarch).lines.first(), force_lead)
    issue = issue_to(make_filed(westmarch, approver))
    first, second = (each["data"] for each in told())
    assert (first["record"], first["id"], first["round"]) == ("round_answer", answer.pk, answer.line.round_id)
    assert (second["record"], second["id"]) == ("paper", issue.paper_id)


def test_a_webhook_is_told_of_what_it_was_given_while_it_is_on(made, tracked, force_lead, administrator):
    def tell() -> int:
        voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)
        return WebhookDelivery.objects.count()

    change(made.webhook, administrator, events=[WebhookEvent.PAPER_ISSUED])
    assert tell() == 0
    change(made.webhook, administrator, events=CHOSEN, is_on=False)
    assert tell() == 0
    change(made.webhook, administrator, events=CHOSEN)
    assert tell() == 1
    webhooks.remove_webhook(webhook=made.webhook, by=administrator, at=AT)
    assert (tell(), WebhookSecret.objects.count()) == (1, 0)


def test_what_is_no_event_asks_nothing_and_an_event_that_nobody_hears_one_thing(
    tracked, force_lead, django_assert_num_queries
):
    update = ForceUpdate(pk=1, tracked=tracked)
    with trail.verb("a_verb", by=force_lead, at=AT):
        for row, number in ((tracked, 0), (update, 1)):
            events = WebhookEvents()
            events.note(row, ["id"])
            with django_assert_num_queries(number):
                events.finish()


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("http://tracker.example.org/", "url"),
        ("https://", "url"),
        ("https://[::1", "url"),
        ("https://name:word@tracker.example.org/", "url"),
        ("https://tracker.example.org/\r\nX: 1", "url"),
        ("https://127.0.0.1/", "url"),
        ("https://localhost/", "url"),
        ("https://10.1.2.3/", "url"),
        ("https://169.254.169.254/latest/meta-data/", "url"),
        ("https://[fe80::1]/", "url"),
        ("https://[::ffff:10.0.0.1]/", "url"),
        ("https://224.0.0.1/", "url"),
        ("https://[fec0::1]/", "url"),
    ],
)
def test_an_address_that_is_not_https_or_is_inside_this_network_is_refused(administrator, url, field):
    with pytest.raises(Refusal) as refused:
        webhooks.add_webhook(name="Tracker", url=url, events=CHOSEN, by=administrator, at=AT)
    assert (refused.value.field, Webhook.objects.count()) == (field, 0)


def test_an_installation_can_let_a_network_of_its_own_through(administrator, settings):
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("10.1.0.0/16")]
    made = webhooks.add_webhook(name="Tracker", url="https://10.1.2.3/", events=CHOSEN, by=administrator, at=AT)
    assert made.webhook.url == "https://10.1.2.3/"


def test_only_administrators_add_one_with_a_name_of_its_own_and_an_event(made, administrator, officer):
    facts = {"name": "Other", "url": URL, "events": CHOSEN, "by": administrator, "at": AT}
    for change_of, raised in (
        ({"by": officer}, NotAllowed),
        ({"name": "Tracker"}, Refusal),
        ({"name": " "}, Refusal),
        ({"events": ["test"]}, Refusal),
    ):
        with pytest.raises(raised):
            webhooks.add_webhook(**facts | change_of)
    change(made.webhook, administrator, version=made.webhook.version)
    with pytest.raises(Stale):
        change(made.webhook, administrator, version=made.webhook.version)


def test_another_address_gets_another_secret_at_once(made, administrator):
    webhooks.replace_secret(webhook=made.webhook, by=administrator, at=AT)
    facts = {"name": "Tracker", "events": CHOSEN, "by": administrator, "at": AT}
    changed = webhooks.change_webhook(webhook=made.webhook, url="https://other.example.org/", **facts)
    assert secrets_of(made.webhook, AT) == [changed.secret]
    assert webhooks.change_webhook(webhook=made.webhook, url="https://other.example.org/", **facts).secret == ""
    assert secrets_of(made.webhook, AT) == [changed.secret]


def test_a_new_secret_signs_beside_the_one_before_for_a_day(made, administrator):
    at, webhook = AT, made.webhook
    second = webhooks.replace_secret(webhook=webhook, by=administrator, at=at).secret
    assert secrets_of(webhook, at) == [second, made.secret]
    third = webhooks.replace_secret(webhook=webhook, by=administrator, at=at).secret
    assert secrets_of(webhook, at + OVERLAP / 2) == [third, second]
    assert secrets_of(webhook, at + OVERLAP) == [third]


def test_secrets_are_encrypted_and_follow_a_new_key(made, settings):
    row = WebhookSecret.objects.get()
    assert made.secret not in row.encrypted
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 5
    assert renew_secrets().webhooks == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert secrets_of(made.webhook, AT + datetime.timedelta(days=1)) == [made.secret]
    settings.SECRET_KEY = "a key that nobody has " * 3
    with pytest.raises(keys.WrongKey):
        secrets_of(made.webhook, AT)
