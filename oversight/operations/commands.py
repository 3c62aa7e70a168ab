"""The commands of manage.py: those of the office are listed, and those of Django and others that would harm its record
are refused.
"""

import shutil
import sys
from textwrap import fill

from django.core.management import BaseCommand, ManagementUtility, get_commands

OF_THE_OFFICE = ("oversight", "recommendations")  # the apps whose commands are listed
HISTORIES = (
    "histories are part of the record, and the nightly tidy removes what is none. To take something out, see "
    "carry_out_redactions and fold_access_records."
)
EMPTIES = (
    "an office's database is never emptied. For another office run setup with another --office; to begin from nothing, "
    "remove the database yourself."
)
UNTRAILED = (
    "it would write past the trail, and verify_audit would name each row. Restore a backup with restore, and bring "
    "records in with import_register, import_report or import_response."
)
PASSWORDS = (
    "only its owner sets a password. On the sign-in page “Forgot your password?” sends a link; reset_second_factor "
    "helps who lost the second factor too."
)
ACCOUNTS = "accounts are made by add_person or, in the program, by an administrator's invitation."
DERIVED = "the tables that it changes belong to the program, and nothing in them needs to be tidied by hand."
# The commands that are refused, and what to do instead.
REFUSED = {
    **dict.fromkeys(("clean_old_history", "clean_duplicate_history", "populate_history"), HISTORIES),
    **dict.fromkeys(("flush", "sqlflush", "reset_db"), EMPTIES),
    **dict.fromkeys(("loaddata", "testserver"), UNTRAILED),
    "changepassword": PASSWORDS,
    "createsuperuser": ACCOUNTS,
    **dict.fromkeys(("remove_stale_contenttypes", "account_unsetmultipleprimaryemails"), DERIVED),
    "clearsessions": "tidy removes the sessions that ended.",
}
USAGE = "Oversight's commands. “{} COMMAND --help” says more of each."
OF_DJANGO = "Django's own, for people who develop it: {}."


class OfficeUtility(ManagementUtility):
    """Django's manage.py, for an office."""

    def main_help_text(self, commands_only: bool = False) -> str:
        """The office's commands, each with the first sentence of its help; below them the names of the rest."""
        commands = {name: app for name, app in get_commands().items() if name not in REFUSED}
        own = sorted(name for name, app in commands.items() if app in OF_THE_OFFICE)
        rest = sorted({*commands} - {*own})
        if commands_only:
            return "\n".join([*own, *rest])
        width = max(map(len, own), default=0)
        margin, columns = " " * (width + 4), max(60, shutil.get_terminal_size().columns)
        lines = (
            fill(
                first_sentence(self.fetch_command(name).help),
                columns,
                initial_indent=f"  {name:{width}}  ",
                subsequent_indent=margin,
            )
            for name in own
        )
        of_django = fill(OF_DJANGO.format(", ".join(rest)), columns)
        return "\n".join([USAGE.format(self.prog_name), "", *lines, "", of_django])

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command, or the end of the process with what to do instead if it is refused."""
        if subcommand in REFUSED:
            sys.exit(f"oversight: {subcommand} is refused: {REFUSED[subcommand]}")
        return super().fetch_command(subcommand)


def first_sentence(text: str) -> str:
    """The first sentence of a text, without what follows a colon."""
    return text.partition(". ")[0].partition(": ")[0].rstrip(".")
