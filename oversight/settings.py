"""Django settings, driven by environment variables. docs/operations/settings.md lists them."""

import datetime
import ipaddress
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.signals import connection_created
from django.utils.csp import CSP
from environs import Env

from oversight.addresses import LOOPBACK, wrong_about_origin
from oversight.backup_settings import wrong_about_backups, wrong_about_heads
from oversight.database_settings import read_database
from oversight.entra_settings import wrong_about_entra
from oversight.files_settings import store_of_files, wrong_about_files
from oversight.logs import configuration
from oversight.mail_settings import read_mailer
from oversight.private_files import make_private_as_it_opens
from oversight.server_settings import read_server
from oversight.watch_settings import read_metrics_token, read_thresholds
from recommendations.networks import read_networks
from recommendations.sections import read_names

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.path("VAR_DIR", default=BASE_DIR / "var")

# The demo: made-up people with known passwords, no second factor, and a public key.
DEMO = env.bool("OVERSIGHT_DEMO", default=False)
DEMO_KEY = "demo-only-key-that-everybody-can-read-in-the-repository-0123456789"
SECRET_KEY = DEMO_KEY if DEMO else env.str("SECRET_KEY", default="")
if not DEMO and (len(SECRET_KEY) < 50 or SECRET_KEY == DEMO_KEY):
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a random text of 50 characters or more. To look at the demonstration, run `make run`."
    )
# Former keys, which still decrypt and verify: docs/operations/secret-key.md.
SECRET_KEY_FALLBACKS: list[str] = [] if DEMO else env.list("SECRET_KEY_FALLBACKS", default=[])

DEBUG = False
ORIGIN = env.str("ORIGIN", default="http://127.0.0.1:8000").rstrip("/")
SECURE = ORIGIN.startswith("https://")
if wrong := wrong_about_origin(ORIGIN):
    raise ImproperlyConfigured(wrong)
ORIGIN_NAME = urlsplit(ORIGIN).hostname or ""
if DEMO and ORIGIN_NAME not in LOOPBACK:
    raise ImproperlyConfigured(
        "OVERSIGHT_DEMO=1 is for this machine only, because everybody knows its passwords and its key. Take "
        "OVERSIGHT_DEMO out of the settings, or let ORIGIN be http://127.0.0.1:8000."
    )
# Other hosts get no answer; middleware.only_our_host checks the port too.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if ORIGIN_NAME in LOOPBACK else [ORIGIN_NAME]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
CSRF_TRUSTED_ORIGINS = [ORIGIN]
# A server for /published/ only, whose database role can read nothing else: docs/operations/database-roles.md.
PUBLIC_PAGES_ONLY = env.bool("PUBLIC_PAGES_ONLY", default=False)
try:
    SECTIONS_OFF = read_names(env.list("SECTIONS_OFF", default=[]))
except ValueError as unknown:
    raise ImproperlyConfigured(f"SECTIONS_OFF: {unknown}") from None
# After how many months a closure is rechecked by default; 0: not at all.
LOOK_AGAIN_MONTHS = env.int("LOOK_AGAIN_MONTHS", default=0)
if not 0 <= LOOK_AGAIN_MONTHS <= 60:
    raise ImproperlyConfigured("Let LOOK_AGAIN_MONTHS be 0 to 60.")
try:
    NETWORKS = read_networks(env.list("NETWORKS", default=[]))
except ValueError as unknown:
    raise ImproperlyConfigured(f"NETWORKS: {unknown}") from None

# What webhooks may reach besides the internet, and the certificates they trust there: docs/operations/webhooks.md.
try:
    WEBHOOK_NETWORKS = [
        ipaddress.ip_network(each.strip()) for each in env.list("WEBHOOK_NETWORKS", default=list[str]())
    ]
except ValueError as unknown:
    raise ImproperlyConfigured(f"WEBHOOK_NETWORKS: {unknown}") from None
