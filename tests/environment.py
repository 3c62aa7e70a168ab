"""The tests' settings, before Django reads its own: a random key, no demo."""

import os
import secrets

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.pop("OVERSIGHT_DEMO", None)
