"""How each verb that brings a paper to its readers is done once."""

import datetime

from recommendations.domain.papers import downloads
from recommendations.domain.public import papers
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=15)


def cases(world) -> dict:
    approver = {"by": world.people["approver"], "at": LATER}
    member = {"by": world.people["member"], "at": LATER}
    return {
        "papers.record_download": lambda: downloads.record_download(paper=world.final_a, form="PDF", **member),
        "public.publish_paper": lambda: papers.publish_paper(paper=world.final_b, **approver),
        "public.withdraw_public_paper": lambda: papers.withdraw_public_paper(
            publication=world.checks_a.publication, reason="It names a person.", **approver
        ),
    }