WEBHOOK_CA_FILE = env.str("WEBHOOK_CA_FILE", default="")
if WEBHOOK_CA_FILE and not Path(WEBHOOK_CA_FILE).is_file():
    raise ImproperlyConfigured(f"WEBHOOK_CA_FILE: there is no file {WEBHOOK_CA_FILE}.")

# Where to report vulnerabilities, for /.well-known/security.txt, which needs a contact and an expiry day.
SECURITY_CONTACT: list[str] = env.list("SECURITY_CONTACT", default=[])
if any(urlsplit(contact).scheme not in ("mailto", "https", "tel") for contact in SECURITY_CONTACT):
    raise ImproperlyConfigured("Let each SECURITY_CONTACT begin with mailto:, https:// or tel:, with commas between.")
SECURITY_CONTACT_EXPIRES: datetime.date | None
try:
    SECURITY_CONTACT_EXPIRES = datetime.date.fromisoformat(env.str("SECURITY_CONTACT_EXPIRES", default=""))
except ValueError:
    SECURITY_CONTACT_EXPIRES = None
if SECURITY_CONTACT and not SECURITY_CONTACT_EXPIRES:
    raise ImproperlyConfigured(
        "Set SECURITY_CONTACT_EXPIRES to the last day (2027-06-30) that SECURITY_CONTACT is good."
    )

INSTALLED_APPS = [
    "oversight",  # commands for operators
    "recommendations",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "simple_history",
]

MIDDLEWARE = [
    "recommendations.middleware.hosts.only_at_the_root",
    "recommendations.middleware.after_response.answer_first",
    "recommendations.middleware.tokens.api_problems",
    "recommendations.middleware.hosts.only_our_host",
    "recommendations.middleware.sections.read_sections_once",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "recommendations.middleware.typed_days.typed_today",
    "recommendations.middleware.caches.public_pages",
    "recommendations.middleware.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "recommendations.middleware.bodies.limit_bodies",
    "recommendations.middleware.bodies.refuse_unreadable_bodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "recommendations.middleware.tokens.api_tokens",
    "recommendations.middleware.caches.private_pages",
    "recommendations.middleware.refusals.record_refusals",
    "recommendations.middleware.session_ends.end_sessions",
    "recommendations.middleware.kept_forms.SignInMiddleware",
    "recommendations.middleware.second_factors.require_second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "recommendations.middleware.guarded_writes.guard_writes",
]

if PUBLIC_PAGES_ONLY:
    MIDDLEWARE.insert(0, "recommendations.middleware.hosts.only_public_pages")
MIDDLEWARE.insert(0, "oversight.watch.middleware.watch")  # before the others: probes use any host name
MIDDLEWARE.insert(0, "recommendations.middleware.head_requests.without_body")

ROOT_URLCONF = "oversight.urls"
WSGI_APPLICATION = "oversight.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recommendations.views.site.navigation.masthead",
            ],
            "builtins": ["recommendations.templatetags.words"],
        },
    }
]
FORM_RENDERER = "recommendations.forms.site.rendering.FormRenderer"

DATABASES = {"default": read_database(env, VAR_DIR)}
connection_created.connect(make_private_as_it_opens)

# Backups, and sending the trail's head elsewhere: docs/operations/backups.md.
OFFICE = env.str("OFFICE", default="main")
OWNER_DATABASE_URL = env.str("OWNER_DATABASE_URL", default="")
BACKUP_TO = env.str("BACKUP_TO", default=str(VAR_DIR / "backups"))
BACKUP_KEEP = env.str("BACKUP_KEEP", default="7d 5w 24m")
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")
BACKUP_ENDPOINT = env.str("BACKUP_ENDPOINT", default="")
HEADS_TO = [each.strip() for each in env.list("HEADS_TO", default=list[str]())]
BACKUPS = (OFFICE, OWNER_DATABASE_URL, BACKUP_TO, BACKUP_KEEP, BACKUP_RECIPIENT, BACKUP_ENDPOINT)
if wrong := wrong_about_backups(*BACKUPS):
    raise ImproperlyConfigured(wrong)
