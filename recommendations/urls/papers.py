"""Addresses of papers and their factual checks."""

from django.urls import path

from recommendations.permissions import May
from recommendations.sections import Section, addresses_of
from recommendations.views.papers import (
    author_text,
    builds,
    comparison,
    factual_checks,
    files,
    finalising,
    issuing,
    papers,
    publication,
)
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(90, NavigationPlace("Papers", "papers", May.SEE_PAPERS, ("/papers", "/requests", "/checks")))

PUBLIC = [
    path("papers/<int:pk>/public/", publication.publish_paper, name="publish_paper"),
    path(
        "papers/<int:pk>/public/<int:publication>/withdraw/",
        publication.withdraw_public_paper,
        name="withdraw_public_paper",
    ),
]

urlpatterns = [
    path("papers/", papers.papers, name="papers"),
    path("papers/add/", papers.add_paper, name="add_paper"),
    path("papers/compare/", comparison.compare_papers, name="compare_papers"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/words/", author_text.paper_words, name="paper_words"),
    path("papers/<int:pk>/finalise/", finalising.finalise, name="finalise_paper"),
    path("papers/<int:pk>/correct/", papers.correct, name="correct_paper"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    path("papers/<int:pk>/read/", files.read_paper, name="read_paper"),
    path("papers/<int:pk>/register.<slug:form>", files.paper_register, name="paper_register"),
    path("papers/<int:pk>/draft-file/", builds.build_draft, name="build_draft"),
    path("papers/<int:pk>/builds/<int:build>/", builds.paper_build, name="paper_build"),
    path("papers/<int:pk>/builds/<int:build>/progress/", builds.build_progress, name="build_progress"),
    path("papers/<int:pk>/builds/<int:build>/file/", builds.paper_build_file, name="paper_build_file"),
    path("papers/<int:pk>/check/", factual_checks.send_to_check, name="send_to_check"),
    path("papers/<int:pk>/issue/", issuing.issue_paper, name="issue_paper"),
    path("papers/<int:pk>/meetings/<int:meeting>/withdraw/", issuing.withdraw_issue, name="withdraw_issue"),
    *addresses_of(Section.PUBLIC_PAPERS, patterns=PUBLIC),
    path("checks/<int:pk>/", factual_checks.factual_check, name="factual_check"),
    path("checks/<int:pk>/file/", factual_checks.factual_check_file, name="factual_check_file"),
    path("checks/<int:pk>/reply/", factual_checks.reply_to_check, name="reply_to_check"),
    path("checks/<int:pk>/end/", factual_checks.end_check, name="end_check"),
    path("checks/<int:pk>/corrections/<int:number>/", factual_checks.answer_correction, name="answer_correction"),
]
