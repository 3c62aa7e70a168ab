"""Where the voices differ, from the same rows as a scrutiny report's sum. No queries."""

from collections import Counter

from recommendations.domain.papers.data.lines import LatestVoice
from recommendations.domain.papers.data.voices import SaidDone, VoicesGap
from recommendations.domain.papers.sections.movement import NOT_CLOSED_AS_DONE
from recommendations.domain.papers.sections.register_annex import Annex, with_item
from recommendations.enums import AGREES_WITH_CLOSURE, AssuranceView, ClosureState, Stage, Vocabulary

COUNTED = {
    AssuranceView.NOT_ASSURED: "not_assured",
    AssuranceView.PARTLY_ASSURED: "partly_assured",
    "": "no_view",
    AssuranceView.ASSURED: "assured",
}
IN_ORDER = list(COUNTED)


def voices_of(rows: list[dict], annex: Annex) -> VoicesGap:
    """Return where the force says done but the office is not assured, and the closures on which the source is silent.

    `rows` are the register as at the period's last day; `annex` includes those of them that are open.
    """
    done = [row for row in rows if _says_done(row)]
    closed = [row for row in rows if row["closed_on"] is not None and row["outcome"] not in NOT_CLOSED_AS_DONE]
    silent = [row for row in closed if _is_silent(row)]
    by_view = Counter(COUNTED[row["assurance"]] for row in done)
    return VoicesGap(
        **by_view,
        lines=_lines(done, annex),
        closed=len(closed),
        silent=len(silent),
        oldest_on=min((row["closed_on"] for row in silent), default=None),
    )


def _says_done(row: dict) -> bool:
    asked = row["stage"] == Stage.PENDING_SIGN_OFF or row["closure_requested_on"] is not None
    return row["closed_on"] is None and asked


def _is_silent(row: dict) -> bool:
    """Whether the source neither agreed, on any day, nor said anything on or after the closing day."""
    said_on = row["inspectorate_status_on"]
    since = said_on is not None and said_on >= row["closed_on"]
    return row["inspectorate_status"] not in AGREES_WITH_CLOSURE and not since


def _lines(done: list[dict], annex: Annex) -> tuple[SaidDone, ...]:
    """Return those that the office is not assured of, widest gap first."""
    gaps = [row for row in done if row["assurance"] != AssuranceView.ASSURED]
    gaps.sort(key=lambda row: (IN_ORDER.index(row["assurance"]), row["reference"]))
    return tuple(with_item(annex, SaidDone, row["pk"], force=_force(row, annex), office=_office(row)) for row in gaps)


def _force(row: dict, annex: Annex) -> LatestVoice:
    if row["closure_requested_on"] is not None:
        return LatestVoice(label=ClosureState.REQUESTED.label, on=row["closure_requested_on"])
    return LatestVoice(label=annex.labels[Vocabulary.STAGE][Stage.PENDING_SIGN_OFF], on=row["last_update_on"])


def _office(row: dict) -> LatestVoice:
    if not row["assurance"]:
        return LatestVoice()
    return LatestVoice(label=AssuranceView(row["assurance"]).label, on=row["assurance_on"])
