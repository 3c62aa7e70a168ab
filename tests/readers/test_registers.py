"""The import on the fictional registers: a few in the suite, all of them in the soak."""

import pytest

from tests.commands.registers import numbers, ran, written
from tests.readers.registers import MEASURES, Register, answers_of, percentages, registers, scored

FEW = {  # each with what is asked, as it cannot be guessed
    "group-rows": [],
    "fresh-parts-below": ["columns: Register, Due is '', not 'deadline_on'"],
    "portal-export": ["columns: Sheet1, Due date is '', not 'deadline_on'"],
}
FEWEST = 12
BY_NAME = {register.name: register for register in registers()}


@pytest.mark.parametrize("name", FEW)
def test_a_few_registers_are_read_without_a_fault(name):
    found = scored(BY_NAME[name])
    assert (found.wrong, found.lost, found.columns["lost"]) == (FEW[name], [], 0)


def test_there_are_a_dozen_and_both_kinds_of_file():
    assert len(registers()) >= FEWEST
    assert {register.file_name.rpartition(".")[2] for register in registers()} == {"xlsx", "csv"}


def brought_in(register: Register, folder) -> int:
    """How many recommendations come in by the command once its questions are answered."""
    file, mapping = written(folder / register.file_name, register.content()), folder / "mapping.json"
    said = ran(file, "--mapping", written(mapping, answers_of(register)), force=register.force or "westmarch")
    return numbers(said)[0]


@pytest.mark.django_db
def test_a_workbook_with_a_sheet_for_each_inspection_comes_in_at_once(tmp_path, westmarch):
    assert brought_in(BY_NAME["sheet-per-inspection"], tmp_path) == 6


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.parametrize("register", registers(), ids=lambda register: register.name)
def test_every_register_comes_in(register: Register, tmp_path, westmarch, eastvale):
    if register.force:
        assert brought_in(register, tmp_path) == len(register.facts["rows"])


@pytest.mark.soak
def test_all_registers_reach_what_is_aimed_at():
    found = [scored(register) for register in registers()]
    reached = percentages(found)
    assert {measure: reached[measure] >= 95 for measure in MEASURES} == dict.fromkeys(MEASURES, True)
    assert (reached["comes in"], [score.lost for score in found if score.lost]) == (100, [])
    assert (reached["or asked"], sum(score.columns["lost"] for score in found)) == (100, 0)
