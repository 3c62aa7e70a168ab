"""What is sent by the forms of files and sheets that are brought in."""

from django.urls import reverse


def brought_in(world, form) -> list:
    """The last step of bringing in a published response, and a report."""
    text = (
        "HMICFRS: Vetting in Westmarch (thematic inspection)\n\nResponse from: The Commissioner\n\n"
        "Recommendations:\n\n1. The force should vet everybody.\n\nOPCC Comment: We will watch.\n"
    )
    chosen = {"text": text, "force": world.force_a.pk, "published_on": "1/7/2026", "responded_on": "1/8/2026"}
    check = reverse("check_document")
    report = "HMICFRS: An inspection of calls in Westmarch\n\nRecommendation 1\n\nThe force should count calls.\n"
    itself = {"text": report, "force": world.force_a.pk, "published_on": "1/7/2026"}
    check_report, other = reverse("check_report"), {"do": "save", "section_55": "yes"}
    return [
        form("check_document", check, check, {"do": "save"}, before=(reverse("import_response"), chosen)),
        form("check_report", check_report, check_report, other, before=(reverse("import_report"), itself)),
    ]


def about_sheets(world, form) -> list:
    """The last step of bringing in a spreadsheet, and undoing one."""
    check, done = reverse("check_sheet", args=[world.book_a.token]), world.import_a
    undo, retire = (
        reverse("undo_sheet_import", args=[done.pk]),
        reverse("retire_register_layout", args=[world.layout.pk]),
    )
    return [
        form("check_sheet", check, check, {"do": "bring-in"}),
        form("retire_register_layout", reverse("register_layouts"), retire, {}, "administrator"),
        form("undo_sheet_import", done.get_absolute_url(), undo, {"reason": "The wrong file."}),
    ]
