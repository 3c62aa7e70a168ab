"""The steps of setting up an office. Each may run twice, so an interrupted run can be continued."""

import grp
import os
import pwd
import secrets
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oversight.operations.offices import Installation, Office, Trouble, read_settings, write_settings
from oversight.operations.setting_up import postgresql, units
from oversight.operations.setting_up.answers import POSTGRESQL, SQLITE, default_sender

ROOT = Path(__file__).resolve().parents[3]
REMARK = "Settings of Oversight for {}. All of them: docs/operations/settings.md. Restart after a change."
UNCHECKED = "--skip-checks"  # everything is checked at the end, once
OWNERS = "For {}: the owner of the database, for the few commands that need it. Only root reads this."
WITHOUT_SYSTEMD = (
    "systemd doesn't run here. Start the server and the worker yourself: oversight --office {0} serve, and oversight "
    "--office {0} build_papers --wait. The server listens at 127.0.0.1:8000, or where BIND in {1} says: each office of "
    "a machine needs an address of its own."
)


@dataclass(frozen=True)
class SetUp:
    """A set-up in progress. `tell` prints a line for the operator."""

    there: Installation
    office: Office
    answers: Mapping[str, str]
    tell: Callable[[str], None]
    print_link: bool = False


def interrupted_answers(office: Office) -> dict[str, str] | None:
    """The answers of an interrupted set-up of this office, or None if there is none.

    Raises Trouble if the office exists already, or its folder contains something else.
    """
    if office.unfinished_file.exists():
        return {name.lower().replace("_", "-"): value for name, value in read_settings(office.unfinished_file).items()}
    if office.settings_file.exists():
        raise Trouble(
            f"There is an office {office.name} already ({office.settings_file}). Nothing was changed. Set up another "
            "with --office NAME."
        )
    if left := [each for each in (office.folder, office.data) if each.is_dir() and any(each.iterdir())]:
        raise Trouble(
            f"There is no office {office.name}, but {left[0]} holds something, perhaps of an earlier one. Nothing was "
            "changed. Move it away, or choose another --office NAME."
        )
    return None


def run(this: SetUp, *, again: bool) -> None:
    """Run all steps. `again` continues an interrupted run. Raises Trouble if a step fails."""
    if not again:
        refuse_what_is_there(this)
    make_folders(this)
    write_answers(this)
    make_settings(this)
    if this.answers["database"] == POSTGRESQL:
        this.tell("Making the database and its roles.")
        make_database(this)
    this.tell("Making the tables.")
    command(this, "migrate", "--verbosity", "0", UNCHECKED)
    invite_administrators(this)
    this.tell("Checking the settings.")
    command(this, "check", *strictness(this))
    start(this)
    this.office.unfinished_file.unlink()


def refuse_what_is_there(this: SetUp) -> None:
    """Raise Trouble if the database, or a role with one of these names, belongs to another installation."""
    database = this.answers["database"]
    if database == POSTGRESQL:
        postgresql.refuse_what_is_there(this.office.name)
    elif database != SQLITE:
        postgresql.refuse_filled(database)


def make_folders(this: SetUp) -> None:
    """Create the folders: for settings, readable by the data's user, and for data, only for that user."""
    _folder(this.office.folder, 0o750, 0, _group(this))
    for each in (this.office.data, this.office.data / "backups"):
        _folder(each, 0o750, _user(this), _group(this))


def _folder(path: Path, mode: int, user: int, group: int) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        if os.geteuid() == 0:
            os.chown(path, user, group)
    except PermissionError:
        raise Trouble(f"{path} can't be made. Run this as root: sudo oversight setup.") from None


def _user(this: SetUp) -> int:
    return _known(pwd.getpwnam, this.there.user).pw_uid


def _group(this: SetUp) -> int:
    """The group that reads the settings, or -1 (no change) unless running as root."""
    return grp.getgrgid(_known(pwd.getpwnam, this.there.user).pw_gid).gr_gid if os.geteuid() == 0 else -1


def _known(look_up: Callable[[str], pwd.struct_passwd], user: str) -> pwd.struct_passwd:
    try:
        return look_up(user)
    except KeyError:
        raise Trouble(f"There is no system user {user}. Install the package again.") from None


def write_answers(this: SetUp) -> None:
    """Save the answers until the set-up is complete, so that another run can continue it."""
    kept = {name.upper().replace("-", "_"): value for name, value in this.answers.items()}
    write_settings(this.office.unfinished_file, kept, remark="A set-up that has not ended.", mode=0o600)


