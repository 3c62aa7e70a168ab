"""What is sent by the forms of files and sheets that are brought in."""

from django.urls import reverse


def brought_in(world, form) -> list:
    """The last step of bringing in a published response."""
    check = world.document_a.get_absolute_url()
    return [form("check_document", check, check, {"do": "save"}, id="save")]


def about_sheets(world, form) -> list:
    """The last step of bringing in a spreadsheet, and undoing one."""
    check, done = reverse("check_sheet", args=[world.book_a.token]), world.import_a
    undo, retire = (
        reverse("undo_sheet_import", args=[done.pk]),
        reverse("retire_register_layout", args=[world.register_layout.pk]),
    )
    return [
        form("check_sheet", check, check, {"do": "bring-in"}),
        form("retire_register_layout", reverse("layouts"), retire, {}, "administrator"),
        form("undo_sheet_import", done.get_absolute_url(), undo, {"reason": "The wrong file."}),
    ]
