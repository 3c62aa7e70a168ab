"""Verify the audit trail's hash chain, and report any tampering."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.attachments import verification as files
from recommendations.domain.audit import sealed_rows
from recommendations.domain.audit.chain import BEGINNING, KnownHead
from recommendations.domain.audit.secret_key import ANOTHER_KEY, is_of_another_key
from recommendations.domain.audit.verification import Verdict, judge
from recommendations.domain.handing_over.verification import check_received
from recommendations.domain.people import verification as people
from recommendations.domain.webhooks import verification as webhooks
from recommendations.last_runs import note_problem, note_run

BESIDE = (files, people, sealed_rows, webhooks)  # importing them registers their checks

MOST_SHOWN = 100
BEFORE = (
    "The first {} entries were not looked at, and of the records only what later entries name: for the rest, "
    "run verify_audit without --since."
)


class Command(BaseCommand):
    help = (
        "Walk the chained trail and hold every record and its history against it. Ends with an error where something "
        "was edited, deleted, inserted or swapped. Give the head that was kept outside (as printed on a board's "
        "paper), and a trail that was cut short or written again is found too."
    )

    def add_arguments(self, parser):
        parser.add_argument("--head", default="", metavar="HASH", help="a head of the trail that was kept outside")
        parser.add_argument("--count", type=int, metavar="N", help="how many entries the trail had then")
        parser.add_argument(
            "--since",
            default="",
            metavar="N:HASH",
            help="a head up to which all was well: look only at the entries after it and at the records that they name",
        )

    def handle(self, *args, head, count, since, **options):
        if count is not None and not head:
            raise CommandError("--count says where to look for a head: give --head too.")
        if since and head:
            raise CommandError("--since does not look at what was before it: give --head alone, or --since alone.")
        if is_of_another_key():
            raise CommandError(ANOTHER_KEY)
        verdict = judge(head, count, known_head(since))
        received = [] if since else [*check_received()]
        for register, problems, _ in received:
            verdict.problems.extend(f"Taken over from {register.origin}: {problem}" for problem in problems)
        if verdict.problems:
            note_problem("verify_audit", at=timezone.now(), detail="the trail and the records do not agree")
            rest = len(verdict.problems) - MOST_SHOWN
            lines = verdict.problems[:MOST_SHOWN] + ([f"And {rest} more."] if rest > 0 else [])
            raise CommandError("\n".join(["The trail and the records do not agree.", *lines]))
        if not verdict.since:
            note_run("verify_audit", at=timezone.now(), detail=f"{verdict.count} entries")
        self._say(verdict)
        for register, _, _ in received:
            head = f"{register.head_count} entries, head {register.head_hash}"
            self.stdout.write(f"The trail of {register.origin} for {register.force_name} is whole too: {head}.")

    def _say(self, verdict: Verdict) -> None:
        passed = ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in verdict.passed.items())
        walked = f"{verdict.count} entries" if not verdict.since else f"{verdict.count - verdict.since} new entries"
        self.stdout.write(f"All is well: {walked}. Head of the trail:\n{verdict.head or 'none yet'}")
        if verdict.since:
            self.stdout.write(BEFORE.format(verdict.since))
        if passed:
            self.stdout.write(f"Passed, because sealed entries say what was removed: {passed}.")


def known_head(text: str) -> KnownHead:
    """Parse a head given as N:HASH; the beginning of the trail if empty. Raises CommandError for anything else."""
    if not text:
        return BEGINNING
    count, _, head = text.partition(":")
    if not count.isdecimal() or not int(count) or not head.strip():
        raise CommandError("Give --since as the number of entries and the hash of the last: --since 994:4f1c…")
    return KnownHead(int(count), head)
