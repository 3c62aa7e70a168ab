"""How each verb of accountability meetings, and of actions, is done once."""

import datetime

from recommendations.domain.accountability import agenda, meetings, minutes, proofs
from recommendations.domain.accountability.agenda import NewItem
from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.committees.proofs import NewProof
from recommendations.domain.public import meetings as public
from tests.conftest import AT
from tests.makers.accountability import seen_of
from tests.security.worlds.accountability import PDF

LATER = AT + datetime.timedelta(hours=44)


def cases(world) -> dict:
    by, approver = {"by": world.people["officer"], "at": LATER}, {"by": world.people["approver"], "at": LATER}
    found, of_c = world.accountability_a, world.accountability_c
    new = {"force": world.force_a, "title": "Another", "on": LATER.date()}

    def at(meeting) -> dict:
        meeting.refresh_from_db()
        return {"meeting": meeting, "version": meeting.version, **by}

    prepared = {"force": world.force_c, "meeting": of_c, "seen": seen_of(of_c, **by)}
    waiting, notes = world.meeting_waiting_b, [ItemNotes(item=found.ready_item, asked="Why?")]
    letter = NewProof(kind="letter", words="Seen.")
    words = NewItem(kind="words", heading="Fraud")
    return {
        "accountability.plan_accountability": lambda: meetings.plan_accountability(**new, **by),
        "accountability.change_accountability": lambda: meetings.change_accountability(
            title="Another", **at(found.preparing)
        ),
        "accountability.make_agenda_ready": lambda: meetings.make_agenda_ready(**at(found.preparing)),
        "accountability.withdraw_accountability": lambda: meetings.withdraw_accountability(
            reason="Called off.", **at(found.preparing)
        ),
        "accountability.add_agenda_item": lambda: agenda.add_agenda_item(meeting=found.preparing, item=words, **by),
        "accountability.change_agenda_item": lambda: agenda.change_agenda_item(item=found.item, to=words, **by),
        "accountability.move_agenda_item": lambda: agenda.move_agenda_item(item=found.item, where="down", **by),
        "accountability.remove_agenda_item": lambda: agenda.remove_agenda_item(item=found.item, **by),
        "accountability.write_minutes": lambda: minutes.write_minutes(present="All", notes=notes, **at(found.ready)),
        "accountability.confirm_minutes": lambda: minutes.confirm_minutes(**at(found.ready)),
        "accountability.close_action": lambda: proofs.close_action(
            action=found.action, version=found.action.version, proof=letter, **by
        ),
        "public.prepare_meeting_page": lambda: public.prepare_meeting_page(**prepared, **by),
        "public.release_meeting": lambda: public.release_meeting(
            release=waiting, render=lambda *_, **__: PDF, **approver
        ),
        "public.release_with_pdf": lambda: public.release_with_pdf(release=waiting, pdf=PDF, number=1, **approver),
    }
