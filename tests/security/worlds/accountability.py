"""Accountability meetings: one in preparation, one with an agenda and unconfirmed minutes, one that is minuted.

A restricted item of the minuted one carries a mark that only the office and its force may see; what the office has not
finished carries one that the office alone may see. Of the first force one release was withdrawn, one stands, one waits.
"""

from types import SimpleNamespace

from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.public.meetings import release_with_pdf
from recommendations.domain.public.releases import withdraw_release
from recommendations.models import Action
from tests.conftest import AT
from tests.makers.accountability import agreed, confirm, make_ready, minuted, plan, prepare_release, put_on, write

NOT_PUBLIC = "zqnotpublic"  # with the force's letter after it
UNFINISHED = "zqunfinished"
PDF = b"%PDF-1.7 of a meeting"


def build_accountability(world, letter: str, say) -> None:
    """`world.accountability_a`: preparing, ready, minuted, item, other_item, ready_item, action."""
    force, by = getattr(world, f"force_{letter}"), world.people["officer"]
    title = say("Accountability meeting")
    held = plan(force, by=by, title=title, place=say("County Hall"))
    shown = put_on(held, by=by, tracked=getattr(world, f"open_{letter}"), question=say("What has changed?"))
    hidden = f"{NOT_PUBLIC}{letter}"
    secret = put_on(held, by=by, heading=f"{hidden} heading", question=hidden, restricted=True)
    make_ready(held, by=by)
    notes = ItemNotes(item=shown, asked=say("When?"), answered=say("Soon."), actions=(agreed(say("Publish it.")),))
    said = {"asked": hidden, "answered": hidden, "view": "assured", "why": hidden}
    write(held, notes, ItemNotes(item=secret, actions=(agreed(f"{hidden} action"),), **said), by=by)
    held = confirm(held, by=by)
    ready = plan(force, by=by, title=say("The next meeting"))
    ready_item = put_on(ready, by=by, heading=say("Call handling"))
    ready = make_ready(ready, by=by)
    ready = write(ready, ItemNotes(item=ready_item, asked=UNFINISHED, answered=UNFINISHED), by=by)
    preparing = plan(force, by=by, title=say("The one after"))
    items = [put_on(preparing, by=by, heading=say(each), question=UNFINISHED) for each in ("First", "Second")]
    preparing.refresh_from_db()
    found = SimpleNamespace(preparing=preparing, ready=ready, minuted=held, ready_item=ready_item)
    found.item, found.other_item = items
    found.action = Action.objects.get(agreed_at__item=shown)
    setattr(world, f"accountability_{letter}", found)


def build_meeting_pages(world) -> None:
    """`world.accountability_c`, `meeting_withdrawn_a`, `meeting_released_a`, `meeting_waiting_a` and `_b`."""
    approver, by = {"by": world.people["approver"], "at": AT}, world.people["officer"]
    world.accountability_c = minuted(world.force_c, by=by)
    for number, name in enumerate(("meeting_withdrawn_a", "meeting_released_a"), 1):
        waiting = prepare_release(world.accountability_a.minuted, by=by)
        setattr(world, name, release_with_pdf(release=waiting, pdf=PDF, number=number, **approver))
    gone = withdraw_release(release=world.meeting_withdrawn_a, reason="It named a person.", **approver)
    world.meeting_withdrawn_a = gone
    world.meeting_waiting_a = prepare_release(world.accountability_a.ready, by=by)
    world.meeting_waiting_b = prepare_release(world.accountability_b.minuted, by=by)
