"""The tab of a record's page with its files: its own, and those of its entries."""

from typing import NamedTuple

from django.urls import reverse

from recommendations.domain.attachments.queries import SLUGS, title_of
from recommendations.domain.attachments.rules import who_sees
from recommendations.forms.attachments.attach import AttachForm
from recommendations.models import TrackedRecommendation
from recommendations.sections import Section
from recommendations.views.attachments.addresses import FileLine
from recommendations.views.register.panels import RecordPage, record_tab


class FilesTab(NamedTuple):
    """Each file with what it is attached to ("" for the recommendation), and where this user attaches more, or ""."""

    lines: list[tuple[FileLine, str]]
    url: str
    action: str
    who_sees: str

    @property
    def number(self) -> int:
        return len(self.lines)

    @property
    def form(self) -> AttachForm:
        return AttachForm(auto_id="attach_%s")  # an update has a box for files on the same page


@record_tab(20, "files", "Files", "attachments/on_record.html", section=Section.FILES)
def files(page: RecordPage) -> FilesTab | None:
    """The files that this user may see; None if there are none, and they may not attach any."""
    lines = [
        (FileLine(each), "" if isinstance(each.subject, TrackedRecommendation) else title_of(each.subject))
        for each in page.files.all
    ]
    url = page.files.of("tracked", page.record.pk, None).url
    action = reverse("attach_files", args=[SLUGS["tracked"], page.record.pk])
    return FilesTab(lines, url, action, who_sees(page.record, page.user)) if lines or url else None
