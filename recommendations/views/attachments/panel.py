"""What a record's page shows of its own files; those of an entry stand with the entry."""

from recommendations.sections import Section
from recommendations.views.attachments.addresses import EntryFiles
from recommendations.views.register.panels import RecordPage, Spot, record_panel


@record_panel(Spot.FORM, 30, "own_files", "attachments/on_record.html", section=Section.FILES)
def own_files(page: RecordPage) -> EntryFiles:
    """The files attached to the recommendation itself."""
    return page.files.of("tracked", page.record.pk, None)
