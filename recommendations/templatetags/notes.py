"""The office's notes beside a record: {% notes_panel record %}."""

from django import template

from recommendations.domain.notes.queries import notes_on
from recommendations.domain.notes.records import kind_of
from recommendations.forms.notes.notes import OfficeNoteForm
from recommendations.permissions import May

register = template.Library()


@register.inclusion_tag("notes/beside.html", takes_context=True)
def notes_panel(context, record) -> dict:
    """The latest notes on the record with the form to add one; nothing for users outside the office."""
    user = context["request"].user
    if not user.has_perm(May.WRITE_NOTES):
        return {"found": None}
    return {
        "found": notes_on(record, user),
        "kind": kind_of(record),
        "record": record,
        "form": OfficeNoteForm(),
        "kept_for": context.get("kept_for", ""),
    }
