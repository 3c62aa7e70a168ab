"""Validation of the backup settings, with messages for whoever sets them."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from oversight.addresses import is_safe

KEPT = re.compile(r"(?:[1-9]\d{0,3}[dwm])(?: [1-9]\d{0,3}[dwm]){0,2}")
RECIPIENT = re.compile(r"age1[0-9a-z]{50,}|ssh-(ed25519|rsa) \S+( .*)?")


def wrong_about_backups(office: str, owner: str, to: str, keep: str, recipient: str, endpoint: str) -> str:
    """What is wrong with the backup settings, as a sentence, or ""."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,30}", office):
        return "Let OFFICE be a short name of small letters, digits and hyphens: it is part of the names of backups."
    if owner and urlsplit(owner).scheme not in ("postgres", "postgresql"):
        return "Let OWNER_DATABASE_URL be a postgres:// address: only a PostgreSQL has an owner beside its user."
    if not (to.startswith("s3://") and urlsplit(to).netloc) and not Path(to).is_absolute():
        return "Let BACKUP_TO be a folder's whole path (/backups) or a bucket (s3://bucket/prefix)."
    letters = keep.replace(" ", "").translate({ord(digit): None for digit in "0123456789"})
    if keep and (not KEPT.fullmatch(keep) or len({*letters}) < len(letters)):
        return "Let BACKUP_KEEP say of how many days, weeks and months a backup stays (7d 5w 24m), or be empty for all."
    if recipient and not RECIPIENT.fullmatch(recipient):
        return "Let BACKUP_RECIPIENT be a public key of age (age1…, from age-keygen) or of SSH (ssh-ed25519 …)."
    if endpoint and not is_safe(endpoint):
        return "Let BACKUP_ENDPOINT be the https:// address of the S3-compatible store."
    return ""


def wrong_about_heads(places: list[str]) -> str:
    """What is wrong with a place in HEADS_TO, or "" if all are right."""
    for place in places:
        if not (re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", place) or Path(place).is_absolute() or is_safe(place)):
            return f"HEADS_TO: {place!r} is no mailto:address, https:// address or whole path of a file."
    return ""
