"""For a timer: send the trail's head elsewhere, and check that the one sent before is still in the trail."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight.operations.heads import send_head, words_of
from recommendations.last_runs import note_problem, note_run


class Command(BaseCommand):
    help = (
        "Send the head of the trail to the places of HEADS_TO, and look for the head that was sent before in today's "
        "trail. Ends with status 1, and tells every place, where it is not there: the trail was cut off or written "
        "again. Also where a place does not take the head."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--begin-again", action="store_true", help="after a restore: look for no head that was sent before"
        )

    def handle(self, *, begin_again, **options):
        at, state = timezone.now(), settings.VAR_DIR / "last-head.json"
        done = send_head(places=settings.HEADS_TO, office=settings.OFFICE, state=state, at=at, begin_again=begin_again)
        self.stdout.write(f"{done.sent.entries:,} entries. Head of the trail:\n{done.sent.head or 'none yet'}")
        if done.missing:
            note_problem("send_head", at=at, detail="the trail does not have a head that was sent before")
        if done.missing or done.failed:
            said = [words_of(done.missing)] if done.missing else []
            raise CommandError("\n".join([*said, *done.failed]))
        if not settings.HEADS_TO:
            self.stdout.write("It was sent nowhere: set HEADS_TO.")
        elif done.compared:
            self.stdout.write(words_of([]))
        note_run("send_head", at=at)
