"""The offices of an installation: where each has its settings and data, and parsing of its settings file."""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT = "main"
NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")
PLAIN = re.compile(r"[\w./:@%+,=?&~-]*", re.ASCII)  # needs no quotes in a shell or for systemd
IS_NO_NAME = (
    "An office's name has small letters, digits and hyphens, begins with a letter and has 30 characters at most."
)


class Trouble(Exception):
    """An error with advice, for a terminal."""


@dataclass(frozen=True)
class Installation:
    """The folders with the settings and data of all offices, and the user that owns the data."""

    settings: Path = Path("/etc/oversight")
    data: Path = Path("/var/lib/oversight")
    user: str = "oversight"

    def office(self, name: str) -> "Office":
        """The office of this name, whether or not it exists. Raises Trouble for an invalid name."""
        if not NAME.fullmatch(name):
            raise Trouble(f"“{name}” can't be an office. {IS_NO_NAME}")
        return Office(name, self.settings / name, self.data / name)

    def names(self) -> list[str]:
        """The names of the existing offices, sorted."""
        return sorted(file.parent.name for file in self.settings.glob("*/settings.env"))

    def find(self, name: str) -> "Office":
        """The existing office of this name. Raises Trouble, listing those that exist, if there is none."""
        office = self.office(name)
        if not _is_there(office.settings_file):
            there = ", ".join(self.names())
            hint = (
                f"There are: {there}. Name one with --office." if there else "There is none yet: run oversight setup."
            )
            raise Trouble(f"There is no office {name}. {hint}")
        return office


@dataclass(frozen=True)
class Office:
    """The paths of one office."""

    name: str
    folder: Path
    data: Path

    @property
    def settings_file(self) -> Path:
        """The settings of its server and commands."""
        return self.folder / "settings.env"

    @property
    def owner_file(self) -> Path:
        """Overriding settings for the few commands that need the database's owner."""
        return self.folder / "owner.env"

    @property
    def unfinished_file(self) -> Path:
        """The answers of a set-up that has not finished; absent afterwards."""
        return self.folder / "setup.env"


def installation(environ: Mapping[str, str]) -> Installation:
    """The installation of this machine. Three variables override it, for tests."""
    usual = Installation()
    return Installation(
        Path(environ.get("OVERSIGHT_ETC", usual.settings)),
        Path(environ.get("OVERSIGHT_DATA", usual.data)),
        environ.get("OVERSIGHT_USER", usual.user),
    )


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except PermissionError:
        raise Trouble(f"You may not read {file}. Run this with sudo.") from None


def read_settings(file: Path) -> dict[str, str]:
    """Parse a file of NAME=value lines, as systemd would. Raises Trouble, with the line, for any other line."""
    try:
        lines = file.read_text().splitlines()
    except PermissionError:
        raise Trouble(f"You may not read {file}. Run this with sudo.") from None
    except OSError as error:
        raise Trouble(f"{file} can't be read: {error.strerror}.") from None
    numbered = [(number, line.strip()) for number, line in enumerate(lines, start=1)]
    wanted = [(number, line) for number, line in numbered if line and line[0] not in "#;"]
    return dict(_read_line(line, f"{file}, line {number}") for number, line in wanted)


def _read_line(line: str, where: str) -> tuple[str, str]:
    found = LINE.fullmatch(line)
    if found is None:
        raise Trouble(f"{where}: write NAME=value, without “export” and without blanks around the “=”.")
    name, value = found.groups()
    if value[:1] not in ("'", '"'):
        return name, value.strip()
    try:
        (inside,) = shlex.split(value)
    except ValueError:
        raise Trouble(f"{where}: the quotes around the value of {name} don't match.") from None
    return name, inside


def write_settings(file: Path, values: Mapping[str, str], *, remark: str, mode: int = 0o640, group: int = -1) -> None:
    """Write such a file atomically, with a remark at the top. Raises Trouble for a value that fits no line."""
    text = f"# {remark}\n" + "".join(f"{name}={_quote(name, value)}\n" for name, value in values.items())
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        os.fchown(out.fileno(), -1, group)
        os.fchmod(out.fileno(), mode)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def _quote(name: str, value: str) -> str:
    if PLAIN.fullmatch(value):
        return value
    if "'" in value or "\n" in value:
        raise Trouble(f"{name} can't hold an apostrophe or a line break. In an address write %27 for an apostrophe.")
    return f"'{value}'"
