"""Where a message for the next page is held: a short-lived, signed cookie that a browser takes from this host alone."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    cookie_name = settings.MESSAGE_COOKIE_NAME


class HostStorage(FallbackStorage):
    """In the cookie, and what is too long for one in the session: reading the cookie touches no session."""

    storage_classes = (HostCookieStorage, SessionStorage)
