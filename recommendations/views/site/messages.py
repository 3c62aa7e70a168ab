"""Message storage: a short-lived, signed cookie that browsers only accept from this host."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    cookie_name = settings.MESSAGE_COOKIE_NAME


class HostStorage(FallbackStorage):
    """Messages in the cookie; those too long for it in the session. Reading the cookie does not touch the session."""

    storage_classes = (HostCookieStorage, SessionStorage)
