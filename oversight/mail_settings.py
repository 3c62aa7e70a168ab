"""The setting EMAIL_URL, parsed and checked."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

NO_ADDRESS = (
    "Let EMAIL_URL be submission://user:password@host (encrypted) or smtp://host, and write / # ? @ : % in a password "
    "as %2F %23 %3F %40 %3A %25."
)


def read_mailer(env: Env, usual: str) -> dict[str, Any]:
    """The mailer for Django's MAILERS."""
    try:
        mail = env.dj_email_url("EMAIL_URL", default=usual)
    except EnvError:
        raise ImproperlyConfigured(NO_ADDRESS) from None
    backend = mail.get("EMAIL_BACKEND", "")
    if not backend:
        raise ImproperlyConfigured(NO_ADDRESS)
    if backend.endswith("smtp.EmailBackend"):
        return {
            "BACKEND": "recommendations.emails.backend.Courier",
            "OPTIONS": {
                "host": mail["EMAIL_HOST"],
                "port": mail["EMAIL_PORT"],
                "username": mail["EMAIL_HOST_USER"] or "",
                "password": mail["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": mail["EMAIL_USE_TLS"],
                "use_ssl": mail["EMAIL_USE_SSL"],
                "timeout": 20,
            },
        }
    path = mail["EMAIL_FILE_PATH"]
    return {"BACKEND": backend} | ({"OPTIONS": {"file_path": path}} if path else {})
