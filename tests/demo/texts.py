"""What the demonstration’s own words say of its records and papers agrees with them."""

import itertools

from recommendations.models import Delay, PaperWords, Standing, TargetDate, Weight
from recommendations.periods import london_day


def check_texts():
    """The words of papers, of risk and of targets."""
    _check_words_of_papers()
    _check_words_of_risk()
    _check_moves()


def _check_words_of_papers():
    """Each paper asks questions of its own, says a view of its own, and is for a meeting on a working day."""
    written = [each for each in PaperWords.objects.all() if each.questions]
    assert len({each.questions for each in written}) == len({each.view_words for each in written}) == len(written) >= 6
    assert {each.meets_on.weekday() for each in written} == {3}


def _check_words_of_risk():
    """Each risk, cause and mitigation is about its own recommendation, and most of Westmarch’s are assessed."""
    for model, name in ((Weight, "why"), (Delay, "words")):
        said = list(model.objects.values_list(name, flat=True))
        assert len(set(said)) == len(said) >= 7
    mitigations = [each.mitigation for each in Delay.objects.all() if each.mitigation]
    assert len(set(mitigations)) == len(mitigations) >= 5
    now = Standing.objects.now().open().filter(force__slug="westmarch", directed_to_force=True)
    assert now.exclude(risk="").count() * 2 > now.count()


def _check_moves():
    """Every target that Westmarch moved here moved before its day, as the office's views of its papers have it."""
    rows = TargetDate.objects.filter(tracked__force__slug="westmarch").order_by("tracked", "effective_on", "pk")
    for _, moves in itertools.groupby(rows, key=lambda row: row.tracked_id):
        for before, after in itertools.pairwise(moves):
            is_copied = (london_day(after.recorded_at) - after.effective_on).days > 7
            assert is_copied or after.effective_on <= before.target_on
