"""Which sources the demonstration’s office follows, and what each of them has to show."""

from django.db.models import Count

from recommendations.domain.sources.queries import bases, sources_in_use
from recommendations.models import AnswerStep, Extension, Inspection


def check_sources(today) -> None:
    """Six are followed beside HMICFRS, the rule of one unconfirmed; more time was given and is asked for, a clock is
    stopped, one is answered and published, two actions are agreed.
    """
    followed = {"hmicfrs", "iopc", "coroner", "super-complaint", "audit", "ico", "fire"}
    assert {each.key for each in sources_in_use(today)} == followed
    found = Inspection.objects.exclude(source="hmicfrs")
    asked = found.order_by().values_list("source").annotate(Count("recommendations"))
    assert dict(asked) == {"iopc": 3, "coroner": 1, "super-complaint": 1, "audit": 2, "ico": 1, "fire": 4}
    assert {each.key for each in bases(today).values() if each.is_to_confirm} == {"fire"}
    assert [each.is_stopped for each in found.exclude(stopped_from=None)] == [True]
    more = Extension.objects.get(answer="granted")
    assert (Extension.objects.get(answer="").inspection.last_day > today, more.new_day > today) == (True, True)
    assert more.inspection.last_day == more.new_day > more.day_before
    answered = found.get(source="coroner")
    steps = AnswerStep.objects.order_by("effective_on").values_list("step", flat=True)
    assert (list(steps), answered.answer_sent_on <= answered.last_day) == (["asked", "seen", "sent", "published"], True)
