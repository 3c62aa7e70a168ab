"""The tab of a record's page with its files: its own, and those of its entries."""

from typing import NamedTuple

from recommendations.domain.attachments.queries import title_of
from recommendations.models import TrackedRecommendation
from recommendations.sections import Section
from recommendations.views.attachments.addresses import FileLine
from recommendations.views.register.panels import RecordPage, record_tab


class FilesTab(NamedTuple):
    """Each file with what it is attached to ("" for the recommendation), and where this user attaches more, or ""."""

    lines: list[tuple[FileLine, str]]
    url: str

    @property
    def number(self) -> int:
        return len(self.lines)


@record_tab(20, "files", "Files", "attachments/on_record.html", section=Section.FILES)
def files(page: RecordPage) -> FilesTab | None:
    """The files that this user may see; None if there are none, and they may not attach any."""
    lines = [
        (FileLine(each), "" if isinstance(each.subject, TrackedRecommendation) else title_of(each.subject))
        for each in page.files.all
    ]
    url = page.files.of("tracked", page.record.pk, None).url
    return FilesTab(lines, url) if lines or url else None
