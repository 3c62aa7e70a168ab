"""The register annex of a paper: each tracked recommendation with the latest entry of its three voices."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from recommendations.domain.papers.data.lines import (
    LatestVoice,
    PaperAction,
    PaperDeadline,
    RecommendationLine,
    RegisterEntry,
    RegisterPart,
)
from recommendations.domain.register.rag_reasons import ColourBasis, flags_of, reason
from recommendations.domain.register.sheet_columns import paper_text
from recommendations.domain.sources.naming import label_of
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
)


class LatestRows(NamedTuple):
    """The latest row of each voice, by tracked recommendation id."""

    force: dict[int, ForceUpdate]
    office: dict[int, Assurance]
    hmicfrs: dict[int, InspectorateStatus]


class Annex:
    """A paper's rows with their details. `rows` are the register as at `day` (domain/register/as_at.py).

    `named` are the ids that the paper lists: no text is read for the others. `gone` were removed from the register:
    only their reference and their report's text are shown. `labels` has the labels of each vocabulary
    (Label.objects.words()), none for risk if the risk section is off. `format` is the paper's (data/paper.py), and
    `actions` are those of its recommendations, by id (sections/actions.py).
    """

    def __init__(
        self,
        rows: list[dict],
        tracked_ids: set[int],
        day: datetime.date,
        known_at: datetime.datetime,
        rule: Thresholds,
        labels: dict,
        gone: Sequence[dict] = (),
        *,
        format: int,
        actions: Mapping[int, tuple[PaperAction, ...]] | None = None,
    ) -> None:
        self.rows = {row["pk"]: row for row in rows}
        self.gone = {row["pk"]: row for row in gone}
        self.named = tracked_ids & self.rows.keys()
        self.actions = actions or {}
        self.day, self.known_at, self.rule, self.labels, self.format = day, known_at, rule, labels, format
        ids = {row["recommendation_id"] for row in (*(self.rows[pk] for pk in self.named), *gone)}
        found = Recommendation.on_file.filter(pk__in=ids).select_related("inspection", "cause")
        self.recommendations = found.prefetch_related("parts", "addressees").in_bulk()
        self.voices = self._latest_rows()

    def _latest_rows(self) -> LatestRows:
        """Return the latest row of each voice as at the day. One query for each."""
        return LatestRows(
            force=self._latest(ForceUpdate), office=self._latest(Assurance), hmicfrs=self._latest(InspectorateStatus)
        )

    def _latest[Row: (ForceUpdate, Assurance, InspectorateStatus)](self, voice: type[Row]) -> dict[int, Row]:
        rows = voice.objects.filter(tracked__in=self.named).standing(self.day, self.known_at).latest_of_each()
        return {row.tracked_id: row for row in rows}

    @property
    def published(self) -> dict[int, datetime.date]:
        """Recommendation id → publication day of its report."""
        return {pk: recommendation.inspection.published_on for pk, recommendation in self.recommendations.items()}

    def item(self, pk: int) -> dict:
        """Return the RecommendationLine fields of a tracked recommendation."""
        row = self.rows.get(pk) or self.gone[pk]
        recommendation = self.recommendations[row["recommendation_id"]]
        return {
            "reference": row["reference"],
            "heading": recommendation.short_text,
            "label": str(recommendation),
            "inspection": recommendation.inspection.title,
            "source": recommendation.inspection.source_word,
        }

    def deadline(self, pk: int) -> PaperDeadline:
        recommendation = self.recommendations[self.rows[pk]["recommendation_id"]]
        return PaperDeadline(
            words=recommendation.deadline_words, kind=recommendation.deadline_kind, on=recommendation.deadline_on
        )

    def basis(self, pk: int) -> ColourBasis:
        return ColourBasis.of(self.rows[pk].__getitem__)

    def hmicfrs_agrees(self, pk: int) -> bool:
        return self.rows[pk]["inspectorate_status"] in AGREES_WITH_CLOSURE

    def hmicfrs_on_closure(self, pk: int) -> str:
        source = self.item(pk)["source"]
        return f"{source} agrees" if self.hmicfrs_agrees(pk) else f"{source} has not said"

    def recovery(self, pk: int) -> dict:
        """Return the force's latest update, as fields of Overdue."""
        said = self.voices.force.get(pk)
        return {"recovery": said.done, "recovery_on": said.effective_on} if said else {}

    def assurance(self, pk: int) -> str:
        """Return the office's reason for its latest view, or ""."""
        said = self.voices.office.get(pk)
        return said.rationale if said else ""

    def entry(self, pk: int) -> RegisterEntry:
        row, basis = self.rows[pk], self.basis(pk)
        recommendation = self.recommendations[row["recommendation_id"]]
        closed = row["closed_on"] is not None
        return RegisterEntry(
            **self.item(pk),
            text=recommendation.text,
            limbs=tuple(part.text for part in recommendation.parts.all()),
            directed_to=", ".join(addressee.name for addressee in recommendation.addressees.all()),
            under=f"{recommendation.cause}: {recommendation.cause.short_text}" if recommendation.cause else "",
            deadline=self.deadline(pk),
            first_target_on=row["first_target_on"],
            target_on=row["target_on"],
            times_moved=row["target_moves"],
            forecast_on=row["forecast_on"],
            counts_from=row["counts_from"],
            close_down_on=row["close_down_on"],
            position=Position(row["position"]).label if row["position"] else "",
            chief_officer_lead=row["chief_officer_lead"],
            business_lead=row["business_lead"],
            office_lead=row["opcc_lead"],
            risk=row["risk"] if self.labels[Vocabulary.RISK] else "",
            risk_word=self.labels[Vocabulary.RISK].get(row["risk"], ""),
            rag=row["rag"],
            rag_word=self.rule.word(row["rag"]),
            rag_reason=reason(basis, self.day),
            flags=flags_of(basis, self.day, self.rule, with_grey=self.format < 4),
            closed_on=row["closed_on"],
            outcome=Outcome(row["outcome"]).label if closed else "",
            closure=self.hmicfrs_on_closure(pk) if closed else "",
            hmicfrs=self._hmicfrs(pk),
            force=self._force(pk),
            office=self._office(pk),
            actions=self.actions.get(pk, ()),
        )

    def _force(self, pk: int) -> LatestVoice:
        said = self.voices.force.get(pk)
        if said is None:
            return LatestVoice()
        label = self.labels[Vocabulary.STAGE].get(said.stage, said.stage)
        return LatestVoice(label=label, words=paper_text(said.done, said), on=said.effective_on)

    def _office(self, pk: int) -> LatestVoice:
        said = self.voices.office.get(pk)
        if said is None:
            return LatestVoice()
        return LatestVoice(label=AssuranceView(said.view).label, words=said.rationale, on=said.effective_on)

    def _hmicfrs(self, pk: int) -> LatestVoice:
        said = self.voices.hmicfrs.get(pk)
        if said is None:
            return LatestVoice()
        label = self.labels[Vocabulary.INSPECTORATE_STATUS].get(said.status, said.status)
        return LatestVoice(label=label, words=said.source, on=said.effective_on)

    def parts(self, pks: list[int]) -> tuple[RegisterPart, ...]:
        """Return the annex grouped by inspection, newest report first, in each report's own order."""
        groups: dict[int, list[int]] = {}
        for pk in pks:
            recommendation = self.recommendations[self.rows[pk]["recommendation_id"]]
            groups.setdefault(recommendation.inspection_id, []).append(pk)
        parts = [self._part(group) for group in groups.values()]
        return tuple(sorted(parts, key=_newest_first))

    def _part(self, pks: list[int]) -> RegisterPart:
        in_order = sorted(pks, key=lambda pk: self.recommendations[self.rows[pk]["recommendation_id"]].position)
        inspection = self.recommendations[self.rows[pks[0]]["recommendation_id"]].inspection
        closed = sum(self.rows[pk]["closed_on"] is not None for pk in pks)
        return RegisterPart(
            title=inspection.title,
            source=label_of(inspection.source, inspection.source_word),
            kind=InspectionKind(inspection.kind).label,
            published_on=inspection.published_on,
            open=len(pks) - closed,
            closed=closed,
            entries=tuple(self.entry(pk) for pk in in_order),
        )


def _newest_first(part: RegisterPart) -> tuple[int, str]:
    return -part.published_on.toordinal() if part.published_on else 0, part.title


def with_item[Line: RecommendationLine](annex: Annex, kind: type[Line], pk: int, **fields: Any) -> Line:
    """Return a line of one of the paper's lists, with the fields common to all lines."""
    return kind(**annex.item(pk), **fields)
