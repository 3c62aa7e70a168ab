"""The small changes of the program: which there are, and that the tests of one see the changed program."""

import os
import subprocess
import sys

from tests.mutations import ROOT, nearest, tree_of

MODULE = '''
"""Words."""
def late(day, last, known):
    assert day == 1
    log.info(day)
    check(day)
    return day < last and not known or day + 1
'''


def test_each_kind_of_change_is_drawn_from(tmp_path):
    (tmp_path / "late.py").write_text(MODULE)
    assert tree_of(tmp_path / "late.py")[1] == [
        "6: check(day) → pass",
        "7: day < last → day <= last",
        "7: not known → known",
        "7: day < last and (not known) → day < last or not known",
        "7: 1 → 2",
        "7: 1 → 0",
        "7: day < last and (not known) or day + 1 → (day < last and (not known)) and day + 1",
    ]


def test_what_is_imported_has_the_change_and_the_file_has_not():
    path = ROOT / "recommendations/periods.py"
    text, (_, changes) = path.read_text(), tree_of(path)
    number = next(number for number, change in enumerate(changes) if change.endswith(": 3 → 4"))
    code = "import tests.mutations; from recommendations import periods; print(periods.MONTHS_IN_A_QUARTER)"
    changed = os.environ | {"MUTATION": f"recommendations/periods.py:{number}"}
    printed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=changed, capture_output=True, text=True).stdout
    assert printed == "4\n"
    assert path.read_text() == text


def test_the_nearest_tests_are_those_of_the_name_of_a_module_and_of_its_subject():
    found = nearest(ROOT / "recommendations/domain/rounds/rounds.py")
    assert found[0] == ROOT / "tests/domain/rounds/test_rounds.py"
    assert len(found) == 4
