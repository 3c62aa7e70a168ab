"""`make verapdf`: what it says where veraPDF is missing, and that no file passes unless veraPDF says so of each."""

import importlib.util
import os
import subprocess
import sys

import pytest

from tests.test_setup import ROOT, put_program

SCRIPT = ROOT / "scripts/verapdf.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("verapdf", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(**given):
    env = {"HOME": os.environ.get("HOME", "/")} | given
    return subprocess.run([sys.executable, str(SCRIPT)], env=env, capture_output=True, text=True, check=False)


def test_where_verapdf_is_missing_it_says_how_to_get_it(tmp_path):
    put_program(tmp_path, "java", "exit 0")
    found = run(PATH=str(tmp_path))
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == (
        "veraPDF is missing: there is no command 'verapdf'.\n"
        "Install it with the installer of https://verapdf.org, then name its command:\n"
        "    VERAPDF=/opt/verapdf/verapdf make verapdf\n"
    )


def test_where_java_is_missing_too_it_says_so(tmp_path):
    found = run(PATH=str(tmp_path), VERAPDF="/nowhere/verapdf")
    assert found.returncode == 2
    assert found.stderr.splitlines()[0] == "veraPDF is missing: there is no command '/nowhere/verapdf'."
    assert found.stderr.splitlines()[-2:] == [
        "Java is missing too. On Debian this brings it:",
        "    sudo apt-get install default-jre-headless",
    ]


@pytest.mark.parametrize(
    ("says", "holds"),
    [
        ("echo PASS a.pdf ua1; echo PASS b.pdf ua1", True),
        ("echo PASS a.pdf ua1; echo FAIL b.pdf ua1; exit 1", False),
        ("echo PASS a.pdf ua1; echo FAIL b.pdf ua1", False),
        ("echo PASS a.pdf ua1; echo PASS b.pdf ua1; exit 7", False),
        ("echo 'No such file'", False),
    ],
)
def test_every_file_must_pass(script, tmp_path, says, holds):
    put_program(tmp_path, "verapdf", f'echo "$@" >{tmp_path}/asked\n{says}')
    files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    assert script.holds(str(tmp_path / "verapdf"), "ua1", files) is holds
    asked = (tmp_path / "asked").read_text()
    assert asked == f"--flavour ua1 --format text --verbose {files[0]} {files[1]}\n"
