"""What the tests of the register's page share: its address, what it shows, and three recommendations to show."""

import datetime
import re
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate

from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)
REGISTER = reverse("register")


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def ago(days: int) -> datetime.date:
    return localdate() - days * DAY


def text_of(response) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def shown(response) -> list[str]:
    return [row.reference for row in response.context["rows"]]


def address(**asked) -> str:
    return f"{REGISTER}?{urlencode(asked, doseq=True)}"


def recent_inspection(force):
    return make_inspection(force, published_on=ago(300), at=now())


def three_overdue(inspection) -> list:
    """The longest overdue first: WM-0001 to WM-0003."""
    return [
        make_tracked(inspection, number=str(each), text=f"Text {each}.", due_on=ago(100 - each), at=now())
        for each in (1, 2, 3)
    ]