if wrong := wrong_about_heads(HEADS_TO):
    raise ImproperlyConfigured(wrong)

# allauth's rate limits and its protection against replayed codes need a cache shared by all workers.
# The progress of imports is in files: during one nobody else can write to SQLite, and on PostgreSQL
# the import's writes are visible only when it ends.
CACHES = {
    "default": {"BACKEND": "recommendations.short_lived_cache.ShortLivedCache"},
    "progress": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "progress"},
}

AUTH_USER_MODEL = "recommendations.User"
AUTHENTICATION_BACKENDS = ["recommendations.sign_in.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "recommendations.domain.people.passwords.LengthValidator"},
    {"NAME": "recommendations.domain.people.passwords.BreachedValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# The office's own list of breached passwords, as load_breached_passwords writes it; empty: the bundled one.
BREACHED_PASSWORDS = env.str("BREACHED_PASSWORDS", default="")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "recommendations.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
# Five failures for an account in five minutes, whatever addresses they come from.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
# The other limits are by address: the one that our own proxy saw, never one that the visitor sent.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
# Not the request's host, which the visitor chooses.
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Oversight: "
ACCOUNT_FORMS = {
    "login": "recommendations.sign_in.SignInForm",
    "reset_password": "recommendations.sign_in.ResetPasswordForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # before a second factor is changed, or recovery codes are shown
PASSWORD_RESET_TIMEOUT = 48 * 60 * 60
MFA_ADAPTER = "recommendations.sign_in.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey needs its holder's finger, face or PIN, so it suffices alone.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "add_webauthn": "recommendations.sign_in.passkeys.AddForm",
    "edit_webauthn": "recommendations.sign_in.passkeys.RenameForm",
    "login_webauthn": "recommendations.sign_in.passkeys.LoginForm",
    "authenticate_webauthn": "recommendations.sign_in.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "recommendations.sign_in.passkeys.ReauthenticateForm",
    "authenticate": "recommendations.sign_in.passkeys.AuthenticateByCodeForm",
    "reauthenticate": "recommendations.sign_in.passkeys.ReauthenticateByCodeForm",
}
MFA_TOTP_ISSUER = "Oversight"
# The administrator knows whose address it is, and the first password was set by email to it.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Sign-in with Microsoft Entra, if the office uses it: docs/operations/entra.md has the steps in its portal.
ENTRA_URL = env.str("ENTRA_URL", default="").rstrip("/")
ENTRA_CLIENT_ID = env.str("ENTRA_CLIENT_ID", default="")
ENTRA_CLIENT_SECRET = env.str("ENTRA_CLIENT_SECRET", default="")
# The claim, with its value, by which Entra confirms a second factor.
ENTRA_SECOND_FACTOR = env.str("ENTRA_SECOND_FACTOR", default="amr=mfa")
ENTRA_ADDRESS_CLAIM = env.str("ENTRA_ADDRESS_CLAIM", default="preferred_username")
ENTRA_APP_ROLES = env.bool("ENTRA_APP_ROLES", default=False)
# Whether our own passwords and passkeys work besides Entra, and for whom they always do.
PASSWORDS = env.bool("PASSWORDS", default=True)
BREAK_GLASS = [each.strip().lower() for each in env.list("BREAK_GLASS", default=list[str]())]
if wrong := wrong_about_entra(ENTRA_URL, ENTRA_CLIENT_ID, ENTRA_CLIENT_SECRET, ENTRA_SECOND_FACTOR):
    raise ImproperlyConfigured(wrong)
if not PASSWORDS and not (ENTRA_URL and BREAK_GLASS):
    raise ImproperlyConfigured(
        "PASSWORDS=0 needs ENTRA_URL, and BREAK_GLASS: the email address of an administrator who signs in by password "
        "and second factor when Microsoft Entra does not answer."
    )
SOCIALACCOUNT_ADAPTER = "recommendations.sign_in.entra.EntraAccountAdapter"
# For how many minutes after reauthenticating an approval is possible. 0: no such limit.
CONFIRM_APPROVALS = env.int("CONFIRM_APPROVALS", default=0)
if CONFIRM_APPROVALS < 0:
    raise ImproperlyConfigured("Let CONFIRM_APPROVALS be a number of minutes, or 0 for no limit.")

# With this prefix browsers accept the cookie only from this host, for all paths, and over https.
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
MESSAGE_COOKIE_NAME = "__Host-messages" if SECURE else "messages"
MESSAGE_STORAGE = "recommendations.views.site.messages.HostStorage"
SESSION_ENGINE = "recommendations.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "recommendations.views.submission.interrupted_form.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^api/v1/"]  # a token was sent in plain: middleware/tokens.py says so
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# The demo's emails are files: they contain links that give access, which should not be in a log.
MAIL_IS_SET = bool(env.str("EMAIL_URL", default=""))
MAILERS = {"default": read_mailer(env, f"file:///{VAR_DIR / 'mail'}" if DEMO else "smtp://localhost:25")}
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="oversight@localhost")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d"]

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "var/static")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Attached files: in a folder (var/files if FILES_TO is empty), or in a bucket: docs/operations/files.md.
FILES_TO = env.str("FILES_TO", default="")
FILES_ENDPOINT = env.str("FILES_ENDPOINT", default="")
if wrong := wrong_about_files(FILES_TO, FILES_ENDPOINT):
    raise ImproperlyConfigured(wrong)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": store_of_files(FILES_TO, FILES_ENDPOINT),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_TEMP_DIR = None
