"""The settings for the store of attached files, and their validation."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from oversight.addresses import is_safe

BUCKET = "s3://"
NEEDS_S3 = "needs the package oversight-s3; in a checkout run `make setup`."


def wrong_about_files(files_to: str, endpoint: str) -> str:
    """What is wrong with FILES_TO and FILES_ENDPOINT, or ""."""
    if files_to.startswith(BUCKET):
        if not urlsplit(files_to).netloc:
            return "Let FILES_TO name a bucket: s3://bucket, or s3://bucket/folder."
        if not find_spec("obstore"):
            return f"FILES_TO=s3://… {NEEDS_S3}"
    elif files_to and not Path(files_to).is_absolute():
        return "Let FILES_TO be a folder’s whole path, or s3://bucket/folder."
    if endpoint and not is_safe(endpoint):
        return "Let FILES_ENDPOINT begin with https://, or http:// on this machine."
    return ""


def store_of_files(files_to: str, endpoint: str) -> dict[str, Any]:
    """The store of attached files for Django's STORAGES."""
    if not files_to.startswith(BUCKET):
        return {"BACKEND": "recommendations.domain.attachments.storage.PrivateFolder"}
    return {
        "BACKEND": "recommendations.domain.attachments.bucket.Bucket",
        "OPTIONS": {"address": files_to, "endpoint": endpoint},
    }
