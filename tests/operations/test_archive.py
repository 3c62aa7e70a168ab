"""The file of a backup: what a tar says, and that no byte of it can change unnoticed."""

import io
import os
import subprocess
from dataclasses import replace

import pyrage
import pytest

from oversight.operations.backups import BackupDamaged, BackupFailed
from oversight.operations.backups.archive import chunks_of, unpack
from oversight.operations.backups.encryption import open_backup, write_encrypted
from oversight.operations.backups.manifest import FORMAT, NAME, SUMS, Facts, Manifest, part_of, read_manifest
from oversight.operations.plain_tar import header_of
from tests.environment import SOAK
from tests.operations.conftest import AT

FACTS = Facts("sqlite", "3.46", ["0001_squashed_0028"], 2, "ab12", {"recommendations_force": 1})


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The parts of a small backup, and its archive."""
    folder = tmp_path_factory.mktemp("parts")
    parts = {"database.sqlite3.gz": folder / "database", "settings.env": folder / "settings"}
    parts["database.sqlite3.gz"].write_bytes(os.urandom(700))
    parts["settings.env"].write_text("ORIGIN=https://oversight.example.org\n")
    made_of = {name: part_of(path) for name, path in parts.items()}
    manifest = Manifest(FORMAT, "main", "0.2.0", AT.isoformat(), FACTS, made_of)
    (folder / NAME).write_text(manifest.as_json())
    parts = {NAME: folder / NAME, **parts}
    return manifest, parts, b"".join(chunks_of(parts, AT))


def is_refused(archive: bytes, folder) -> bool:
    folder.mkdir()
    try:
        unpack(io.BytesIO(archive), folder)
    except BackupFailed:
        return True
    return False


def test_it_is_a_tar_whose_sums_other_programs_check(small, tmp_path):
    _, parts, archive = small
    (tmp_path / "backup.tar").write_bytes(archive)
    subprocess.run(["tar", "-xf", "backup.tar"], cwd=tmp_path, check=True)
    subprocess.run(["sha256sum", "--check", "--quiet", "--strict", SUMS], cwd=tmp_path, check=True)
    assert {name: (tmp_path / name).read_bytes() for name in parts} == {
        n: path.read_bytes() for n, path in parts.items()
    }


def test_it_is_taken_apart_as_it_was_put_together(small, tmp_path):
    manifest, parts, archive = small
    assert unpack(io.BytesIO(archive), tmp_path) == manifest
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == dict.fromkeys(
        [*parts, SUMS], 0o600
    )


def test_a_byte_that_changed_is_found_wherever_it_stands(small, tmp_path):
    """Every byte in the soak; else every forty-first, so that each header, part, gap and the end has some."""
    archive = small[2]
    places = range(0, len(archive), 1 if SOAK else 41)
    changed = (archive[:place] + bytes([archive[place] ^ 0x20]) + archive[place + 1 :] for place in places)
    missed = [place for place, each in zip(places, changed, strict=True) if not is_refused(each, tmp_path / str(place))]
    assert missed == []


def test_a_part_of_less_than_no_bytes_is_refused(small, tmp_path):
    assert is_refused(header_of(NAME, -1, int(AT.timestamp())) + small[2][512:], tmp_path / "parts")


@pytest.mark.parametrize(
    "text",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"format": 1, "parts": {}}', b'{"format": 1, "parts": 3}'],
)
def test_a_manifest_that_makes_no_sense_is_refused(text):
    with pytest.raises(BackupDamaged, match="cannot be read"):
        read_manifest(text)


def test_a_manifest_counts_its_entries(small):
    read_manifest(small[0].as_json().encode())
    many = replace(small[0], database=replace(FACTS, entries="many"))
    with pytest.raises(BackupDamaged, match="cannot be read"):
        read_manifest(many.as_json().encode())


def test_an_archive_that_was_cut_is_found(small, tmp_path):
    archive = small[2]
    cuts = [*range(0, 6 * 512, 300), *range(512, len(archive), 512)]
    assert [cut for cut in cuts if not is_refused(archive[:cut], tmp_path / str(cut))] == []


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    """A private key as age-keygen writes it, and the public one."""
    identity = pyrage.x25519.Identity.generate()
    file = tmp_path_factory.mktemp("key") / "key.txt"
    file.write_text(f"# created: 2026-11-28\n# public key: {identity.to_public()}\n{identity}\n")
    return file, str(identity.to_public())


@pytest.fixture
def encrypted(small, key, tmp_path):
    path = tmp_path / "backup.tar.age"
    with path.open("wb") as out:
        write_encrypted(iter([small[2]]), out, key[1])
    return path


def read(path, identity, folder):
    folder.mkdir()
    with open_backup(path, identity) as source:
        return unpack(source, folder)


def test_the_holder_of_the_key_reads_it(small, encrypted, key, tmp_path):
    assert read(encrypted, key[0], tmp_path / "parts") == small[0]
    assert small[1]["database.sqlite3.gz"].read_bytes() not in encrypted.read_bytes()


def test_nobody_else_does(encrypted, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(BackupFailed, match="encrypted to another key"):
        read(encrypted, other, tmp_path / "parts")
    with pytest.raises(BackupFailed, match="give --identity"):
        read(encrypted, None, tmp_path / "none")


def test_a_byte_that_changed_in_an_encrypted_one_is_found(encrypted, key, tmp_path):
    whole = encrypted.read_bytes()
    for place in range(0, len(whole), 997):
        encrypted.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(BackupFailed):
            read(encrypted, key[0], tmp_path / str(place))


def test_a_disk_without_room_is_told_from_a_wrong_key(small, key):
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_encrypted(iter([small[2]]), Full(), key[1])