# The office's virus scanner: unix:/run/clamav/clamd.ctl or tcp://host:3310. Empty: none.
CLAMD = env.str("CLAMD", default="")
if CLAMD and urlsplit(CLAMD).scheme not in ("unix", "tcp"):
    raise ImproperlyConfigured("Let CLAMD begin with unix: (a socket's path) or tcp:// (a host and a port).")
# How long access records are kept before they become counts, and leavers are shown by name.
ACCESS_RECORDS_DAYS = env.int("ACCESS_RECORDS_DAYS", default=730)
FORMER_AFTER_DAYS = env.int("FORMER_AFTER_DAYS", default=730)
if ACCESS_RECORDS_DAYS < 90 or FORMER_AFTER_DAYS < 0:
    raise ImproperlyConfigured("Let ACCESS_RECORDS_DAYS be 90 days or more, and FORMER_AFTER_DAYS 0 or more.")
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # on SQLite an index can't include further columns

SIMPLE_HISTORY_REVERT_DISABLED = True

# How many requests a minute a program can make with one token.
API_LIMIT = env.int("API_LIMIT", default=300)
if API_LIMIT < 1:
    raise ImproperlyConfigured("Let API_LIMIT be 1 or more. To switch the API off, put api into SECTIONS_OFF.")

read_server(os.environ)  # gunicorn.conf.py uses them: here they are checked

# Monitoring: docs/operations/watch.md.
WATCH = read_thresholds(env)
# The checks for which /readyz answers 503; oversight/apps.py looks whether there are such.
READY_NEEDS = [each.strip() for each in env.list("READY_NEEDS", default=["database", "migrations", "disk"])]
METRICS_TOKEN = read_metrics_token(env)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
LOGGING = configuration(
    kind=env.str("LOG_FORMAT", default="plain"),
    level=env.str("LOG_LEVEL", default="INFO"),
    mail_to=env.list("ERROR_MAIL", default=[]),
    mail_every=env.int("ERROR_MAIL_MINUTES", default=10) * 60,
)
