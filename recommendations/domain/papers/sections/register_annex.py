"""The register annex of a paper: each tracked recommendation with the latest words of its three voices."""

import datetime

from django.db.models import OuterRef, Subquery

from recommendations.domain.papers.data.lines import (
    LatestVoice,
    PaperDeadline,
    RecommendationLine,
    RegisterEntry,
    RegisterPart,
)
from recommendations.domain.register.as_at import PREFIX
from recommendations.domain.register.rag_reasons import Standing, flags_of, reason
from recommendations.domain.register.sheet_columns import on_paper
from recommendations.enums import (
    AGREES_WITH_CLOSURE,
    AssuranceView,
    InspectionKind,
    Outcome,
    Position,
    Vocabulary,
)
from recommendations.models import (
    Assurance,
    ForceUpdate,
    InspectorateStatus,
    Recommendation,
    Thresholds,
    TrackedRecommendation,
)

VOICES = {"force": ForceUpdate, "office": Assurance, "hmicfrs": InspectorateStatus}


class Annex:
    """The rows of a paper with what they say. `rows` are the register as at `day` (domain/register/as_at.py).

    `named` (ids) are those that a list of the paper names: no words are read of the others. `gone` were taken out of
    the register: they have a reference and their report's words, and nothing else is said of them.
    """

    def __init__(self, rows: list[dict], named: set[int], day, known_at, rule: Thresholds, labels: dict, gone=()):
        self.rows = {row["pk"]: row for row in rows}
        self.gone = {row["pk"]: row for row in gone}
        self.named = named & self.rows.keys()
        self.day, self.known_at, self.rule, self.labels = day, known_at, rule, labels
        ids = {row["recommendation_id"] for row in (*(self.rows[pk] for pk in self.named), *gone)}
        found = Recommendation.on_file.filter(pk__in=ids).select_related("inspection", "cause")
        self.recommendations = found.prefetch_related("parts", "addressees").in_bulk()
        self.voices = self._latest_rows()

    def _latest_rows(self) -> dict[str, dict[int, object]]:
        """voice → tracked id → its latest row on the day, found by one look-up of ids and one fetch for each voice."""
        latest = {
            f"latest_{name}": Subquery(
                model.objects.filter(tracked=OuterRef("pk"))
                .standing(self.day, self.known_at)
                .latest_first()
                .values("pk")[:1]
            )
            for name, model in VOICES.items()
        }
        ids = list(TrackedRecommendation.on_file.filter(pk__in=self.named).values(**latest))
        return {
            name: {
                row.tracked_id: row for row in model.objects.filter(pk__in=[found[f"latest_{name}"] for found in ids])
            }
            for name, model in VOICES.items()
        }

    @property
    def published(self) -> dict[int, datetime.date]:
        """Recommendation id → the day on which its report was published."""
        return {pk: recommendation.inspection.published_on for pk, recommendation in self.recommendations.items()}

    def item(self, pk: int) -> dict:
        """What every line says about its tracked recommendation, as the fields of RecommendationLine."""
        row = self.rows.get(pk) or self.gone[pk]
        recommendation = self.recommendations[row["recommendation_id"]]
        return {
            "reference": row["reference"],
            "heading": recommendation.short_text,
            "label": str(recommendation),
            "inspection": recommendation.inspection.title,
        }

    def deadline(self, pk: int) -> PaperDeadline:
        recommendation = self.recommendations[self.rows[pk]["recommendation_id"]]
        return PaperDeadline(
            words=recommendation.deadline_words, kind=recommendation.deadline_kind, on=recommendation.deadline_on
        )

    def standing(self, pk: int) -> Standing:
        return Standing.of(self.rows[pk].__getitem__, PREFIX)

    def hmicfrs_agrees(self, pk: int) -> bool:
        return self.rows[pk]["at_inspectorate_status"] in AGREES_WITH_CLOSURE

    def hmicfrs_on_closure(self, pk: int) -> str:
        return "HMICFRS agrees" if self.hmicfrs_agrees(pk) else "HMICFRS has not said"

    def recovery(self, pk: int) -> dict:
        """What the force said last, as the fields of figures.Overdue."""
        said = self.voices["force"].get(pk)
        return {"recovery": said.done, "recovery_on": said.effective_on} if said else {}

    def entry(self, pk: int) -> RegisterEntry:
        row, standing = self.rows[pk], self.standing(pk)
        recommendation = self.recommendations[row["recommendation_id"]]
        closed = row["at_closed_on"] is not None
        return RegisterEntry(
            **self.item(pk),
            text=recommendation.text,
            limbs=tuple(part.text for part in recommendation.parts.all()),
            directed_to=", ".join(addressee.name for addressee in recommendation.addressees.all()),
            under=f"{recommendation.cause}: {recommendation.cause.short_text}" if recommendation.cause else "",
            deadline=self.deadline(pk),
            first_target_on=row["at_first_target_on"],
            target_on=row["at_target_on"],
            times_moved=row["at_target_moves"],
            forecast_on=row["at_forecast_on"],
            position=Position(row["at_position"]).label if row["at_position"] else "",
            chief_officer_lead=row["chief_officer_lead"],
            business_lead=row["business_lead"],
            office_lead=row["opcc_lead"],
            rag=row["at_rag"],
            rag_word=self.rule.word(row["at_rag"]),
            rag_reason=reason(standing, self.day),
            flags=flags_of(standing, self.day, self.rule),
            closed_on=row["at_closed_on"],
            outcome=Outcome(row["at_outcome"]).label if closed else "",
            closure=self.hmicfrs_on_closure(pk) if closed else "",
            hmicfrs=self._voice("hmicfrs", pk),
            force=self._voice("force", pk),
            office=self._voice("office", pk),
        )

    def _voice(self, name: str, pk: int) -> LatestVoice:
        said = self.voices[name].get(pk)
        if said is None:
            return LatestVoice()
        if name == "force":
            label, words = self.labels[Vocabulary.STAGE].get(said.stage, said.stage), on_paper(said.done, said)
        elif name == "office":
            label, words = AssuranceView(said.view).label, said.rationale
        else:
            label = self.labels[Vocabulary.INSPECTORATE_STATUS].get(said.status, said.status)
            words = said.source
        return LatestVoice(label=label, words=words, on=said.effective_on)

    def parts(self, pks: list[int]) -> tuple[RegisterPart, ...]:
        """The annex, grouped by inspection, newest report first, in the report's own order."""
        groups: dict[int, list[int]] = {}
        for pk in pks:
            recommendation = self.recommendations[self.rows[pk]["recommendation_id"]]
            groups.setdefault(recommendation.inspection_id, []).append(pk)
        parts = [self._part(group) for group in groups.values()]
        return tuple(sorted(parts, key=lambda part: (-part.published_on.toordinal(), part.title)))

    def _part(self, pks: list[int]) -> RegisterPart:
        in_order = sorted(pks, key=lambda pk: self.recommendations[self.rows[pk]["recommendation_id"]].position)
        inspection = self.recommendations[self.rows[pks[0]]["recommendation_id"]].inspection
        closed = sum(self.rows[pk]["at_closed_on"] is not None for pk in pks)
        return RegisterPart(
            title=inspection.title,
            kind=InspectionKind(inspection.kind).label,
            published_on=inspection.published_on,
            open=len(pks) - closed,
            closed=closed,
            entries=tuple(self.entry(pk) for pk in in_order),
        )


def with_item(annex: Annex, kind: type[RecommendationLine], pk: int, **fields) -> RecommendationLine:
    """One line of a list of the paper."""
    return kind(**annex.item(pk), **fields)
