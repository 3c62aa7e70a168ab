"""One of each thing that people are reminded of, made through its verbs, about the same day: a bank holiday."""

import datetime

from recommendations.domain.register import closures, disputes, voices
from recommendations.enums import AssuranceView, MailState
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import ReminderItem
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.actions import make_action
from tests.makers.commitments import make_commitment, make_version
from tests.makers.factual_checks import make_draft
from tests.makers.rechecks import make_closed
from tests.makers.responses import make_submitted

DAY = datetime.timedelta(days=1)
ABOUT = datetime.date(2026, 12, 28)  # a Monday, in lieu of Boxing Day: the working days beside it are 24 and 29
ASKED = datetime.datetime(2026, 11, 27, 8, tzinfo=datetime.UTC)  # a Friday


def moment(on: datetime.date) -> datetime.datetime:
    """In the morning of a day."""
    return datetime.datetime.combine(on, datetime.time(9), tzinfo=datetime.UTC)


def one_of_each(force, body, *, officer, asker, preparer, lead) -> dict[ReminderTopic, object]:
    """A record of each topic: due on ABOUT, or waiting since ASKED for somebody else than who asked."""
    report = make_inspection(force)
    topics = (
        *(ReminderTopic.CLOSURE, ReminderTopic.RETURNED, ReminderTopic.ASSURANCE),
        *(ReminderTopic.DISPUTE, ReminderTopic.RECHECK),
    )
    rows = {topic: make_tracked(report, number=str(n)) for n, topic in enumerate(topics, 1)}
    target = make_tracked(report, number="9", leads={"opcc_lead": officer.name})
    new = make_inspection(force, title="Stalking", published_on=ABOUT - 55 * DAY)
    old = make_inspection(force, title="Vetting")
    make_tracked(old)
    version = make_version(body, force, title="Firearms")
    made = {
        ReminderTopic.RESPONSE: new,
        ReminderTopic.CLOSURE: ask(rows[ReminderTopic.CLOSURE], asker),
        ReminderTopic.APPROVAL: make_submitted([old], body, by=officer, at=ASKED),
        ReminderTopic.PAPER: make_draft(force, by=preparer, at=ASKED),
        ReminderTopic.RETURNED: ask(rows[ReminderTopic.RETURNED], lead),
        ReminderTopic.TARGET: target,
        ReminderTopic.ACTION: make_action(target, due_on=ABOUT),
        ReminderTopic.COMMITMENT: make_commitment(version, check_on=ABOUT, keeper=officer.name),
        ReminderTopic.ASSURANCE: rows[ReminderTopic.ASSURANCE],
        ReminderTopic.DISPUTE: rows[ReminderTopic.DISPUTE],
        ReminderTopic.RECHECK: rows[ReminderTopic.RECHECK],
    }
    closures.decline_closure(tracked=rows[ReminderTopic.RETURNED], reason="Not yet.", by=None, at=ASKED)
    voices.set_target(tracked=target, target_on=ABOUT, by=None, at=AT)
    assure(rows[ReminderTopic.ASSURANCE], revisit_on=ABOUT)
    of = {"tracked": rows[ReminderTopic.DISPUTE], "by": None, "at": AT}
    voices.log_force_update(done="No.", position="not_accepted", **of)
    disputes.record_dispute_reason(text="It is not ours.", **of)
    decide(of["tracked"], review_on=ABOUT)
    make_closed(rows[ReminderTopic.RECHECK], by=None, decided_by=asker, at=AT, look_on=ABOUT)
    return made


def ask(tracked, by, at=ASKED):
    """Ask for a closure."""
    return closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=by, at=at)


def decide(tracked, at=AT, **facts):
    """The office’s decision on a dispute, and when it reviews that."""
    return disputes.decide_dispute(tracked=tracked, decision="agrees", text="It is not.", by=None, at=at, **facts)


def assure(tracked, at=AT, **facts):
    """The office's view, and when it looks again."""
    return voices.record_assurance(
        tracked=tracked, view=AssuranceView.values[0], rationale="The log was read.", by=None, at=at, **facts
    )


def told(**about) -> list[str]:
    """What people were told by sent emails: "24 Dec Hannah 1", by day, topic and name."""
    items = ReminderItem.objects.filter(round=None, mail__state=MailState.SENT, **about).select_related(
        "mail", "person"
    )
    ordered = sorted(items, key=lambda each: (each.mail.day, each.person.name))
    return [f"{each.mail.day.day} {each.mail.day:%b} {each.person.name.split()[0]} {each.step}" for each in ordered]
