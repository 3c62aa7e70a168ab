"""How each verb that changes many recommendations is done once."""

import datetime

from recommendations.domain.register.bulk import verbs as bulk
from recommendations.domain.register.bulk.undo import undo_bulk_change
from recommendations.models import TrackedRecommendation
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    rows = TrackedRecommendation.objects.filter(pk__in=[world.open_a.pk, world.open_b.pk, world.shared_a.pk])
    versions = dict(rows.values_list("pk", "version"))
    return {
        "register.give_leads_to_many": lambda: bulk.give_leads_to_many(
            versions=versions, leads={"opcc_lead": "Bo"}, **by
        ),
        "register.set_target_of_many": lambda: bulk.set_target_of_many(
            versions=versions, target_on=datetime.date(2027, 6, 1), reason="Delay.", **by
        ),
        "register.request_closure_of_many": lambda: bulk.request_closure_of_many(
            versions=versions, outcome="implemented", reason="Done.", **by
        ),
        "register.log_update_for_many": lambda: bulk.log_update_for_many(versions=versions, done="Seen to.", **by),
        "register.record_assurance_of_many": lambda: bulk.record_assurance_of_many(
            versions=versions, view="assured", rationale="Seen.", **by
        ),
        "register.record_status_of_many": lambda: bulk.record_status_of_many(
            versions=versions, status="being_progressed", **by
        ),
        "register.undo_bulk_change": lambda: undo_bulk_change(entry=world.changed_a, reason="Wrong file.", **by),
    }
