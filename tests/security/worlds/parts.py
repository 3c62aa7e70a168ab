"""A recommendation that the force does not accept, with one part done, one that waits and one that is open."""

import datetime

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.register import disputes, voices
from recommendations.domain.register.parts import closures as part_closures
from recommendations.models import TrackedRecommendation

HOUR = datetime.timedelta(hours=1)


def make_parts(world, letter: str, say, at) -> TrackedRecommendation:
    """The parts were asked for by the force’s lead, and so was the reason of the dispute recorded."""
    lead, approver, officer = (world.people[name] for name in (f"lead_{letter}", "approver", "officer"))
    texts = tuple(say(f"({mark}) do it;") for mark in "abc")
    new = NewRecommendation(number="8", text=say("The force should:"), heading=say("Three things"), parts=texts)
    inspection = getattr(world, f"inspection_{letter}")
    made = inspections.add_recommendation(inspection=inspection, new=new, by=officer, at=at)
    tracked = TrackedRecommendation.objects.get(recommendation=made)
    about = {"tracked": tracked, "at": at + HOUR}
    first, second, _ = made.parts.all()
    for part in (first, second):
        words = {"reason": say("It is done."), "evidence": say("The minutes.")}
        part_closures.request_part_closure(part=part, by=lead, **words, **about)
    part_closures.decide_part_closure(part=first, approve=True, reason=say("Seen."), by=approver, **about)
    voices.log_force_update(done=say("We do not accept it."), position="not_accepted", by=lead, **about)
    disputes.record_dispute_reason(text=say("It is not ours."), said_by=say("DCC Ames"), by=lead, **about)
    disputes.record_dispute_reply(text=say("It stands."), said_by=say("HM Inspector"), by=officer, **about)
    review = datetime.date(2027, 2, 1)
    decision = {"decision": "disagrees", "text": say("It is theirs."), "review_on": review}
    disputes.decide_dispute(by=approver, **decision, **about)
    return tracked
