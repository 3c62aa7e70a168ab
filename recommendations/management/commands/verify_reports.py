"""Verify each finalised paper: its file, its stored figures, and the dated rows behind them."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.handing_over.verification import check_received
from recommendations.domain.papers.verification import PaperCheck, check_papers
from recommendations.last_runs import note_problem, note_run

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Check each finalised paper: its file's bytes against their SHA-256 and the trail, and its figures against "
        "what the dated rows give again for the same day and moment. Facts that were recorded after "
        "a paper are listed, and are no error. Ends with status 1 where anything is wrong. Nothing is written."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for scripts: each paper, its problems, what came late")

    def handle(self, *args, **options):
        checks = [*check_papers(self.progress), *(check for _, _, found in check_received() for check in found)]
        wrong = [check for check in checks if check.problems]
        if options["json"]:
            self.stdout.write(json.dumps([self.plain(check) for check in checks], indent=2, ensure_ascii=False))
        else:
            for check in checks:
                self.tell(check)
        if wrong:
            say = "1 paper is" if len(wrong) == 1 else f"{len(wrong)} papers are"
            note_problem("verify_reports", at=timezone.now(), detail=f"{say} not as filed")
            raise CommandError(f"{say} not as filed, of {len(checks)}. Run verify_audit too.")
        note_run("verify_reports", at=timezone.now(), detail=f"{len(checks)} papers")
        if not options["json"]:
            self.stdout.write(self.summary(checks))

    def progress(self, done: int, of: int) -> None:
        if done % 10 == 0 or done == of:
            self.stderr.write(f"{done} of {of} papers checked", self.style.NOTICE)

    def tell(self, check: PaperCheck) -> None:
        if not check.problems and not check.late:
            return
        self.stdout.write(check.title)
        for line in [*self.few(check.problems), *(f"Since: {line}" for line in self.few(check.late))]:
            self.stdout.write(f"  {line}")

    def few(self, lines: list[str]) -> list[str]:
        rest = len(lines) - MOST_SHOWN
        return lines[:MOST_SHOWN] + ([f"And {rest} more: --json has them all."] if rest > 0 else [])

    def summary(self, checks: list[PaperCheck]) -> str:
        if not checks:
            return "No paper has been finalised yet."
        late = sum(len(check.late) for check in checks)
        papers = "1 paper is" if len(checks) == 1 else f"{len(checks)} papers are"
        since = {0: "Nothing was recorded late.", 1: "1 fact was recorded later, as listed."}
        return f"{papers} as filed. {since.get(late, f'{late} facts were recorded later, as listed.')}"

    def plain(self, check: PaperCheck) -> dict:
        return {
            "paper": check.pk,
            "title": check.title,
            "file": check.file,
            "sha256": check.sha256,
            "known_at": check.known_at.isoformat() if check.known_at else None,
            "problems": check.problems,
            "recorded_later": check.late,
        }
