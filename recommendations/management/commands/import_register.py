"""Import the office's spreadsheet as the pages do: read it, show what each row does, import it in one transaction."""

import hashlib
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from recommendations.domain.imports.imports import bring_in
from recommendations.domain.imports.lines import ImportSource, context
from recommendations.domain.writing.refusals import Refusal
from recommendations.exchange.imports.around_tables import read_register
from recommendations.exchange.imports.guesses import first_answers
from recommendations.exchange.imports.mapping_file import WrongMapping, read_mapping
from recommendations.exchange.imports.rows import plan_workbook
from recommendations.exchange.imports.spreadsheet import MAX_BYTES, Unreadable
from recommendations.exchange.imports.summary import as_json, problem_lines, summary
from recommendations.exchange.imports.unanswered import (
    choice_lines,
    mapping_to_fill_in,
    problems_of,
    unanswered_questions,
)
from recommendations.management.arguments import content_of, force_of, person_of
from recommendations.models import Force, User
from recommendations.periods import london_day
from recommendations.permissions import May
from recommendations.sections import reading_once

NOTHING_NEW = "Nothing was saved: the register has every row as the sheet has it."
FILL_IN = "What is still to be answered, as a mapping file to fill in and give with --mapping:"


class Command(BaseCommand):
    help = (
        "Bring in the office's spreadsheet (.xlsx or .csv): all of it or nothing. Columns and words are read as they "
        "were answered the last time, and as --mapping says; what no one answered is a problem that says what to write."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--force", required=True, metavar="SLUG", help="the force whose register it goes into")
        parser.add_argument(
            "--mapping", metavar="JSON", help="a file that says what the columns, words and sheets stand for"
        )
        parser.add_argument("--afresh", action="store_true", help="use nothing of what was answered before")
        parser.add_argument("--by", metavar="EMAIL", help="who brings it in; the command line where it is not given")
        parser.add_argument("--dry-run", action="store_true", help="save nothing")
        parser.add_argument("--json", action="store_true", help="print what each row does as JSON, and nothing else")

    @reading_once()
    def handle(self, *args, **options):
        content, name = content_of(options["file"], MAX_BYTES + 1), Path(options["file"]).name
        source = ImportSource(name, hashlib.sha256(content).hexdigest())
        try:
            workbook = read_register(content, name)
            mapping = content_of(options["mapping"]) if options["mapping"] else b""
            self._bring_in(workbook, mapping, source, options)
        except Unreadable as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used ({error}). Is it there, and migrated?") from error

    def _bring_in(self, workbook, mapping: bytes, source: ImportSource, options) -> None:
        at = timezone.now()
        force, by = force_of(options["force"]), person_of(options["by"], May.BRING_IN_REGISTER, "bring in the register")
        words = context(london_day(at))
        answers = _answers(workbook, force, mapping, words, is_afresh=options["afresh"])
        plan = plan_workbook(workbook, answers, source=source, on=words.today)
        problems = problems_of(plan, workbook, answers, words)
        said = (
            json.dumps(as_json(plan, problems, workbook, answers), ensure_ascii=False, indent=2)
            if options["json"]
            else ""
        )
        if not options["json"]:
            self.stdout.write("\n".join(summary(plan, workbook, answers, words)))
        if problems:
            self.stdout.write(said, ending="\n" if said else "")
            to_say = [] if options["json"] else _fill_in_lines(plan, unanswered_questions(workbook, answers, words))
            raise CommandError("\n".join([*problem_lines(problems), *to_say, _blocker_words(len(problems))]))
        end = "Nothing was saved: this was a dry run." if options["dry_run"] else self._save(plan, by, at)
        self.stdout.write(said or end)

    def _save(self, plan, by: User | None, at) -> str:
        """Carry out the plan and describe the result. Raises CommandError, with nothing saved, if it cannot be done."""
        if not (plan.created or plan.changed) and plan.entries:
            return NOTHING_NEW
        try:
            done = bring_in(plan=plan, by=by, at=at, progress=self._tell)
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} Nothing was saved.") from refusal
        return f"Brought in as import {done.pk}."

    def _tell(self, done: int, total: int) -> None:
        """Show the progress, if stderr is a terminal."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,} rows", str, ending="\n" if done == total else "")
            self.stderr.flush()


def _answers(workbook, force: Force, mapping: bytes, words, *, is_afresh: bool):
    """Return the answers remembered for such a register, or else guesses, overridden by the mapping file."""
    answers = first_answers(workbook, force, Force.objects.all(), words.today, is_afresh=is_afresh)
    try:
        if mapping:
            read_mapping(mapping, answers, workbook, words)
    except WrongMapping as error:
        raise CommandError(str(error)) from error
    return answers


def _fill_in_lines(plan, questions) -> list[str]:
    found = mapping_to_fill_in(plan.problems, questions)
    if not found:
        return []
    return [FILL_IN, json.dumps(found, ensure_ascii=False, indent=2), *choice_lines(plan.problems, questions)]


def _blocker_words(count: int) -> str:
    return f"Fix {count:,} {'problem' if count == 1 else 'problems'} first. Nothing was saved."
