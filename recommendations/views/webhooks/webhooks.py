"""The office's webhooks: the list, adding one, and the page of one with its deliveries."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations import webhooks as sending
from recommendations.domain.webhooks import webhooks
from recommendations.domain.webhooks.webhooks import MadeSecret
from recommendations.enums.webhooks import DeliveryState
from recommendations.forms.site.base import VerbForm
from recommendations.forms.webhooks.webhooks import (
    AddWebhookForm,
    ChangeWebhookForm,
    WebhookActForm,
    WebhookWordsForm,
)
from recommendations.models import User, Webhook, WebhookDelivery
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import Destination, submit_form, submit_or_render, submitted_data

LINES_A_PAGE = 50
SENT_AGAIN = "It is sent again within a minute, with the same identifier."


@require_safe
@allow(May.ADMINISTER)
def webhook_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every webhook that was not removed, with its last delivery."""
    # without visible_to: deliveries of visible webhooks
    sent_to = WebhookDelivery.objects.filter(webhook=OuterRef("pk")).order_by("-event_at", "-pk")
    last = {"last_at": Subquery(sent_to.values("event_at")[:1]), "last_state": Subquery(sent_to.values("state")[:1])}
    rows = Webhook.objects.visible_to(request.user).annotate(**last)
    return render(request, "webhooks/list.html", {"rows": [(row, _last_words(row)) for row in rows]})


def _last_words(row: Webhook) -> str:
    """The state of the last delivery, in words."""
    return DeliveryState(row.last_state).label if row.last_state else "Nothing sent yet"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def add_webhook(request: AuthenticatedRequest) -> HttpResponse:
    """Add a webhook that notifies another system of events."""
    form = AddWebhookForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> MadeSecret:
        return webhooks.add_webhook(by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and _submit_and_show_secret(request, form, act)
    return done or render(request, "webhooks/add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def webhook(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One webhook: its events, its deliveries, and what can be done about it."""
    rows = Webhook.objects.visible_to(request.user).select_related("words_asked_by", "words_confirmed_by")
    found = get_object_or_404(rows, pk=pk)
    form = ChangeWebhookForm(submitted_data(request), record=found)

    def act(by: User, at: datetime.datetime) -> MadeSecret:
        return webhooks.change_webhook(webhook=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and _submit_and_show_secret(request, form, act, message="Saved.")
    return done or _page(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.FINALISE_PAPER)
def webhook_words(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Decide whether a webhook sends words of records, having read its name, address and events."""
    rows = Webhook.objects.visible_to(request.user).select_related("words_asked_by", "words_confirmed_by")
    found = get_object_or_404(rows, pk=pk)
    form = WebhookWordsForm(submitted_data(request), record=found)

    def act(by: User, at: datetime.datetime) -> Webhook:
        return webhooks.decide_words(webhook=found, by=by, at=at, **form.verb_fields())

    context, to = {"webhook": found}, found.get_words_url()
    return submit_or_render(request, form, act, "webhooks/words.html", context, message="Saved.", to=to)


def _page(request: AuthenticatedRequest, webhook: Webhook, form: ChangeWebhookForm) -> HttpResponse:
    page = Paginator(webhook.deliveries.all(), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {"webhook": webhook, "form": form, "page": page, "act_form": WebhookActForm(auto_id=False)}
    context["secrets"] = webhook.secrets.filter(ends_at__gt=timezone.now())
    return render(request, "webhooks/webhook.html", context, status=422 if form.errors else 200)


def _submit_and_show_secret(
    request: AuthenticatedRequest,
    form: VerbForm,
    act: Callable,
    message: str = "",
) -> HttpResponse | None:
    """Call the action; if there is a new secret, the response to this request shows it, once."""
    made = []

    def run(by: User, at: datetime.datetime) -> Any:
        made.append(act(by, at))
        return made[-1].webhook

    answer = submit_form(request, form, run, message=message, to=lambda done: done)
    if answer is None or not made or not made[-1].secret:
        return answer
    [*messages.get_messages(request)]  # discard the message for the next page: this page says it
    shown = render(request, "webhooks/secret.html", {"webhook": made[-1].webhook, "secret": made[-1].secret})
    shown["Cache-Control"] = "private, no-store"
    return shown


def _act_on_page(
    request: AuthenticatedRequest, webhook: Webhook, act: Callable, message: str, to: Destination[Webhook]
) -> HttpResponse:
    """Do what a button says; a refusal is shown as a message."""
    form = WebhookActForm(request.POST)
    done = submit_form(request, form, act, message=message, to=to)
    if done is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())) or "That could not be done. Try again.")
    return done or redirect(webhook)


def _replace_secret(request: AuthenticatedRequest, webhook: Webhook) -> HttpResponse:
    form = WebhookActForm(request.POST)
    act = webhooks.replace_secret
    done = _submit_and_show_secret(request, form, lambda by, at: act(webhook=webhook, by=by, at=at))
    return done or redirect(webhook)


def _test(request: AuthenticatedRequest, webhook: Webhook) -> HttpResponse:
    """Send a test message at once, and show what the receiver answered."""
    made = []

    def act(by: User, at: datetime.datetime) -> Webhook:
        made.append(webhooks.send_test(webhook=webhook, by=by, at=at))
        return webhook

    answer = _act_on_page(request, webhook, act, "", webhook)
    if made:
        [*messages.get_messages(request)]
        sending.send(made[0], timezone.now)
        said = made[0].problem or f"Delivered: it answered {made[0].status}."
        (messages.error if made[0].problem else messages.success)(request, said)
    return answer


def _remove(request: AuthenticatedRequest, webhook: Webhook) -> HttpResponse:
    message = f"{webhook.name} is removed. It is not notified again."
    act = webhooks.remove_webhook
    return _act_on_page(
        request, webhook, lambda by, at: act(webhook=webhook, by=by, at=at), message, reverse("webhooks")
    )


ACTS = {"secret": _replace_secret, "test": _test, "remove": _remove}


@require_POST
@allow(May.ADMINISTER)
def act_on_webhook(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Do what a button of the webhook's page says: a new secret, a test, or removal."""
    found = get_object_or_404(Webhook.objects.visible_to(request.user), pk=pk)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        messages.error(request, "Choose what to do.")
        return redirect(found)
    return act(request, found)


@require_POST
@allow(May.ADMINISTER)
def send_webhook_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Queue one delivery to be sent again."""
    rows = WebhookDelivery.objects.visible_to(request.user).filter(webhook__removed_at__isnull=True)
    found = get_object_or_404(rows.select_related("webhook"), pk=pk)

    def act(by: User, at: datetime.datetime) -> WebhookDelivery:
        return webhooks.send_again(delivery=found, by=by, at=at)

    return _act_on_page(request, found.webhook, act, SENT_AGAIN, found.webhook)
