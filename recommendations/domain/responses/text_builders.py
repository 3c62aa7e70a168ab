"""Build a response's text from its draft, and read what a version's comments say to each recommendation."""

from dataclasses import replace

from django.db.models import Prefetch

from recommendations.domain.inspections.statutory_clock import soonest
from recommendations.domain.responses.chief_officers.section import force_names, forces_of, spoke_elsewhere, voices_of
from recommendations.domain.responses.draft.parts import answer_of, parts_of, reports_of
from recommendations.domain.responses.items import RecommendationAnswer, items_of, printed_recommendations
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import KIND_WORDS, ChiefOfficer, ResponseText
from recommendations.domain.sources.text import law_of_count
from recommendations.domain.text.security_marking import marking_of
from recommendations.enums import InspectionKind
from recommendations.models import (
    CommentAnswer,
    DraftPart,
    Explanation,
    Force,
    Inspection,
    Recommendation,
    Response,
    ResponseVersion,
)
from recommendations.models.responses.drafts import CORRECTION, NARRATIVE, REPLY


def text_of_draft(response: Response) -> ResponseText:
    """Return the text of the current draft, with the body's current name, holder and label."""
    reports = reports_of(response)
    return draft_as_text(response, parts_of(response, reports), reports)


def draft_as_text(response: Response, parts: list, reports: list) -> ResponseText:
    """Return the text of the draft from parts and reports that have been read already."""
    named = {part.name: part.text for part in parts if part.name}
    asked, said = draft_answers(parts)
    versions = list(response.versions.defer("source_text")) if CORRECTION in named else []
    last = versions[0] if versions else None
    forces = forces_of(response.body_id, reports)
    return ResponseText(
        **facts_of(response, reports, forces),
        body_name=response.body.name,
        holder=response.body.holder,
        comment_label=response.body.comment_label,
        number=last.number + 1 if last else 1,
        first_on=versions[-1].published_on if versions else None,
        correction=named.get(CORRECTION, ""),
        markdown=named.get(NARRATIVE, ""),
        items=items_of(asked, said),
        chief_officers=_chief_officers(response, reports, forces, last),
        reply=named.get(REPLY, ""),
        marking=marking_of(parts).label,
    )


def draft_answers(parts: list[DraftPart]) -> tuple[list[Recommendation], dict[int, RecommendationAnswer]]:
    """Return the recommendations that a draft prints, in order, and its answer to each, by id."""
    said = {part.recommendation.pk: answer_of(part) for part in parts if part.recommendation}
    return printed_recommendations([part.recommendation for part in parts if part.recommendation], said), said


def facts_of(response: Response, reports: list[Inspection], forces: list[Force] | None = None) -> dict:
    """Return the report's facts to print: the kind from the first, forces from all, days from the most urgent.

    If all the reports were withdrawn since, they are all used, so that the text still says what it answered. Pass
    `forces` if they have been read already.
    """
    reports = reports or list(Inspection.on_file.filter(answered_by__response=response).order_by("answered_by__pk"))
    first, urgent = reports[0], min(reports, key=soonest)
    return {
        "title": response.title,
        "inspectorate": inspectorate_words(first),
        "kind_words": KIND_WORDS[InspectionKind(first.kind)],
        "report_on": urgent.published_on,
        "last_day": urgent.last_day,
        "is_stated": not urgent.is_under_section_55,
        "counted_under": law_of_count(urgent),
        "report_link": first.link,
        "forces": tuple(force.name for force in forces or forces_of(response.body_id, reports)),
    }


def inspectorate_words(inspection: Inspection) -> str:
    """ "HMICFRS", "HMICFRS, CQC and HMIP"."""
    joint = [name.strip() for name in inspection.joint_inspectorates.split(",") if name.strip()]
    names = [inspection.lead_inspectorate, *joint]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _chief_officers(
    response: Response, reports: list, forces: list[Force], last: ResponseVersion | None
) -> tuple[ChiefOfficer, ...]:
    """Return each force's comments. Those in an imported document stay until somebody enters or invites others."""
    voices = voices_of(response, reports, forces)
    asked = any(voice.comments or voice.invitation for voice in voices)
    elsewhere = None if asked or last is None else spoke_elsewhere(response)
    if elsewhere:
        names = force_names(voice.force for voice in voices)
        return tuple(replace(said, force=names) for said in text_of_version(elsewhere).chief_officers)
    return tuple(voice.words for voice in voices)


def published_answers(version: ResponseVersion, ids: set[int]) -> tuple[dict[int, RecommendationAnswer], list[str]]:
    """Return the answers by recommendation id, limited to the ids in `ids`, and the comments that answer none of
    them.

    A comment is printed below the first recommendation that it answers. Another that it answers refers to it, or
    repeats it if it has further comments.
    """
    answers = CommentAnswer.objects.order_by("recommendation__position", "id")
    comments = list(version.comments.prefetch_related(Prefetch("answers", answers)))
    to: dict[int, list] = {}
    general = []
    for comment in comments:
        answered = dict.fromkeys(each.recommendation_id for each in comment.answers.all())
        places = [pk for pk in answered if pk in ids]
        general += [] if places else [comment.text]
        for pk in places:
            to.setdefault(pk, []).append((comment, places[0]))
    explained = {each.recommendation_id: each for each in version.explanations.all()}
    return {pk: _answer_to(pk, to.get(pk, []), to, explained.get(pk)) for pk in {*to, *explained} & ids}, general


def _answer_to(pk: int, comments: list, to: dict, explanation: Explanation | None) -> RecommendationAnswer:
    said = RecommendationAnswer(explanation.action, explanation.reason) if explanation else RecommendationAnswer()
    if len(comments) == 1 and comments[0][1] != pk and len(to[comments[0][1]]) == 1:
        return replace(said, with_pk=comments[0][1])
    return replace(said, comment="\n\n".join(comment.text for comment, _ in comments))