def make_settings(this: SetUp) -> None:
    """Write the settings files, unless an interrupted run did, with its key and passwords."""
    if not this.office.owner_file.exists():
        accounts = postgresql.new_accounts(this.office.name) if this.answers["database"] == POSTGRESQL else []
        owner = _owner_settings(this, accounts)
        write_settings(this.office.owner_file, owner, remark=OWNERS.format(this.office.name), mode=0o600)
    if not this.office.settings_file.exists():
        chosen = office_settings(this)
        remark = REMARK.format(this.office.name)
        write_settings(this.office.settings_file, chosen, remark=remark, mode=0o640, group=_group(this))


def _owner_settings(this: SetUp, accounts: list[postgresql.Account]) -> dict[str, str]:
    """The owner's DATABASE_URL, and those of the roles that a migration grants privileges to."""
    if not accounts:
        return {}
    database, port = postgresql.names_of(this.office.name)[0], postgresql.port()
    owner, application, reader = (account.url(database, port) for account in accounts)
    return {"DATABASE_URL": owner, "APPLICATION_DATABASE_URL": application, "READER_DATABASE_URL": reader}


def office_settings(this: SetUp) -> dict[str, str]:
    """The contents of settings.env."""
    answers, owner = this.answers, read_settings(this.office.owner_file)
    is_sqlite = answers["database"] == SQLITE
    sqlite = f"sqlite:///{this.office.data}/oversight.sqlite3"
    database = owner.get("APPLICATION_DATABASE_URL", sqlite if is_sqlite else answers["database"])
    found = {"SECRET_KEY": secrets.token_urlsafe(64), "ORIGIN": answers["origin"], "DATABASE_URL": database}
    found |= {"VAR_DIR": str(this.office.data), "BEHIND_PROXY": "1" if answers["origin"].startswith("https") else "0"}
    mail = {"EMAIL_URL": answers["mail"], "FROM_EMAIL": answers.get("from-email") or default_sender(answers)}
    return found | {name: value for name, value in mail.items() if value}


def make_database(this: SetUp) -> None:
    """Create the roles and the database on this machine's server, with the passwords in the settings."""
    owner = read_settings(this.office.owner_file)
    names = ("DATABASE_URL", "APPLICATION_DATABASE_URL", "READER_DATABASE_URL")
    postgresql.make(this.office.name, [postgresql.account_of(owner[name]) for name in names])


def invite_administrators(this: SetUp) -> None:
    """Name the office and invite its administrators, by a command that mails or prints the link."""
    answers = this.answers
    printed = ["--print-link"] if this.print_link or not answers["mail"] else []
    office = ["--office-name", answers["name"], "--body", answers["body"], "--kind", answers["kind"]]
    for each in ("administrator", "second-administrator"):
        if answers[each]:
            person = ["--name", answers[each], "--email", answers[f"{each}-email"]]
            command(this, "invite_administrator", *person, *office, *printed, UNCHECKED)


def command(this: SetUp, *words: str) -> None:
    """Run an Oversight command, as `oversight` does. Raises Trouble if its status is not 0."""
    started = [sys.executable, "-P", "-m", "oversight.operations.command_line", "--office", this.office.name, *words]
    sys.stdout.flush()
    variables = dict(os.environ) | {"PYTHONPATH": str(ROOT), "LOG_LEVEL": "WARNING"}
    if subprocess.run(started, env=variables, check=False).returncode != 0:
        raise Trouble(
            f"“oversight --office {this.office.name} {words[0]}” ended with the error above. When that is "
            "put right, run oversight setup again: it goes on from here. To start from nothing instead, remove "
            f"{this.office.folder} and {this.office.data}."
        )


def strictness(this: SetUp) -> list[str]:
    """The options for `check`. Plain http (on loopback only) can't have strict cookies.

    Without a mail server, errors about it are ignored.
    """
    if not this.answers["origin"].startswith("https"):
        return ["--offline"]
    return ["--deploy", "--fail-level", "WARNING"] if this.answers["mail"] else ["--deploy", "--offline"]


def start(this: SetUp) -> None:
    """Start the office's server, worker and timers with systemd, or say that it is not running."""
    if os.geteuid() == 0 and units.is_there():
        this.tell("Starting the server, the worker and the timers.")
        units.start(this.office.name)
    else:
        this.tell(WITHOUT_SYSTEMD.format(this.office.name, this.office.settings_file))
