"""Finalise the scrutiny report of a force, or of several, for a period, and write its PDF."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.papers.building import accept_contradictions, compile_to_finalise, contradictions_in
from recommendations.domain.papers.finalising import LongBuild, finalise_paper
from recommendations.domain.papers.joint.papers import newest_on, prepare_for
from recommendations.domain.writing.refusals import Refusal, RenderFailed
from recommendations.enums import PaperState
from recommendations.forms.site.fields import read_day
from recommendations.models import Force, ScrutinyReport, User
from recommendations.permissions import May


class Command(BaseCommand):
    help = (
        "Finalise the scrutiny report of a force for a period, as the page does, and write its PDF. "
        "With --force given more than once it is one joint paper on all of them. "
        "A paper that is finalised already is written again, byte for byte."
    )

    def add_arguments(self, parser):
        forces = "the force, for example westmarch; repeat for each other force of a joint paper"
        parser.add_argument("--force", required=True, action="append", metavar="SLUG", help=forces)
        parser.add_argument("--from", required=True, dest="start", metavar="DATE", help="first day of the period")
        parser.add_argument("--to", required=True, dest="end", metavar="DATE", help="last day of the period")
        parser.add_argument("--output", metavar="FILE", help="where the PDF goes (default: its own name, here)")
        despite = "finalise it although the figures contradict some of its sentences; the trail says so"
        parser.add_argument("--despite-figures", action="store_true", help=despite)
        parser.add_argument("--by", metavar="EMAIL", help="the approving officer (default: the command line)")

    def handle(self, *args, force, start, end, output, by, despite_figures, **options):
        start, end = self.day(start, "--from"), self.day(end, "--to")
        try:
            paper = self.finalise_if_needed(
                [self.force(slug) for slug in dict.fromkeys(force)], start, end, self.person(by), despite_figures
            )
        except (Refusal, RenderFailed) as refused:
            raise CommandError(str(refused)) from None
        file = paper.file
        assert file is not None  # paper_finalised_is_whole
        path = Path(output or file.name)
        try:
            path.write_bytes(bytes(file.content))
        except OSError as failed:
            raise CommandError(f"The paper is finalised, but {path} can't be written: {failed.strerror}.") from None
        self.stdout.write(f"{path}: {len(file.content):,} bytes, SHA-256 {file.sha256}")

    def finalise_if_needed(self, forces, start, end, by, despite_figures) -> ScrutinyReport:
        """Return the newest issue of this period's paper, finalising it first if necessary."""
        at = timezone.now()
        paper = newest_on(forces, start, end)
        if paper is None:
            paper = prepare_for(forces=forces, start=start, end=end, by=None, at=at)
        if paper.state == PaperState.FINALISED:
            return paper
        if found := contradictions_in(compile_to_finalise(paper, by=by, at=at)):
            if not despite_figures:
                said = "\n".join(map(str, found))
                raise Refusal(f"{said}\nChange these sentences, or finalise it with --despite-figures.")
            accept_contradictions(paper=paper, sentences=found, by=by, at=at)
        return finalise_paper(paper=paper, render=render_paper, by=by, at=at, observer=LongBuild())

    def force(self, slug: str) -> Force:
        found = Force.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Force.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no force “{slug}”. Known: {known}.")
        return found

    def person(self, email: str | None) -> User | None:
        if email is None:
            return None
        found = User.objects.filter(email__iexact=email).first()
        if found is None:
            raise CommandError(f"No one has an account with the address {email}.")
        if not found.has_perm(May.FINALISE_PAPER):
            raise CommandError(f"{found} may not finalise a paper: an approving officer does.")
        return found

    def day(self, typed: str, option: str):
        try:
            return read_day(typed)
        except ValidationError as wrong:
            raise CommandError(f"{option}: {wrong.message}") from None
