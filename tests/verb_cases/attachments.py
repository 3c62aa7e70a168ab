"""How a file is attached, marked and withdrawn once."""

import datetime

from recommendations.domain.attachments import attachments
from tests.conftest import AT
from tests.makers.attachments import make_stored

LATER = AT + datetime.timedelta(hours=15)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    file, plan = world.files_a.ours, make_stored(b"A plan.")
    return {
        "attachments.attach": lambda: attachments.attach(subject=world.rows_a.ours, name="plan.txt", stored=plan, **by),
        "attachments.mark_attachment": lambda: attachments.mark_attachment(attachment=file, marking="sensitive", **by),
        "attachments.withdraw_attachment": lambda: attachments.withdraw_attachment(
            attachment=file, reason="Wrong.", **by
        ),
    }
