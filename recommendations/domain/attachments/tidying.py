"""Stored files that no record refers to: abandoned uploads, and files removed from the record."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from recommendations.domain.attachments import storage
from recommendations.models import Attachment, StoredFile

LEFT = datetime.timedelta(days=1)


def abandoned_files(at: datetime.datetime) -> QuerySet[StoredFile]:
    """Return files stored more than a day ago that no attachment refers to."""
    named = Attachment.on_file.filter(sha256=OuterRef("sha256"), removed_at__isnull=True)
    return StoredFile.objects.filter(~Exists(named), brought_at__lt=at - LEFT)


def remove_abandoned(*, at: datetime.datetime, dry_run: bool = False) -> int:
    """Remove them, bytes first, and return how many there were."""
    found = [each.pk for each in abandoned_files(at)]
    for sha256 in [] if dry_run else found:
        with transaction.atomic():
            if abandoned_files(at).select_for_update(of=("self",)).filter(pk=sha256).exists():
                storage.remove(sha256)
                # written at once: it is no record, and nothing names it
                StoredFile.objects.filter(pk=sha256).delete()
    return len(found)
