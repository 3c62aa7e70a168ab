"""A release: what refuses it, what it changes and builds, what is committed and when. In a repository of its own."""

import subprocess
import sys
import tarfile
import tomllib
from io import BytesIO

import pytest

from oversight.version import version
from tests.test_setup import ROOT

MAKEFILE = """
VERSION != sed -n 's/^version = "\\(.*\\)"/\\1/p' pyproject.toml
release-databases:
\tmkdir -p tests/releases && echo a database > tests/releases/$(VERSION).sqlite3.xz
sbom:
\tmkdir -p var && echo {} > var/oversight-$(VERSION).cdx.json
deb:
\techo a package > var/oversight_$(VERSION)_amd64.deb
"""
CHANGELOG = "# Changelog\n\n## Unreleased\n\n- Something new.\n\n## 0.2.0\n\n- The first.\n"


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "Makefile").write_text(MAKEFILE)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "oversight"\nversion = "0.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    (tmp_path / ".gitignore").write_text("/var/\n")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "config", "user.name", "Somebody")
    git(tmp_path, "config", "user.email", "somebody@example.org")
    commit(tmp_path)
    return tmp_path


def git(folder, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def commit(folder) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Change something")


def release(folder, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, ROOT / "scripts/release.py", *arguments]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return ran.returncode, ran.stderr


@pytest.mark.parametrize(
    ("asked", "changelog", "file", "why"),
    [
        ("0.3", CHANGELOG, "", "0.3 is no version: write three numbers, as 0.3.0."),
        ("0.2.0", CHANGELOG, "", "0.2.0 is not later than 0.2.0, the version of pyproject.toml."),
        ("0.10.0", CHANGELOG, "new.txt", "The working tree has changes. Commit them first:\n?? new.txt"),
        ("0.3.0", CHANGELOG.replace("- Something new.\n", ""), "", "CHANGELOG.md says nothing under “Unreleased”"),
    ],
)
def test_what_is_not_ready_is_refused_and_changes_nothing(repository, asked, changelog, file, why):
    (repository / "CHANGELOG.md").write_text(changelog)
    commit(repository)
    if file:
        (repository / file).write_text("")
    before = git(repository, "status", "--porcelain")
    code, said = release(repository, "prepare", asked)
    assert (code, said.startswith(why)) == (1, True), said
    assert git(repository, "status", "--porcelain") == before


def test_a_release_is_prepared_then_committed_and_tagged_with_its_notes(repository):
    assert release(repository, "prepare", "0.3.0") == (0, "")
    built, head = repository / "var/releases/0.3.0", git(repository, "rev-parse", "HEAD")
    packed = ["oversight-0.3.0.cdx.json", "oversight-0.3.0.tar.gz", "oversight_0.3.0_amd64.deb"]
    assert sorted(path.name for path in built.iterdir()) == ["NOTES.md", "SHA256SUMS", *packed]
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=built).returncode == 0
    assert (built / "NOTES.md").read_text() == "- Something new.\n"
    assert git(repository, "tag") == ""
    assert release(repository, "tag", "0.3.0") == (0, "")
    assert git(repository, "rev-parse", "v0.3.0~1") == head
    assert git(repository, "tag", "--list", "--format=%(contents)").strip() == "Oversight 0.3.0\n\n- Something new."
    assert git(repository, "status", "--porcelain") == ""
    kept = ["CHANGELOG.md", "pyproject.toml", "tests/releases/0.3.0.sqlite3.xz"]
    assert git(repository, "diff", "--name-only", "HEAD~1").split() == kept
    assert tomllib.loads((repository / "pyproject.toml").read_text())["project"]["version"] == "0.3.0"
    with tarfile.open(fileobj=BytesIO((built / "oversight-0.3.0.tar.gz").read_bytes())) as source:
        assert "oversight-0.3.0/tests/releases/0.3.0.sqlite3.xz" in source.getnames()
    said = "CHANGELOG.md says nothing under “Unreleased”: write what changes, for whom.\n"
    assert release(repository, "prepare", "0.3.1") == (1, said)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("new.txt", "These changes are no part of a release: new.txt."),
        ("CHANGELOG.md", "Something was changed since the release was prepared. Prepare it again."),
        ("var/releases/0.3.0/NOTES.md", "The files of "),
    ],
)
def test_what_was_changed_after_it_was_prepared_is_not_tagged(repository, path, why):
    release(repository, "prepare", "0.3.0")
    with (repository / path).open("a") as file:
        file.write("more\n")
    code, said = release(repository, "tag", "0.3.0")
    assert (code, said.startswith(why), git(repository, "tag")) == (1, True, "")


def test_the_version_is_said_on_the_command_line():
    for asked in ("version", "--version"):
        ran = subprocess.run([sys.executable, "manage.py", asked], cwd=ROOT, capture_output=True, text=True)
        assert (ran.returncode, ran.stdout) == (0, f"Oversight {version()}\n")
