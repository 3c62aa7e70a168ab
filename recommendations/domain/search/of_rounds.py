"""Search entries for update rounds: answers that the force released and the office has not accepted."""

from collections.abc import Iterator

from recommendations.domain.search.sources import RestsOn, SearchDocument, source
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import RoundAnswer, RoundLine, TrackedRecommendation, UpdateRound
from recommendations.sections import Section


@source(
    RoundAnswer,
    related=("line__round", "line__tracked__recommendation"),
    rests_on=(
        RestsOn(TrackedRecommendation, "line__tracked", {"reference", "force_id", "withdrawn_at"}),
        RestsOn(RoundLine, "line", {"round_id"}),
        RestsOn(UpdateRound, "line__round", {"name", "force_id"}),
    ),
    section=Section.ROUNDS,
)
def round_answers(answer: RoundAnswer) -> Iterator[SearchDocument]:
    """An answer that waits or was returned, for the office and the force that gave it.

    An accepted answer has become a force update, with its own entry.
    """
    tracked, asked = answer.line.tracked, answer.line.round
    text = "\n".join(filter(None, (answer.done, answer.evidence, answer.closure_reason, answer.same_reason)))
    question = f"The office asks: {answer.question}" if answer.question else ""
    if answer.update_id is None and (text or question):
        yield SearchDocument(
            kind=SearchKind.UPDATE,
            speaker=Speaker.FORCE,
            readers=Readers.FORCE if asked.force_id == tracked.force_id else Readers.OFFICE,
            force=asked.force_id,
            inspection=tracked.recommendation.inspection_id,
            tracked=tracked.pk,
            record=asked.pk,
            address=asked.get_absolute_url(),
            title=f"{tracked.reference}, answer in a round: {answer.get_state_display().lower()}",
            about=asked.name,
            names=(tracked.reference,),
            beside=(tracked.recommendation.short_text,),
            text="\n".join(filter(None, (text, question))),
            by=answer.released_by_id,
            said_by=answer.said_by,
            day=answer.effective_on,
            recorded_at=answer.released_at,
            has_no_page=tracked.withdrawn_at is not None,
        )
