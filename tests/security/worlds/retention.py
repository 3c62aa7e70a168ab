"""A redaction that waits, one that is confirmed and not carried out, a person shown by a number, an old sign-out."""

import datetime

from recommendations.domain.audit.events import note_event
from recommendations.domain.people import records
from recommendations.domain.retention import former_people, redactions
from recommendations.enums import Role
from recommendations.enums.retention import RedactionState
from recommendations.enums.security import SecurityEventKind
from recommendations.trail import verb
from tests.conftest import AT, make_person

WORDS, OTHER_WORDS, WHY = "test xylophone", "A log", "A person who was in custody is named."
YEARS_LATER = AT + datetime.timedelta(days=1000)


def build_retention(world) -> None:
    """The records of the pages of redactions and of people who left."""
    officer, approver, administrator = (world.people[name] for name in ("officer", "approver", "administrator"))
    note_event(kind=SecurityEventKind.SIGNED_OUT, by=officer, at=AT, account=officer)
    world.redaction = redactions.propose_redaction(words=WORDS, reason=WHY, by=officer, at=AT)
    world.confirmed_redaction = redactions.propose_redaction(words=OTHER_WORDS, reason=WHY, by=officer, at=AT)
    with verb("decide_redaction", by=approver, at=AT, subject=world.confirmed_redaction) as act:
        world.confirmed_redaction.state = RedactionState.CONFIRMED  # as where the application may not change the trail
        world.confirmed_redaction.decided_by, world.confirmed_redaction.decided_at = approver, AT
        act.save(world.confirmed_redaction)
    leaver = make_person("Elsie Quill", Role.OPCC_OFFICER)
    leaver.is_active = False
    records.keep(record=leaver, by=None, at=AT)
    facts = {"reason": "The two years are over.", "days": 0, "by": administrator, "at": YEARS_LATER}
    world.former = former_people.make_former(person=leaver, **facts)
