"""Read the attached files again that were not read whole, for searches and redactions."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.attachments import storage
from recommendations.domain.attachments.attachments import store_file
from recommendations.domain.attachments.queries import files_not_read_whole
from recommendations.exchange.readers.sandbox import read_text
from recommendations.models import Attachment


class Command(BaseCommand):
    help = (
        "Read again the files on records whose text was not read whole, such as those that an earlier version read "
        "without properties and comments. It may be run again; long files, scans and pictures stay as they are."
    )

    def handle(self, *args, **options):
        waiting = sorted({each.sha256 for each in files_not_read_whole(Attachment.on_file.all())})
        whole = sum(map(self.read_again, waiting))
        self.stdout.write(f"{whole} of {len(waiting)} files are read whole now.")

    def read_again(self, sha256: str) -> bool:
        """Read one file and keep its text; return whether that is everything it says."""
        try:
            with storage.open_stored(sha256) as content:
                text, is_read_whole = read_text(content.read())
                store_file(content=content, text=text, at=timezone.now(), is_read_whole=is_read_whole)
        except OSError as missing:
            self.stderr.write(f"{sha256}: {missing}")
            return False
        return is_read_whole
