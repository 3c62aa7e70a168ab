"""Count risk and delay for a scrutiny report, from the same rows as its sum."""

from collections import Counter
from collections.abc import Mapping

from recommendations.domain.papers.data.risk import HighRiskLate, RiskCount, RiskFigures
from recommendations.domain.papers.sections.charts import NOT_ASSESSED
from recommendations.domain.papers.sections.register_annex import Annex, with_item
from recommendations.domain.register.rag import is_overdue
from recommendations.domain.register.rag_reasons import days_over
from recommendations.enums import Vocabulary
from recommendations.enums.risk import Risk
from recommendations.models import Delay, ScrutinyReport

NOT_CHOSEN = "Cause not chosen"
NOT_YET_SAID = "Not yet said"  # the same in papers up to format 3
type Words = Mapping[str, Mapping[str, str]]


def risk_of(rows: list[dict], annex: Annex, words: Words, last: ScrutinyReport | None) -> RiskFigures | None:
    """Return risk and delay, or None if nothing open has a risk, a cause of delay or a mitigation. At most one query.

    `rows` are the register as at the period's last day, `last` the last paper (register_queries.previous_paper).
    """
    still_open = [row for row in rows if row["closed_on"] is None]
    if not any(row["risk"] or row["delay_cause"] or row["mitigated"] for row in still_open):
        return None
    overdue = [row for row in still_open if is_overdue(row["rag"])]
    high = [row for row in still_open if row["risk"] == Risk.HIGH]
    late, not_chosen = _late(high, annex), NOT_CHOSEN if annex.format > 3 else NOT_YET_SAID
    return RiskFigures(
        high_word=words[Vocabulary.RISK][Risk.HIGH],
        high=len(high),
        late_count=len(late),
        late=late,
        by_risk=_count_by(still_open, "risk", words[Vocabulary.RISK], NOT_ASSESSED),
        by_cause=_count_by(overdue, "delay_cause", words[Vocabulary.DELAY_CAUSE], not_chosen),
        overdue_not_assessed=sum(not row["risk"] for row in overdue),
        high_then=last.kept_high if last else None,
        late_then=last.kept_late if last else None,
    )


def _count_by(rows: list[dict], column: str, words: Mapping[str, str], nothing: str) -> tuple[RiskCount, ...]:
    """Count rows by the value of a column, in the order of `words`, with empty values last and zero counts left out."""
    counted = Counter(row[column] for row in rows)
    labels = {**words, **{key: key for key in sorted(counted) if key and key not in words}, "": nothing}
    return tuple(RiskCount(key=key, label=label, count=counted[key]) for key, label in labels.items() if counted[key])


def _late(high: list[dict], annex: Annex) -> tuple[HighRiskLate, ...]:
    late = [row for row in high if is_overdue(row["rag"])]
    late.sort(key=lambda row: (-days_over(annex.basis(row["pk"]), annex.day), row["reference"]))
    meanwhile = _meanwhile(annex, [row["pk"] for row in late if row["mitigated"]])
    return tuple(
        with_item(
            annex,
            HighRiskLate,
            row["pk"],
            days_over=days_over(annex.basis(row["pk"]), annex.day),
            meanwhile=meanwhile.get(row["pk"], ""),
        )
        for row in late
    )


def _meanwhile(annex: Annex, pks: list[int]) -> dict[int, str]:
    """Return the latest interim measure by tracked recommendation id."""
    rows = Delay.objects.filter(tracked__in=pks).standing(annex.day, annex.known_at).latest_of_each()
    return dict(rows.values_list("tracked_id", "mitigation"))
