"""Files on records in an S3-compatible store: the stand-in of the backups, on this machine."""

import io
import re

import pytest

from oversight.files_settings import store_of_files, wrong_about_files
from recommendations.domain.attachments import storage
from recommendations.domain.attachments.tidying import remove_abandoned
from recommendations.domain.attachments.verification import check_files
from tests.conftest import AT
from tests.makers.attachments import PDF, make_file, make_stored
from tests.operations.test_object_store import Speaks, endpoint
from tests.operations.test_tidy import DAY

__all__ = ["endpoint"]


@pytest.fixture
def bucket(endpoint, settings):
    settings.STORAGES = settings.STORAGES | {"files": store_of_files("s3://bucket/main", endpoint)}


def test_a_file_goes_there_once_is_proven_and_given_out(bucket, tracked, officer):
    made = make_file(tracked, by=officer)
    key = f"/bucket/main/{made.sha256[:2]}/{made.sha256}"
    assert (Speaks.objects[key], storage.is_folder(), list(check_files())) == (PDF, False, [])
    with storage.open_stored(made.sha256) as content:
        assert b"".join(storage.chunks_of(content)) == PDF
    Speaks.objects[key] = PDF + b" "
    storage.store_content(made.sha256, io.BytesIO(PDF))
    assert list(check_files()) == [f"The attached file {made.pk}: its bytes were changed."]
    del Speaks.objects[key]
    assert list(check_files()) == [f"The attached file {made.pk}: its bytes are missing."]


def test_a_large_file_goes_there_in_parts_and_comes_back_from_disk(bucket, tmp_path):
    content = b"0123456789abcdef" * 800_000
    (tmp_path / "large").write_bytes(content)
    with open(tmp_path / "large", "rb") as large:
        storage.store_content("ab" * 32, large)
    assert len(Speaks.parts) > 1
    with storage.open_stored("ab" * 32) as given_out:
        assert b"".join(storage.chunks_of(given_out)) == content


def test_a_file_that_is_not_there_is_missed(bucket):
    with pytest.raises(FileNotFoundError):
        storage.open_stored("ab" * 32)
    storage.remove("ab" * 32)


def test_what_nobody_went_on_with_is_removed_there(bucket, db):
    make_stored(b"left")
    assert remove_abandoned(at=AT + 2 * DAY) == 1
    assert list(Speaks.objects) == ["/bucket/main/notes.txt"]


@pytest.mark.parametrize(
    ("files_to", "endpoint", "wrong"),
    [
        ("", "", ""),
        ("/srv/files", "", ""),
        ("s3://bucket/files", "https://s3.example.org", ""),
        ("files", "", "whole path"),
        ("s3://", "", "name a bucket"),
        ("s3://bucket", "ftp://example.org", "FILES_ENDPOINT"),
    ],
)
def test_settings_that_cannot_be_are_named(files_to, endpoint, wrong):
    assert re.search(wrong, wrong_about_files(files_to, endpoint))
    assert bool(wrong_about_files(files_to, endpoint)) == bool(wrong)
