"""Make a release: release.py prepare VERSION, then release.py tag VERSION. See docs/operations/releases.md.

`prepare` refuses a working tree with changes, and a changelog with nothing to release. It sets the version, dates the
changelog, stores a database of each engine, and builds the files of the release in var/releases/VERSION. `tag` checks
these files against their SHA256SUMS, commits and tags; then it commits the next version with .dev0, so that no later
commit has the version of the release. Nothing is pushed. Both work in the current directory.
"""

import gzip
import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path.cwd()
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
UNRELEASED = "## Unreleased\n"
CHANGED = ("pyproject.toml", "CHANGELOG.md", "tests/releases")  # the files that a release changes
SUMS = "SHA256SUMS"


def main(arguments: list[str]) -> None:
    match arguments:
        case ["prepare", version]:
            prepare(version)
        case ["tag", version]:
            tag(version)
        case _:
            sys.exit(__doc__)


def prepare(version: str) -> None:
    """Set the version and build the files of the release. The changes are left for review; nothing is committed."""
    refuse(not_ready(version))
    replace("pyproject.toml", f'version = "{current()}"', f'version = "{version}"')
    heading = f"## {version}, {time.strftime('%-d %B %Y')}\n"
    replace("CHANGELOG.md", UNRELEASED, f"{UNRELEASED}\n{heading}")
    for target in ("release-databases", "sbom", *filter(has_target, ("deb", "tarball"))):
        subprocess.run(["make", target], check=True)
    build(version)
    print(f"Look at `git diff` and at var/releases/{version}, then: make release-tag VERSION={version}")


def tag(version: str) -> None:
    """Commit the release and tag it with its notes, if everything is as it was built; then set the next version."""
    refuse(not_as_built(version))
    notes = f"Oversight {version}\n\n{notes_of(version)}"
    git("add", "--", *CHANGED)
    git("commit", "--quiet", "--message", f"Release {version}")
    git("tag", "--annotate", f"v{version}", "--cleanup=verbatim", "--message", notes)
    replace("pyproject.toml", f'version = "{version}"', f'version = "{next_version(version)}"')
    git("commit", "--quiet", "--message", f"Set the version to {next_version(version)}", "--", "pyproject.toml")
    print(f"v{version} is tagged. To hand it on: git push --follow-tags, and the files of var/releases/{version}.")


def not_ready(version: str) -> str:
    """Why this version cannot be released now, or ""."""
    if not VERSION.fullmatch(version):
        return f"{version} is no version: write three numbers, as 0.3.0."
    if numbers(version) <= numbers(last_release()):
        return f"{version} is not later than {last_release()}, the last release in CHANGELOG.md."
    if changes := git("status", "--porcelain"):
        return f"The working tree has changes. Commit them first:\n{changes}"
    if git("tag", "--list", f"v{version}") or folder(version).exists():
        return f"{version} was released or built already (tag v{version}, {folder(version)})."
    if not section("Unreleased").strip():
        return "CHANGELOG.md says nothing under “Unreleased”: write what changes, for whom."
    return ""


def not_as_built(version: str) -> str:
    """Why the prepared release cannot be committed, or ""."""
    if current() != version or not (folder(version) / SUMS).exists():
        return f"{version} was not prepared: make release VERSION={version}"
    changes = [line[3:] for line in git("status", "--porcelain", "--untracked-files=all").splitlines()]
    if others := [path for path in changes if not path.startswith(CHANGED)]:
        return f"These changes are no part of a release: {', '.join(others)}."
    if (folder(version) / SUMS).read_text() != sums(version):
        return f"The files of {folder(version)} are not those that {SUMS} names. Prepare the release again."
    if (folder(version) / archive_name(version)).read_bytes() != archive(version):
        return "Something was changed since the release was prepared. Prepare it again."
    return ""


def build(version: str) -> None:
    """Build the files of the release: source, bill of materials, packages if there are any, notes and checksums."""
    folder(version).mkdir(parents=True)
    for pattern in (f"oversight*_{version}_*", f"oversight-{version}.cdx.json"):  # made by the make targets
        for path in sorted((ROOT / "var").glob(pattern)):
            path.rename(folder(version) / path.name)
    (folder(version) / archive_name(version)).write_bytes(archive(version))
    (folder(version) / "NOTES.md").write_text(notes_of(version))
    (folder(version) / SUMS).write_text(sums(version))


def archive(version: str) -> bytes:
    """The source as the release's commit will have it; reproducible."""
    index = {"GIT_INDEX_FILE": str(folder(version) / ".index")}
    git("read-tree", "HEAD", **index)
    git("add", "--", *CHANGED, **index)
    tree = git("write-tree", **index)
    (folder(version) / ".index").unlink()
    when = git("log", "-1", "--format=%cI", "HEAD")
    prefix = f"--prefix=oversight-{version}/"
    tar = subprocess.run(["git", "archive", prefix, f"--mtime={when}", tree], cwd=ROOT, capture_output=True, check=True)
    return gzip.compress(tar.stdout, mtime=0)


def archive_name(version: str) -> str:
    return f"oversight-{version}.tar.gz"


def sums(version: str) -> str:
    """A line for each file, in the format of sha256sum."""
    files = sorted(path for path in folder(version).iterdir() if path.name != SUMS)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def folder(version: str) -> Path:
    return ROOT / "var/releases" / version


def current() -> str:
    return re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]


def last_release() -> str:
    """The version of the newest release in the changelog."""
    return re.search(rf"^## ({VERSION.pattern})\b", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[1]


def next_version(version: str) -> str:
    """What follows a release until the next one: 0.4.0.dev0 after 0.3.0. Python and Debian order it before 0.4.0."""
    major, minor, _ = numbers(version)
    return f"{major}.{minor + 1}.0.dev0"


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def section(title: str) -> str:
    """The text of the changelog below a heading that begins with this title."""
    found = re.search(
        rf"^## {re.escape(title)}\b.*\n((?:(?!## ).*\n?)*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )
    return found[1] if found else ""


def notes_of(version: str) -> str:
    return section(version).strip() + "\n"


def has_target(name: str) -> bool:
    return re.search(rf"^{name}:", (ROOT / "Makefile").read_text(), re.MULTILINE) is not None


def replace(name: str, old: str, new: str) -> None:
    """Replace a text that occurs exactly once in a file."""
    text = (ROOT / name).read_text()
    refuse("" if text.count(old) == 1 else f"{name} does not say {old.strip()!r} once.")
    (ROOT / name).write_text(text.replace(old, new))


def git(*arguments: str, **environment: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)
    refuse(ran.stderr if ran.returncode else "")
    return ran.stdout.rstrip("\n")


def refuse(why: str) -> None:
    """Exit with the message, if there is one."""
    if why:
        sys.exit(why)


if __name__ == "__main__":
    main(sys.argv[1:])
