"""How words are redacted, a person becomes former, and access records are folded, each done once."""

from recommendations.domain.retention import folding, former_people, redactions
from tests.conftest import AT
from tests.security.worlds.retention import WHY, WORDS, YEARS_LATER

# What rewrites the record: on PostgreSQL the owner of its tables alone may.
OF_THE_OWNER = ("retention.carry_out_redaction", "retention.make_former", "retention.fold_access_records")


def cases(world) -> dict:
    officer, approver, administrator = (world.people[name] for name in ("officer", "approver", "administrator"))
    waiting, decided = {"redaction": world.redaction, "at": AT}, {"by": approver, "at": AT}

    def confirm():
        redactions.confirm_redaction(**waiting, seen=redactions.look_for(WORDS).mark, by=approver)

    return {
        "retention.propose_redaction": lambda: redactions.propose_redaction(
            words="Sgt Hale", reason=WHY, by=officer, at=AT
        ),
        "retention.confirm_redaction": confirm,
        "retention.decline_redaction": lambda: redactions.decline_redaction(**waiting, reason="Kept.", by=approver),
        "retention.carry_out_redaction": lambda: redactions.carry_out_redaction(
            redaction=world.confirmed_redaction, **decided
        ),
        "retention.make_former": lambda: former_people.make_former(
            person=world.people["deactivated"], reason=WHY, days=0, by=administrator, at=YEARS_LATER
        ),
        "retention.read_key": lambda: former_people.read_key(
            former=world.former, reason="A request.", by=administrator, at=AT
        ),
        "retention.fold_access_records": lambda: folding.fold_access_records(days=730, by=None, at=YEARS_LATER),
    }
