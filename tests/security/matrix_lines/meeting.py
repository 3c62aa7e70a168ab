"""The addresses of panels and meetings: what they answer to an empty form."""

from tests.security.line import EVERYBODY, MISSING, OFFICE, Line

NOBODY, OFFICERS = frozenset(), frozenset(OFFICE)
FORMS = ("record_attendance", "withdraw_attendance", "change_meeting", "cancel_meeting", "withdraw_meeting")
LISTS = ("paste_attendance", "confirm_attendance")


def meetings(world) -> list[Line]:
    """A force sees its own Channel panels and the meetings that stand; what is done there is the office's."""
    table = [Line("panels", post=405), Line("public_panels", post=405), *_panel(world.panel.pk, OFFICERS)]
    for letter in "ab":
        found, seen = getattr(world, f"meetings_{letter}"), frozenset(OFFICE | {f"lead_{letter}"})
        table += _panel(getattr(world, f"channel_{letter}").pk, seen)
        for each in (found.held, found.past, found.ahead, found.cancelled):
            table.append(Line("meeting", (each.pk,), seen, post=405))
        table.append(Line("meeting", (found.gone.pk,), OFFICERS, post=405))
        table.append(Line("channel_panels", (getattr(world, f"force_{letter}").slug,), seen, post=405))
        for each in (found.held, found.past):
            table.append(Line("paste_attendance", (each.pk,), OFFICERS, post=422))
            table.append(Line("confirm_attendance", (each.pk,), OFFICERS, get=302, post=302))
        for each in (found.ahead, found.cancelled, found.gone):
            table += [Line(name, (each.pk,), OFFICERS, get=302, post=302) for name in LISTS]
        for each in (found.held, found.past, found.ahead):
            table += [Line(name, (each.pk,), OFFICERS, post=422) for name in FORMS[1:]]
        for each in (found.cancelled, found.gone):
            table += [Line(name, (each.pk,), OFFICERS, get=302, post=302) for name in FORMS]
        table += [Line("record_attendance", (each.pk,), OFFICERS, post=422) for each in (found.held, found.past)]
        table.append(Line("record_attendance", (found.ahead.pk,), OFFICERS, get=302, post=302))
        table.append(Line("attach_meeting_file", (found.held.pk,), OFFICERS, post=422))
        table.append(Line("attach_meeting_file", (found.gone.pk,), OFFICERS, get=302, post=302))
        table += _file(found.held.pk, found.file.pk, OFFICERS)
    crossed = (world.meetings_a.held.pk, world.meetings_b.file.pk)
    table += [*_file(*crossed, NOBODY), *_panel(MISSING, NOBODY), Line("meeting", (MISSING,), NOBODY, post=405)]
    table += [Line(name, (MISSING,), NOBODY) for name in (*FORMS, *LISTS, "attach_meeting_file")]
    table.append(Line("channel_panels", ("no-such-force",), NOBODY, post=405))
    administrator = frozenset({"administrator"})
    for letter in "ab":
        table.append(Line("withdraw_member", (getattr(world, f"member_{letter}").pk,), administrator, post=422))
    table.append(Line("withdraw_member", (MISSING,), NOBODY))
    refused = frozenset(EVERYBODY - OFFICE)
    history = ("meeting", world.meetings_b.gone.pk)
    return [*table, Line("history", history, OFFICERS | refused, post=405, refused=refused)]


def _panel(pk: int, seen: frozenset) -> list[Line]:
    office = seen & OFFICERS
    return [
        Line("panel", (pk,), seen, post=405),
        Line("plan_meetings", (pk,), office, post=422),
        Line("show_panel", (pk,), office, post=422),
    ]


def _file(meeting: int, file: int, seen: frozenset) -> list[Line]:
    return [
        Line("meeting_file", (meeting, file), seen, post=405),
        Line("withdraw_meeting_file", (meeting, file), seen, post=422),
    ]
