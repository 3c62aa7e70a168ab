"""Records are written by verbs alone, and by no GET."""

import re

from django.db import connection
from django.urls import reverse

from recommendations import trail

SAFE = ("GET", "HEAD", "OPTIONS")

WRITE = re.compile(
    r'\b(?:INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?"?(recommendations_\w+)', re.IGNORECASE
)
TRAIL = ("recommendations_trailentry", "recommendations_trailhead")
FORM_MARKS = "recommendations_submission"
DRAFTS = tuple(  # drafts, builds and preferences: no records
    f"recommendations_{name}"
    for name in (
        *("rounddraft", "sheetdraft", "draftpart", "draftcommitment", "commentsdraft", "filedraft", "typeddraft"),
        *("searchentry", "searchword"),  # which cover drafts too
        *("paperbuild", "registerexport", "savedview", "savedviewuse", "storedfile", "forcesubscriber"),
    )
)
EVENTS = "recommendations_securityevent"  # reading and downloading are events too
SEALS = "recommendations_accountseal"  # it follows each change of a password or second factor: no record
MESSAGES = "recommendations_webhookdelivery"  # a ledger: the outcome of a test message is written when sent
LAST_LOOK = "recommendations_lastlook"  # when somebody marked changes as seen: no record
WANTED = "recommendations_reminderswitch"  # which reminders somebody wants: no record
PASSWORD_REHASHED = 'UPDATE "recommendations_user" SET "password" = %s WHERE'
# Personal preferences are not records.
PREFERRED = tuple(f'UPDATE "recommendations_user" SET "{name}" = %s WHERE' for name in ("shows_mine", "mails_notices"))


def table_written(sql: str) -> str | None:
    """The table of ours that a statement writes to, or None."""
    if sql.lstrip()[:6].upper() == "SELECT":
        return None
    found = WRITE.search(sql)
    return found[1].lower() if found else None


def guard_writes(get_response):
    """Allow requests to write records only through verbs, and GET requests not at all.

    The callback from Microsoft Entra is a GET by design and may write; its state works only once. The guard wraps the
    database connection, so it also sees raw SQL and unusual querysets. Exempt are the trail, form tokens, drafts in a
    POST, Django's new hash of the same password, and preferences.
    """

    def refuse_unless(is_open):
        def execute(run, sql, params, many, context):
            table = table_written(sql)
            if table and not is_open(table, sql):
                raise trail.WriteOutsideVerb(f"a request tried to write {table} outside a verb, or in a GET")
            return run(sql, params, many, context)

        return execute

    def open_to_get(table, sql):
        return table in (*TRAIL, EVENTS, SEALS)

    def open_to_post(table, sql):
        return (
            trail.acting()
            or table in (*TRAIL, *DRAFTS, FORM_MARKS, LAST_LOOK, MESSAGES, SEALS, WANTED)
            or sql.startswith((PASSWORD_REHASHED, *PREFERRED))
        )

    def middleware(request):
        is_reading = request.method in SAFE and request.path_info != reverse("entra_callback")
        with connection.execute_wrapper(refuse_unless(open_to_get if is_reading else open_to_post)):
            return get_response(request)

    return middleware
