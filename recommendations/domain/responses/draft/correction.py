"""The draft of a correction starts with the text of the last version, whether written here or imported."""

import datetime

from recommendations.domain.responses.draft.parts import clear, make_rows, parts_of
from recommendations.domain.responses.items import NOTHING
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.responses.text_builders import published_answers
from recommendations.domain.text.plain_to_markdown import PARAGRAPHS, as_markdown
from recommendations.domain.text.quotations import occurs_in
from recommendations.enums import CheckOutcome
from recommendations.models import Commitment, DraftCommitment, DraftPart, Response, ResponseVersion
from recommendations.models.responses.drafts import NARRATIVE, REPLY


def refill(response: Response, version: ResponseVersion, at: datetime.datetime) -> None:
    """Fill the draft's parts from `version`. The parts get version 0 and no author. The response must be locked."""
    clear(response)
    parts = parts_of(response)
    said, general = published_answers(version, {part.recommendation.pk for part in parts if part.recommendation})
    text = text_of_version(version)
    words = {NARRATIVE: _narrative(version, text, general), REPLY: _markdown_of(version, text.reply)}
    for part in parts:
        told = said.get(part.recommendation.pk, NOTHING) if part.recommendation else NOTHING
        part.action, part.reason = told.action, told.reason
        part.text = words.get(part.name, "") if part.name else _markdown_of(version, told.comment)
    _share_comments(parts, said)
    make_rows(parts, at)
    _mark_commitments(response, parts)


def _narrative(version: ResponseVersion, text: ResponseText, general: list[str]) -> str:
    return text.markdown if version.submission_id else as_markdown([*text.narrative, *general], text.footnotes)


def _markdown_of(version: ResponseVersion, text: str) -> str:
    """Return a version's text as Markdown. Text that was written here already is."""
    return text if version.submission_id else as_markdown(text.split(PARAGRAPHS))


def _share_comments(parts: list[DraftPart], answers: dict) -> None:
    rows = {part.recommendation_id: part for part in parts if part.recommendation}
    for pk, part in rows.items():
        part.with_part = rows.get(answers.get(pk, NOTHING).with_pk)


def _mark_commitments(response: Response, parts: list[DraftPart]) -> None:
    """Mark the sentences that are already commitments, so that publishing them again creates no second commitment."""
    dropped = Commitment.objects.filter(checks__outcome=CheckOutcome.DROPPED, checks__withdrawn_at__isnull=True)
    kept = Commitment.objects.filter(of__response=response).exclude(pk__in=dropped.values("pk")).order_by("pk")
    rows = [(part, each) for each in kept for part in parts if occurs_in(each.quote, part.text)]
    first = {each.pk: (part, each) for part, each in reversed(rows)}
    # written at once: marks in a draft are no records
    DraftCommitment.objects.bulk_create(
        DraftCommitment(part=part, quote=each.quote, keeper=each.keeper, check_on=each.check_on, every=each.every)
        for part, each in first.values()
    )
