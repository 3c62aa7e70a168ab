"""How each verb that brings a paper to its readers is done once."""

import datetime

from recommendations.domain import paper_downloads
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=15)


def cases(world) -> dict:
    member = {"by": world.people["member"], "at": LATER}
    return {
        "paper_downloads.record_download": lambda: paper_downloads.record_download(
            paper=world.final_a, form="PDF", **member
        ),
    }
