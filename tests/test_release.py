"""A release: what refuses it, what it changes and builds, what is committed and when. In a repository of its own."""

import subprocess
import sys
import tarfile
import tomllib
from io import BytesIO

import pytest

from oversight.version import commit_of, version_and_commit
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
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "oversight"\nversion = "0.3.0.dev0"\n')
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
        ("0.2.0", CHANGELOG, "", "0.2.0 is not later than 0.2.0, the last release in CHANGELOG.md."),
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
    (repository / "var").mkdir()
    (repository / "var/oversight_0.3.0~dev0+20261201T042943.c0cc22f3_amd64.deb").write_text("of an earlier commit")
    (repository / "var/oversight-0.3.0.dev0.cdx.json").write_text("of an earlier commit")
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
    assert git(repository, "diff", "--name-only", "v0.3.0~1", "v0.3.0").split() == kept
    released = git(repository, "show", "v0.3.0:pyproject.toml")
    assert tomllib.loads(released)["project"]["version"] == "0.3.0"
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


def test_what_follows_a_release_has_the_next_version(repository):
    release(repository, "prepare", "0.3.0")
    release(repository, "tag", "0.3.0")
    assert git(repository, "log", "-2", "--format=%s") == "Set the version to 0.4.0.dev0\nRelease 0.3.0\n"
    assert git(repository, "diff", "--name-only", "HEAD~1") == "pyproject.toml\n"
    assert tomllib.loads((repository / "pyproject.toml").read_text())["project"]["version"] == "0.4.0.dev0"
    (repository / "CHANGELOG.md").write_text(
        (repository / "CHANGELOG.md").read_text().replace("Unreleased\n", "Unreleased\n\n- More.\n")
    )
    commit(repository)
    assert [release(repository, "prepare", each)[0] for each in ("0.3.0", "0.3.1")] == [1, 0]


def test_the_version_and_the_commit_are_said_on_the_command_line():
    for asked in ("version", "--version"):
        ran = subprocess.run([sys.executable, "manage.py", asked], cwd=ROOT, capture_output=True, text=True)
        assert (ran.returncode, ran.stdout) == (0, f"Oversight {version_and_commit()}\n")


def test_a_commit_is_that_of_the_checkout_or_of_the_package_or_is_not_said(repository, tmp_path):
    head = git(repository, "rev-parse", "--short=8", "HEAD").strip()
    assert commit_of(repository) == head
    (repository / "pyproject.toml").write_text("changed")
    assert commit_of(repository) == f"{head}-dirty"
    inside = repository / "var/elsewhere"
    inside.mkdir(parents=True)
    assert commit_of(inside) == ""
    (inside / "commit").write_text("c0cc22f3\n")
    assert commit_of(inside) == "c0cc22f3"
