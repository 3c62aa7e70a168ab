"""A bucket of an S3-compatible store as a file storage: for files on records, and for backups.

It needs the package obstore, which the extra `s3` brings.
"""

import tempfile
from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any, cast
from urllib.parse import urlsplit

from django.core.files import File
from django.core.files.storage import Storage

HELD_IN_MEMORY = 1024 * 1024  # bytes of an open file; a larger one goes to disk
RETRIES = 4  # of a request that the store does not answer


class Bucket(Storage):
    """The files under a prefix of a bucket, by address: s3://bucket/prefix. A file is there whole or not at all.

    `endpoint` is the address of the store, if it is not Amazon's. Keys and region come from the environment, as for
    every S3 client: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION. Methods raise obstore's exceptions.
    """

    def __init__(self, address: str, endpoint: str = "") -> None:
        parts = urlsplit(address)
        self.name, self.prefix, self.endpoint = parts.netloc, parts.path.strip("/"), endpoint

    @cached_property
    def _store(self) -> Any:
        from obstore.store import S3Store

        options: dict[str, Any] = {"retry_config": {"max_retries": RETRIES}}
        if self.prefix:
            options["prefix"] = self.prefix
        if self.endpoint:
            options["endpoint"] = self.endpoint
        if self.endpoint.startswith("http://"):
            options["client_options"] = {"allow_http": True}
        return S3Store(self.name, **options)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name unchanged: a file of this name is replaced."""
        return name

    def _save(self, name: str, content: IO[Any]) -> str:
        import obstore

        content.seek(0)
        obstore.put(self._store, name, cast(IO[bytes], content))
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        content = tempfile.SpooledTemporaryFile(max_size=HELD_IN_MEMORY)  # noqa: SIM115  # closed by who opened it
        try:
            for chunk in self.chunks(name):
                content.write(chunk)
        except BaseException:
            content.close()
            raise
        content.seek(0)
        return File(content, name)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file's bytes. Raises FileNotFoundError if there is none of this name."""
        import obstore

        yield from cast(Iterator[bytes], obstore.get(self._store, name).stream())

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        import obstore

        try:
            obstore.head(self._store, name)
        except FileNotFoundError:
            return False
        return True

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""
        import obstore

        obstore.delete(self._store, name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the folders and the files in a folder, "" being the prefix itself."""
        import obstore

        found = obstore.list_with_delimiter(self._store, path or None)
        names = [each["path"].rpartition("/")[2] for each in found["objects"]]
        return [each.rpartition("/")[2] for each in found["common_prefixes"]], sorted(names)
