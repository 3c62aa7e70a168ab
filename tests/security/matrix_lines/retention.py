"""The addresses of redactions, of people who left and of counts: what they answer to an empty form."""

from tests.security.line import MISSING, Line

MAY = frozenset({"officer", "approver"})
DECIDES = frozenset({"approver"})
ADMINISTRATOR = frozenset({"administrator"})


def retention(world) -> list[Line]:
    """For whoever may redact, decide or administer; what is decided already leads back to its page."""
    nobody, waiting, decided = frozenset(), world.redaction.pk, world.confirmed_redaction.pk
    table = [Line("redactions", (), MAY, post=405), Line("propose_redaction", (), MAY, post=422)]
    table += [Line("redaction", (pk,), MAY, post=405) for pk in (waiting, decided)]
    for name in ("confirm_redaction", "decline_redaction"):
        table += [Line(name, (waiting,), DECIDES, post=422), Line(name, (decided,), DECIDES, get=302, post=302)]
        table.append(Line(name, (MISSING,), nobody))
    return [
        *table,
        Line("redaction", (MISSING,), nobody, post=405),
        Line("former_people", (), ADMINISTRATOR, post=405),
        Line("access_counts", (), ADMINISTRATOR, post=405),
        Line("make_former", (world.people["deactivated"].pk,), ADMINISTRATOR, post=422),
        Line("make_former", (world.people["officer"].pk,), nobody),
        Line("make_former", (world.former.person_id,), nobody),
        Line("former_key", (world.former.pk,), ADMINISTRATOR, post=422),
        Line("former_key", (MISSING,), nobody),
    ]
