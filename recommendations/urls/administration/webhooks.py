"""Addresses of webhooks, which notify other systems of events."""

from django.urls import path

from recommendations.views.webhooks import webhooks

urlpatterns = [
    path("security/webhooks/", webhooks.webhook_list, name="webhooks"),
    path("security/webhooks/add/", webhooks.add_webhook, name="add_webhook"),
    path("security/webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("security/webhooks/<int:pk>/words/", webhooks.webhook_words, name="webhook_words"),
    path("security/webhooks/<int:pk>/act/", webhooks.act_on_webhook, name="act_on_webhook"),
    path("security/webhooks/messages/<int:pk>/again/", webhooks.send_webhook_again, name="send_webhook_again"),
]
