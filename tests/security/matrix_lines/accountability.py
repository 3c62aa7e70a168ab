"""Accountability meetings: the office's, each force's own from the agenda on, and what everybody reads."""

from tests.security.line import EVERYBODY, MISSING, OFFICE, Line

CHANGES = ("change_accountability", "make_agenda_ready", "confirm_minutes", "withdraw_accountability", "write_minutes")
ITEMS = ("change_agenda_item", "move_agenda_item", "remove_agenda_item")


def accountability(world) -> list[Line]:
    office, nobody = frozenset(OFFICE), frozenset()
    table = [Line("accountability", post=405), Line("plan_accountability", post=422)]
    for letter in "ab":
        table += _of_force(world, letter)
    table += [
        *(Line(name, (MISSING,), nobody) for name in (*CHANGES, "add_agenda_item", "close_meeting_action")),
        *(Line(name, (MISSING,), nobody, get=405 if name != ITEMS[0] else 200) for name in ITEMS),
        Line("accountability_meeting", (MISSING,), nobody, post=405),
        Line("meeting_document", (MISSING, "agenda", "docx"), nobody, post=405),
        Line("meeting_document", (world.accountability_a.minuted.pk, "minutes", "odt"), nobody, post=405),
        Line("meeting_document", (world.accountability_a.ready.pk, "minutes", "docx"), nobody, post=405),
        Line("action_log", ("nowhere",), nobody, post=405),
        *_histories(world.accountability_a.minuted.pk, office),
    ]
    return [*table, *_releases(world), *_public()]


def _of_force(world, letter: str) -> list[Line]:
    found, office = getattr(world, f"accountability_{letter}"), frozenset(OFFICE)
    force, own = getattr(world, f"force_{letter}"), frozenset(OFFICE | {f"lead_{letter}"})
    preparing, ready, minuted = found.preparing.pk, found.ready.pk, found.minuted.pk
    return [
        Line("accountability_meeting", (preparing,), office, post=405),
        *(Line("accountability_meeting", (pk,), own, post=405) for pk in (ready, minuted)),
        Line("meeting_document", (preparing, "agenda", "docx"), office, post=405),
        Line("meeting_document", (ready, "agenda", "docx"), own, post=405),
        Line("meeting_document", (minuted, "minutes", "docx"), own, post=405),
        Line("meeting_document", (minuted, "action-log", "docx"), own, post=405),
        Line("action_log", (force.slug,), own, post=405),
        *(Line(name, (preparing,), office, post=422) for name in ("change_accountability", "withdraw_accountability")),
        Line("make_agenda_ready", (preparing,), office, post=422),
        Line("add_agenda_item", (preparing,), office, post=422),
        Line("add_agenda_item", (ready,), office, get=302, post=302),
        Line("change_agenda_item", (found.item.pk,), office, post=422),
        Line("change_agenda_item", (found.ready_item.pk,), office, get=302, post=302),
        *(Line(name, (found.item.pk,), office, get=405, post=302) for name in ITEMS[1:]),
        Line("write_minutes", (ready,), office, post=422),
        *(Line("write_minutes", (pk,), office, get=302, post=302) for pk in (preparing, minuted)),
        Line("confirm_minutes", (ready,), office, post=422),
        Line("confirm_minutes", (minuted,), office, get=302, post=422),
        Line("close_meeting_action", (found.action.pk,), office, post=422),
    ]


def _histories(pk: int, office: frozenset) -> list[Line]:
    refused = frozenset(EVERYBODY - OFFICE)
    lines = ((pk, office | refused), (MISSING, refused))
    return [Line("history", ("accountability", of), seen, post=405, refused=refused) for of, seen in lines]


def _releases(world) -> list[Line]:
    """The office prepares and sends back; an approving officer releases and withdraws."""
    office, nobody, approver = frozenset(OFFICE), frozenset(), frozenset({"approver"})
    waiting, released = world.meeting_waiting_a.pk, world.meeting_released_a.pk
    return [
        *(Line("meeting_page", (slug,), office, post=405) for slug in ("westmarch", "eastvale")),
        Line("meeting_page", ("nowhere",), nobody, post=405),
        Line("prepare_meeting_page", ("westmarch",), office, post=422),
        Line("prepare_meeting_page", ("nowhere",), nobody),
        *(Line("meeting_page_release", (pk,), office, post=405) for pk in (waiting, released)),
        Line("meeting_page_release", (MISSING,), nobody, post=405),
        Line("return_meeting_page", (waiting,), office, post=422),
        Line("return_meeting_page", (released,), office, get=302, post=422),
        Line("return_meeting_page", (MISSING,), nobody),
        Line("release_meeting_page", (released,), approver, get=302, post=302),
        Line("release_meeting_page", (MISSING,), nobody),
        Line("withdraw_meeting_page", (released,), approver, post=422),
        Line("withdraw_meeting_page", (waiting,), approver, get=302, post=302),
        Line("withdraw_meeting_page", (MISSING,), nobody),
    ]


def _public() -> list[Line]:
    """Of the second force nothing was released, so it is not there."""
    a, b = ("westmarch",), ("eastvale",)
    release, file = "public_meeting_release", "public_meeting_file"
    return [
        Line("public_meetings", post=405),
        *(Line(name, a, post=405) for name in ("public_meeting", "public_meeting_feed")),
        *(Line(name, b, get=404, post=405) for name in ("public_meeting", "public_meeting_feed")),
        *(Line(release, (*a, number), get=get, post=405) for number, get in ((1, 200), (2, 200), (3, 404))),
        *(Line(file, (*a, 2, form), get=get, post=405) for form, get in (("pdf", 200), ("json", 200), ("xml", 404))),
        Line(file, (*a, 1, "pdf"), get=410, post=405),
    ]
