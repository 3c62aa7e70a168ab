"""What the package holds and how its parts fit together. `make try-deb` installs it for real."""

import configparser
import re
import runpy
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from oversight.operations.command_line import OF_THE_OWNER

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
import make_package  # scripts, in no package
import notices

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
UNITS = sorted((PACKAGING / "units").glob("*@*.*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


def read(unit: Path) -> configparser.ConfigParser:
    """A unit's sections. What stands twice counts by its last line."""
    found = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    found.optionxform = str
    found.read_string(unit.read_text())
    return found


def command_of(unit: Path) -> str:
    """The command that a service runs for its office."""
    start = read(unit)["Service"]["ExecStart"]
    assert start.startswith("/usr/bin/oversight --office %i "), unit.name
    return start.split()[3]


def test_each_unit_runs_a_command_that_is_there():
    commands = {command_of(unit) for unit in SERVICES}
    assert commands - set(get_commands()) - {"serve"} == set()


def test_a_unit_that_needs_the_owner_is_shown_its_settings_and_no_other_is():
    shown = {unit.name: "LoadCredential" in unit.read_text() for unit in SERVICES}
    assert shown == {unit.name: command_of(unit) in OF_THE_OWNER for unit in SERVICES}


def test_an_offices_target_wants_all_that_runs_by_itself_and_ends_it():
    text = (PACKAGING / "units/oversight@.target").read_text()
    wanted = {
        name.replace("%i", "") for line in re.findall("^Wants=(.*)$", text, re.MULTILINE) for name in line.split()
    }
    timed = {unit.stem for unit in UNITS if unit.suffix == ".timer"}
    alone = {unit.name for unit in SERVICES if unit.stem not in timed} - {"oversight-failed@.service"}
    assert wanted == alone | {unit.name for unit in UNITS if unit.suffix in (".timer", ".socket")}
    assert timed == {unit.stem for unit in SERVICES} - {Path(name).stem for name in alone} - {"oversight-failed@"}
    assert [
        unit.name for unit in UNITS if unit.name in wanted and read(unit)["Unit"]["PartOf"] != "oversight@%i.target"
    ] == []


def test_every_unit_that_may_fail_reports_it_for_its_office():
    """Of the office alone, as the limits of the unit that reports are made by it."""
    watched = [unit for unit in UNITS if unit.suffix in (".service", ".socket") and unit.stem != "oversight-failed@"]
    assert {read(unit)["Unit"].get("OnFailure") for unit in watched} == {"oversight-failed@%i.service"}
    assert "OnFailure" not in read(PACKAGING / "units/oversight-failed@.service")["Unit"]


def test_every_service_is_held_to_the_same_limits():
    """By its name: systemd reads oversight-@.service.d for each oversight-…@.service."""
    assert [unit.name for unit in SERVICES if not unit.name.startswith("oversight-")] == []
    limits = read(PACKAGING / "units/oversight-@.service.d/hardening.conf")["Service"]
    wanted = {"User": "oversight", "ProtectSystem": "strict", "NoNewPrivileges": "yes", "PrivateTmp": "yes"}
    wanted |= {"RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6", "RestrictNamespaces": "yes"}
    assert {name: limits[name] for name in wanted} == wanted


def test_the_package_names_what_is_there():
    assert [name for name in make_package.PROGRAM if not (ROOT / name).exists()] == []
    assert [name for name in make_package.STATIC if not (ROOT / "static" / name).is_dir()] == []
    assert [name for name in make_package.EXAMPLES if not (PACKAGING / name).exists()] == []
    text = (PACKAGING / "nfpm.yaml").read_text()
    assert "oversight (= ${VERSION})" in (PACKAGING / "nfpm-s3.yaml").read_text()
    assert [name for name in re.findall(r"packaging/[\w.]+", text) if not (ROOT / name).exists()] == []
    (libraries,) = re.findall(r"pdf\) echo (.*) ;;", (ROOT / "scripts/system.sh").read_text())
    assert set(libraries.split()) <= set(re.findall(r"^  - ([^\s]+)", text, re.MULTILINE))


def test_the_program_knows_its_version_where_it_is_installed(tmp_path):
    """Every backup names it, and `restore` and `status` ask for it."""
    make_package.copy_program(tmp_path)
    said = subprocess.run([sys.executable, "manage.py", "version"], cwd=tmp_path, capture_output=True, text=True)
    commit = f" (commit {make_package.commit()})" if ".dev" in make_package.version() else ""
    assert said.stdout == f"Oversight {make_package.version()}{commit}\n"


def test_a_package_between_releases_is_after_those_before_it_and_before_the_next_release():
    """By Debian's order: ~ is before nothing, and a later commit is later."""
    number, dot, stage = make_package.version().partition(".dev")
    if not dot:
        assert make_package.package_version() == number
    else:
        pattern = rf"{re.escape(number)}~dev{stage}\+\d{{8}}T\d{{6}}\.[0-9a-f]{{8}}(\.dirty)?"
        assert re.fullmatch(pattern, make_package.package_version())
    for config in ("nfpm.yaml", "nfpm-s3.yaml"):
        assert "version_schema: none" in (PACKAGING / config).read_text()


def test_the_client_of_buckets_is_a_package_apart(tmp_path):
    """Nothing else needs it: it is moved whole, with what says its version and licence."""
    tree, apart = tmp_path / "root", tmp_path / "s3"
    site = Path(make_package.HOME, "venv/lib/python3.13/site-packages")
    stays = ["django/__init__.py", "obstore_other/__init__.py"]
    goes = ["obstore/__init__.py", "obstore/_store/aws.pyi", "obstore-0.12.1.dist-info/METADATA"]
    for name in stays + goes:
        (tree / site / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / site / name).touch()
    make_package.move_s3_client(tree, apart)
    found = {
        folder: sorted(str(path.relative_to(folder / site)) for path in folder.rglob("*") if path.is_file())
        for folder in (tree, apart)
    }
    assert found == {tree: sorted(stays), apart: sorted(goes)}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert [re.match("[a-z-]+", each)[0] for each in extras["s3"]] == [make_package.S3_CLIENT]


@pytest.mark.parametrize("script", ["postinst", "prerm", "postrm", "install.sh", "try.sh"])
def test_scripts_of_the_package_parse(script):
    assert subprocess.run(["sh", "-n", PACKAGING / script], capture_output=True).returncode == 0


def test_all_that_is_shipped_has_its_notice():
    site = Path(sysconfig.get_paths()["purelib"])
    shipped = notices.shipped()
    assert [each.name for each in shipped if not notices.texts_of(each, site)] == []
    names = {each.name for each in shipped}
    assert {"django", "weasyprint", "govuk-frontend", "@fontsource/source-sans-3"} <= names
    assert names & {"pytest", "playwright", "sass", "nfpm"} == set()


def test_the_nginx_sample_is_copied_for_each_office_and_the_log_format_once():
    """What stands outside a `server` has its name once, or nginx does not start."""
    sample, log = ((PACKAGING / name).read_text() for name in ("nginx.conf", "nginx-log.conf"))
    text = "".join([log, *(sample.replace("main", office) for office in ("main", "west-mids"))])
    names = re.findall(r"^(?:upstream|log_format|map \S+) (\S+)", text, re.MULTILINE)
    assert sorted(names) == ["$oversight_logged", "oversight", "oversight_main", "oversight_west-mids"]


def test_the_copyright_file_names_every_licence_that_the_package_holds():
    text = notices.copyright_text()
    assert [each.name for each in notices.shipped() if f"{each.licence}:\n" not in text] == []
    assert [each.name for each in notices.shipped() if f"{each.name} {each.version}" not in text] == []
    assert text.endswith((ROOT / "LICENSE").read_text())
    site = Path(sysconfig.get_paths()["purelib"])
    whole = notices.notices(site)
    assert ["GNU LESSER GENERAL PUBLIC LICENSE" in whole, "Version 3, 29 June 2007" in notices.GPL_3.read_text()] == [
        True
    ] * 2


def test_the_proxys_limits_are_a_little_wider_than_the_programs():
    server = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    nginx, caddy = (PACKAGING / "nginx.conf").read_text(), (PACKAGING / "Caddyfile").read_text()
    sizes = [
        int(re.search(pattern, text)[1]) for pattern, text in (("_size (\\d+)m;", nginx), ("max_size (\\d+)MB", caddy))
    ]
    times = [int(each) for text in (nginx, caddy) for each in re.findall(r"(?:read|send|write)_timeout (\d+)s", text)]
    assert (min(sizes) * 10**6 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE, min(times) > server["timeout"]) == (True, True)
    assert int(re.search(r"keepalive (\d+)s", caddy)[1]) < server["keepalive"]
