"""`oversight [--office NAME] COMMAND …`: runs a command with an office's settings, as the user that owns its data.

It imports no Django, so it is quick, and then replaces itself by manage.py or, for `serve`, by gunicorn.
"""

import os
import pwd
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from oversight.operations.offices import DEFAULT, Installation, Office, Trouble, installation, read_settings

ROOT = Path(__file__).resolve().parents[2]
HELP = {"-h", "--help"}
# Commands that need more than the application's database role: they get the owner's settings on top.
OF_THE_OWNER = {
    *("migrate", "grant_database_roles", "carry_out_redactions", "make_former", "fold_access_records"),
    *("backup", "verify_backup", "restore", "hand_over", "take_over"),
}
# Besides an office's settings, what the terminal and systemd set. No other variable is passed on.
PASSED_ON = (
    *("PATH", "LANG", "LC_ALL", "TERM", "COLUMNS", "OVERSIGHT_ETC", "OVERSIGHT_DATA", "OVERSIGHT_USER"),
    *("LISTEN_FDS", "LISTEN_PID", "NOTIFY_SOCKET", "CREDENTIALS_DIRECTORY", "BIND", "LOG_LEVEL"),
)
USAGE = """\
oversight [--office NAME] COMMAND …

Runs a command with the settings of an office (/etc/oversight/NAME/settings.env), as the system user oversight.
Without --office it is the office “main”. As root, or as that user.

  oversight setup              Set up an office: asks what it needs
  oversight serve              Serve people; systemd does this (oversight-web@NAME)
  oversight COMMAND --help     What a command does, without any settings
  oversight-all COMMAND …      The same command for each office
"""
USAGE_OF_ALL = """\
oversight-all COMMAND …

Runs a command for each office of this machine, one after the other, and then says how each ended. Ends with the
highest status of them: 0 where all went well.
"""


def needs_no_settings(command: list[str]) -> bool:
    """Whether a command works without an office: help, the version, the set-up."""
    return not command or command[0] in ("help", "version", "--version", "setup") or bool(HELP & {*command})


def split_office(arguments: list[str]) -> tuple[str, list[str]]:
    """The office named (or the default) and the command. Raises Trouble for any other option before the command."""
    match arguments:
        case ["--office", name, *command]:
            return name, command
        case [first, *command] if first.startswith("--office="):
            return first.partition("=")[2], command
        case [first, *_] if first.startswith("-") and first not in HELP | {"--version"}:
            raise Trouble(f"There is no option {first}. Only --office NAME stands before the command.")
    return DEFAULT, arguments


def settings_of(office: Office, command: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The settings that a command runs with. Raises Trouble if the user may not read them."""
    found = read_settings(office.settings_file)
    if command not in OF_THE_OWNER:
        return found
    credentials = environ.get("CREDENTIALS_DIRECTORY")  # where systemd puts the file for a unit that names it
    owner = Path(credentials) / office.owner_file.name if credentials else office.owner_file
    return found | (read_settings(owner) if owner.exists() else {})


def environment(settings: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """The environment variables of a command: the office's settings and those in PASSED_ON."""
    return {name: environ[name] for name in PASSED_ON if name in environ} | dict(settings)


def program(command: list[str]) -> list[str]:
    """The argument list of the program to run for a command."""
    if command[:1] == ["serve"]:
        configuration = str(ROOT / "gunicorn.conf.py")
        return [sys.executable, "-m", "gunicorn", "--config", configuration, "--chdir", str(ROOT), *command[1:]]
    return [sys.executable, str(ROOT / "manage.py"), *command]


def become(user: str) -> None:
    """If root, switch to the user that owns the data. New files are readable only by that user and group."""
    os.umask(0o027)
    if os.geteuid() != 0 or user == "root":
        return
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        raise Trouble(f"There is no system user {user}, whom the data belongs to. Install the package again.") from None
    os.initgroups(user, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.environ["HOME"] = entry.pw_dir


def run(arguments: list[str], there: Installation) -> None:
    """Replace this process by the command. Raises Trouble if it can't be run."""
    name, command = split_office(arguments)
    if needs_no_settings(command):
        if command[:1] == ["setup"] and arguments[0] != "setup":
            command = ["setup", "--office", name, *command[1:]]
        nothing = {"SECRET_KEY": secrets.token_urlsafe(64), "DATABASE_URL": "sqlite://:memory:"}
        started, variables = program(command), environment(nothing, os.environ)
    else:
        office = there.find(name)
        variables = environment(settings_of(office, command[0], os.environ) | {"OFFICE": name}, os.environ)
        become(there.user)
        started = program(command)
    sys.stdout.flush()
    os.execve(started[0], started, variables | {"HOME": os.environ.get("HOME", "/")})


def main(arguments: list[str]) -> int:
    """The entry point of /usr/bin/oversight. Returns (2) only on an error or after printing just the usage."""
    if not arguments or arguments[0] in HELP:
        print(USAGE)
        if not arguments:
            return 2
        arguments = ["help"]
    try:
        run(arguments, installation(os.environ))
    except Trouble as trouble:
        print(f"oversight: {trouble}", file=sys.stderr)
    return 2


def main_all(arguments: list[str]) -> int:
    """The entry point of /usr/bin/oversight-all: runs the command for each office; returns the highest status."""
    if not arguments or arguments[0] in HELP:
        print(USAGE_OF_ALL)
        return 0 if arguments else 2
    names = installation(os.environ).names()
    if not names:
        print("oversight-all: There is no office yet, or you may not see it: run it with sudo.", file=sys.stderr)
        return 2
    ended = {name: _run_for(name, arguments) for name in names}
    print()
    for name, status in ended.items():
        print(f"{name}: {'well' if status == 0 else f'ended with status {status}'}")
    return max(ended.values())


def _run_for(name: str, command: list[str]) -> int:
    print(f"== {name}", flush=True)
    this = [sys.executable, "-P", "-m", "oversight.operations.command_line", "--office", name, *command]
    status = subprocess.run(this, cwd=None, env=dict(os.environ) | {"PYTHONPATH": str(ROOT)}, check=False).returncode
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
