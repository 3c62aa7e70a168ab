"""Which sources the demonstration’s office follows, and what each of them has to show."""

from django.db.models import Count

from recommendations.domain.sources.queries import sources_in_use
from recommendations.models import AnswerStep, Extension, Inspection


def check_sources(today) -> None:
    """Five are followed beside HMICFRS; one gave more time, one is answered and published, two actions are agreed."""
    followed = {"hmicfrs", "iopc", "coroner", "super-complaint", "audit", "ico"}
    assert {each.key for each in sources_in_use(today)} == followed
    found = Inspection.objects.exclude(source="hmicfrs")
    asked = found.annotate(many=Count("recommendations")).values_list("source", "many")
    assert dict(asked) == {"iopc": 1, "coroner": 1, "super-complaint": 1, "audit": 2}
    more = Extension.objects.get()
    assert (more.answer, more.new_day > today) == ("granted", True)
    assert more.inspection.last_day == more.new_day > more.day_before
    answered = found.get(source="coroner")
    steps = AnswerStep.objects.order_by("effective_on").values_list("step", flat=True)
    assert (list(steps), answered.answer_sent_on <= answered.last_day) == (["asked", "seen", "sent", "published"], True)
