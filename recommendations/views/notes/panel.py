"""The tab of a record's page with the office's notes."""

from recommendations.domain.notes.queries import NotesOn, all_on, notes_on
from recommendations.permissions import May
from recommendations.views.register.panels import RecordPage, record_tab
from recommendations.views.register.tracked_panels import NOTE

MOST = 20  # the others are on the page of the record's notes


@record_tab(10, NOTE, "Notes", "notes/on_record.html")
def notes(page: RecordPage) -> NotesOn | None:
    """The notes, which only the tab itself reads; None outside the office. One query, or two on the tab."""
    if not page.user.has_perm(May.WRITE_NOTES):
        return None
    if page.tab == NOTE:
        return notes_on(page.record, page.user, MOST)
    return NotesOn([], all_on(page.record, page.user).count(), [])
