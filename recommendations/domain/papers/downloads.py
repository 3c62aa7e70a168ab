"""Who downloaded a paper: an entry of the trail each time a person who is signed in downloads one of its files.

Readers without an account are not recorded, nor is anyone's network address.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max

from recommendations import trail
from recommendations.models import ScrutinyReport, TrailEntry, User
from recommendations.models.retention import former_name
from recommendations.trail import Entry

VERB = "download_paper"
DRAFT = "Draft "  # begins the form of what is taken of a draft
PDF, DRAFT_PDF = "PDF", f"{DRAFT}PDF"


@dataclass(frozen=True)
class Download:
    """What one person took of a paper in one form, how often, and when last."""

    name: str
    form: str
    times: int
    last: datetime.datetime


@dataclass(frozen=True)
class Downloads:
    """All downloads of a filed paper, the newest first. `people` are counted once each."""

    people: int
    rows: tuple[Download, ...]

    @property
    def last(self) -> datetime.datetime | None:
        return self.rows[0].last if self.rows else None


def record_download(*, paper: ScrutinyReport, form: str, by: User | None, at: datetime.datetime) -> Entry:
    """Record that a person takes a file of this issue, in a form: "PDF", "CSV". Returns the trail's entry."""
    return trail.record(by=by, at=at, verb=VERB, subject=paper, about=f"{form}, issue {paper.issue}")


def downloads_of(paper: ScrutinyReport) -> Downloads:
    """Who downloaded a filed paper, in which form, how often. One query; its drafts are not counted."""
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
