"""The settings for the store of attached files, and their validation."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

BUCKET = "s3://"
HELD_IN_MEMORY = 1024 * 1024  # of a file from a bucket; the rest goes to disk


def wrong_about_files(files_to: str, endpoint: str) -> str:
    """What is wrong with FILES_TO and FILES_ENDPOINT, or ""."""
    if files_to.startswith(BUCKET):
        if not urlsplit(files_to).netloc:
            return "Let FILES_TO name a bucket: s3://bucket, or s3://bucket/folder."
        if not (find_spec("storages") and find_spec("boto3")):
            return "FILES_TO=s3://… needs django-storages: pip install 'oversight[s3]'."
    elif files_to and not Path(files_to).is_absolute():
        return "Let FILES_TO be a folder’s whole path, or s3://bucket/folder."
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        return "Let FILES_ENDPOINT begin with https://, or http:// on this machine."
    return ""


def store_of_files(files_to: str, endpoint: str) -> dict[str, Any]:
    """The store of attached files for Django's STORAGES.

    A bucket's keys and region come from the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION.
    """
    if not files_to.startswith(BUCKET):
        return {"BACKEND": "recommendations.domain.attachments.storage.PrivateFolder"}
    from botocore.config import Config

    parts = urlsplit(files_to)
    # Not every store supports the checksums that Amazon's client sends by default, or bucket names in the host.
    sums = dict.fromkeys(("request_checksum_calculation", "response_checksum_validation"), "when_required")
    style = {"addressing_style": "path" if endpoint else "virtual"}
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": endpoint or None,
        "region_name": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
        "client_config": Config(signature_version="s3v4", s3=style, **sums),
        "default_acl": None,
        "file_overwrite": True,  # a file's name is its digest
        "max_memory_size": HELD_IN_MEMORY,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
