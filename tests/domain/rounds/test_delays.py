"""A round asks why a late line is late; what the force answers is its word once the office accepts the answer."""

from dataclasses import replace

import pytest
from django.db.models import QuerySet

from recommendations.documents.rounds.sheet_export import as_sheet
from recommendations.domain.rounds import force_rows, rounds, sheets
from recommendations.domain.writing.refusals import Refusal
from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.rounds.sheet_import import read_round_sheet
from recommendations.forms.rounds.answers import LineForm
from recommendations.models import Delay, RoundLine
from recommendations.sections import Section
from tests.conftest import AT, TODAY
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module
from tests.standings import standing, write

NAMES = ("delay_cause", "delay_words", "mitigation")


@per_module
def line(body, westmarch, officer):
    return make_round(westmarch, lines=1, by=officer).lines.get()


def form_of(line) -> LineForm:
    (work,) = force_rows.work_lines(force_rows.lines_with_shelf(line.round).filter(pk=line.pk))
    return LineForm.from_draft(work.line, work.draft)


def test_a_late_line_is_asked_why(line, settings):
    write(line.tracked, deadline_kind="date", deadline_on=TODAY)
    form = form_of(line)
    assert [name for name in NAMES if name in form.fields] == list(NAMES)
    assert form.fields["delay_cause"].choices[0] == ("", "Choose one")
    assert (form.delay_is_asked, form.delay_is_filled, form.delay_is_open) == (True, False, False)
    write(line.tracked, delay_cause="scope", mitigated=True)
    assert form_of(line).fields["delay_cause"].help_text == "Said before: Change of scope."
    assert (form_of(line).delay_is_asked, form_of(line).delay_is_filled) == (False, False)
    settings.SECTIONS_OFF = (Section.RISK,)
    assert not form_of(line).asks_why_late


def test_a_line_that_is_not_late_is_not_asked(line):
    assert not form_of(line).asks_why_late
    write(line.tracked, deadline_kind="date", deadline_on=line.round.due_on)
    assert not form_of(line).asks_why_late


def test_an_accepted_answer_says_it_for_the_force_and_the_rest_carries_on(line, force_lead, officer):
    for given in (
        {"delay_cause": "resources", "delay_words": "Two short.", "mitigation": "A sergeant reads each."},
        {"mitigation": "An inspector reads each."},
        {},
    ):
        line.refresh_from_db()
        answer = answered(line, force_lead, said_by="DCC Nair", **given)
        rounds.accept_answer(answer=answer, by=officer, at=AT)
        _ask_again(line)
    found = Delay.objects.order_by("pk").values_list("cause", "words", "mitigation", "said_by")
    assert list(found) == [
        ("resources", "Two short.", "A sergeant reads each.", "DCC Nair"),
        ("resources", "Two short.", "An inspector reads each.", "DCC Nair"),
    ]
    assert (standing(line.tracked).delay_cause, standing(line.tracked).mitigated) == ("resources", True)


def _ask_again(line) -> None:

    QuerySet(RoundLine).filter(pk=line.pk).update(state="asked")


def test_words_need_a_cause(line, force_lead):
    with pytest.raises(Refusal, match="Choose the cause"):
        answered(line, force_lead, delay_words="Two short.")


def test_a_sheet_asks_it_of_a_late_line_and_takes_the_offices_words(line, force_lead):
    def plan(rows):
        return sheets.plan_of(line.round, rows, with_drafts=True, check=lambda work, values: [])

    def sheet():
        lines = sheets.lines_out(line.round, with_drafts=True)
        return lines, as_sheet(line.round, lines, office="Marches OPCC", at=AT)

    assert sheets.OF_DELAY.keys().isdisjoint(sheets.headings_of(sheet()[0]))
    write(line.tracked, deadline_kind="date", deadline_on=TODAY)
    lines, content = sheet()
    assert [key for key in sheets.headings_of(lines) if key in NAMES] == list(NAMES)
    (row,) = read_round_sheet(read_workbook(content, "round.xlsx"))
    said = {"done": "Begun.", "delay_cause": "change of scope", "delay_words": "More.", "mitigation": "A sergeant."}
    (told,) = plan([replace(row, values=row.values | said)]).rows
    assert (told.does, [told.values[name] for name in NAMES]) == (sheets.NEW, ["scope", "More.", "A sergeant."])
    (told,) = plan([replace(row, values=row.values | said | {"delay_cause": "weather"})]).rows
    assert (told.does, len(told.why)) == (sheets.WRONG, 1)
