"""Releases of a force's public page, as tests need them."""

import datetime

from recommendations.digests import sha256_of
from recommendations.domain.force_pages import releases
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageChoices
from recommendations.models import Force, ForceRelease
from recommendations.periods import london_day
from tests.conftest import AT

HOUR = datetime.timedelta(hours=1)


def prepared(force: Force, *, by, at=AT, **chosen) -> ForceRelease:
    """A release that waits, as somebody looked at it."""
    choices = PageChoices(**chosen)
    seen = sha256_of(compile_page(force=force, choices=choices, on=london_day(at)).to_json())
    return releases.prepare_release(force=force, choices=choices, seen=seen, by=by, at=at)


def released(force: Force, *, by, approver, at=AT, **chosen) -> ForceRelease:
    """One that an approving officer released an hour later."""
    waiting = prepared(force, by=by, at=at, **chosen)
    return releases.release_page(release=waiting, by=approver, at=at + HOUR)
