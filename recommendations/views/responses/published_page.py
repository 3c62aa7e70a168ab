"""The office's page of a response that was written and published here: its text, steps and commitments."""

from django.http import HttpResponse
from django.shortcuts import render

from recommendations.domain.responses.published_text import counts_by_section_55, text_of_version
from recommendations.forms.responses.approvals import ConfirmResponseForm, CorrectForm
from recommendations.models import Comment, Response, ResponseVersion
from recommendations.views.commitments.marking import commitments_by_comment
from recommendations.views.public.response_page import reads
from recommendations.views.responses.approval_page import decision_sentence
from recommendations.views.responses.status import Life
from recommendations.views.site.requests import AuthenticatedRequest


def show(request: AuthenticatedRequest, response: Response, version: ResponseVersion) -> HttpResponse:
    """The latest version, with the possible actions."""
    life = Life.now(request, response)
    comments = list(version.comments.prefetch_related("answers__recommendation"))
    promised = commitments_by_comment(version, comments, request.user)
    assert version.submission  # what was brought in has another page
    context = {
        "response": response,
        "version": version,
        "life": life,
        "is_to_correct": _names_section_55_wrongly(life, version),
        "approved_words": decision_sentence(version.submission),
        "promised": [
            (_recommendation_names(comment), promised[comment.pk if comment else None]) for comment in [*comments, None]
        ],
        **can_be_done(life),
        **reads(text_of_version(version)),
    }
    return render(request, "responses/published.html", context)


def _names_section_55_wrongly(life: Life, version: ResponseVersion) -> bool:
    """Whether the issued text cites section 55, though it is now known to apply to none of the reports."""
    applies = any(report.is_under_section_55 for report in life.reports)
    return bool(life.reports) and not applies and counts_by_section_55(version)


def _recommendation_names(comment: Comment | None) -> str:
    """The recommendations that a comment answers: "Recommendation 1, Recommendation 2"; "" for the rest of the text."""
    return ", ".join(str(answer.recommendation) for answer in comment.answers.all()) if comment else ""


def can_be_done(life: Life) -> dict:
    """The forms to confirm it and to start a correction, and the addresses of other actions open to this user."""
    confirm = ConfirmResponseForm(response=life.response) if "confirm_response" in life.verbs else None
    correct = CorrectForm(response=life.response) if "correct" in life.verbs else None
    return {"confirm_form": confirm, "correct_form": correct, "ending": life.ending}
