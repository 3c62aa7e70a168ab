"""Downloads of a paper: an audit trail entry each time a signed-in user downloads one of its files.

Readers without an account are not recorded, and no network addresses are.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max

from recommendations import trail
from recommendations.models import ScrutinyReport, TrailEntry, User
from recommendations.models.audit.retention import former_name
from recommendations.trail import Entry

VERB = "download_paper"
DRAFT = "Draft "  # prefix of the form for downloads of a draft
PDF, DRAFT_PDF = "PDF", f"{DRAFT}PDF"


@dataclass(frozen=True)
class Download:
    """One person's downloads of a paper in one form: how often, and the latest time."""

    name: str
    form: str
    times: int
    last: datetime.datetime


@dataclass(frozen=True)
class Downloads:
    """All downloads of a finalised paper, newest first. `people` counts each person once."""

    people: int
    rows: tuple[Download, ...]

    @property
    def last(self) -> datetime.datetime | None:
        return self.rows[0].last if self.rows else None


def record_download(*, paper: ScrutinyReport, form: str, by: User | None, at: datetime.datetime) -> Entry:
    """Record that a user downloads a file of this issue, in a form: "PDF", "CSV". Returns the audit trail entry."""
    return trail.record(by=by, at=at, verb=VERB, subject=paper, about=f"{form}, issue {paper.issue}")


def downloads_of(paper: ScrutinyReport) -> Downloads:
    """Return who downloaded a finalised paper, in which form and how often, without drafts. One query."""
    label = ScrutinyReport._meta.label_lower
    found = TrailEntry.objects.with_former().filter(subject_model=label, subject_id=paper.pk, verb=VERB)
    taken = found.exclude(about__startswith=DRAFT).order_by().values("by", "by_name", "about", "former")
    counted = taken.annotate(times=Count("pk"), last=Max("at")).order_by("-last", "by_name", "about")
    rows = list(counted.values_list("by", "by_name", "about", "times", "last", "former"))
    downloads = [
        Download(former_name(former) or name, about.partition(",")[0], times, last)
        for _, name, about, times, last, former in rows
    ]
    return Downloads(len({row[0] for row in rows}), tuple(downloads))
