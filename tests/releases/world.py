"""What a kept database of a release holds, and what is asked of it after each later migration."""

from collections import Counter

from django.core.management import call_command

from recommendations import models
from recommendations.domain.audit.verification import judge
from recommendations.domain.office_use.choice import choose_sections, current_choice
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.register.as_at import as_at
from recommendations.sections import Section
from tests.conftest import AT, TODAY
from tests.security.world import build_world

COUNTED = (
    models.TrackedRecommendation,
    models.ForceUpdate,
    models.Assurance,
    models.InspectorateStatus,
    models.TargetDate,
    models.Closure,
    models.ResponseVersion,
    models.PublishedText,
    models.Commitment,
    models.ScrutinyReport,
    models.IssuedFile,
    models.Meeting,
    models.CustodyVisit,
    models.UpdateRound,
    models.User,
)


def build() -> None:
    """A record of every kind for two forces, with papers of each and their files, of an office that uses everything."""
    call_command("migrate", verbosity=0)
    now = current_choice(TODAY)
    choose_sections(sections=tuple(Section), source_keys=now.followed_keys, token=now.token, by=None, at=AT)
    build_world()


def found(head: str = "", count: int | None = None) -> dict:
    """What a database says of itself: the head of its trail, whatever is wrong with trail and papers, how many rows."""
    verdict, papers = judge(head, count), check_papers()
    return {
        "head": verdict.head,
        "entries": verdict.count,
        "wrong": [*verdict.problems, *(problem for paper in papers for problem in paper.problems)],
        "papers": sorted(paper.sha256 for paper in papers),
        "rows": {model.__name__: model._base_manager.count() for model in COUNTED},
        "open": models.Standing.objects.now().open().count(),
        "colours": _colours(),
    }


def _colours() -> dict[str, int]:
    """How many stood in each colour on the day that the world is built on, by the dated rows."""
    rows = as_at(models.TrackedRecommendation.on_file.all(), TODAY, models.RagRule.objects.on(TODAY))
    return dict(Counter(rows.values_list("rag", flat=True)))
