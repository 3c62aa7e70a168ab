"""What the demonstration makes public of its forces and its fire service."""

from recommendations.domain.action_plans.data import gaps
from recommendations.domain.action_plans.versions import facts_of
from recommendations.models import ActionPlan, ForceRelease


def check_public() -> None:
    """A page of each force: one released again after it was withdrawn, one that waits after it was sent back. An
    action plan was published, and a later version, which says something else, waits.
    """
    releases = ForceRelease.on_file.order_by("prepared_at").values_list("force__slug", "state", "withdrawn_why")
    assert [(slug, state, bool(why)) for slug, state, why in releases] == [
        ("westmarch", "released", True),
        ("eastvale", "returned", False),
        ("westmarch", "released", False),
        ("eastvale", "waiting", False),
    ]
    published, waiting = ActionPlan.objects.order_by("prepared_at")
    assert (published.state, published.number, waiting.state) == ("released", 1, "waiting")
    before, after = facts_of(published), facts_of(waiting)
    assert (before.lines != after.lines, after.open, len(after.lines)) == (True, 3, 4)
    assert [bool(line.why_none) for line in after.lines].count(True) == 1
    assert [reference for reference, _ in gaps(after)] == [after.lines[-1].reference]
