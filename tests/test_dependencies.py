"""What Oversight is made of: the bill of materials, the licences, and what the databases of vulnerabilities say."""

import json
import re
import sys
import tomllib
from dataclasses import replace

import pytest

from tests.test_setup import LOCKS, ROOT, put_program

sys.path.insert(0, str(ROOT / "scripts"))
import dependencies  # a script, in no package

PACKAGES = dependencies.locked()


def named_by_locks() -> dict[str, int]:
    """Each locked package as "kind name version", and how many hashes it has: read from the locks by other means."""
    found = {}
    for lock in LOCKS:
        for block in re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text()):
            if match := re.match(r"([a-z0-9.-]+)==(\S+)", block):
                found[f"pypi {match[1]} {match[2]}"] = block.count("--hash=sha256:")
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return found | {
        f"npm {path.split('node_modules/')[-1]} {package['version']}": 1 for path, package in packages.items() if path
    }


def test_the_bill_of_materials_names_every_locked_package():
    bill = dependencies.as_sbom(PACKAGES)
    parts = bill["components"]
    named = {
        f"{each['purl'][4:].split('/')[0]} {each['name']} {each['version']}": len(each["hashes"]) for each in parts
    }
    assert named == named_by_locks()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert (
        bill["metadata"]["component"]["version"]
        == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    )
    lengths = {"SHA-256": 64, "SHA-512": 128}
    assert [each for part in parts for each in part["hashes"] if len(each["content"]) != lengths[each["alg"]]] == []
    assert [each["name"] for each in parts if not each["licenses"][0]["expression"]] == []
    assert len({each["bom-ref"] for each in parts}) == len(parts)


def test_the_page_of_licences_is_current():
    assert dependencies.PAGE.read_text() == dependencies.as_page(PACKAGES), "make licences"


def test_every_licence_is_allowed():
    assert [why for each in PACKAGES if (why := dependencies.why_refused(each))] == []
    assert set(dependencies.ACCEPTED) | set(dependencies.STATED) <= {each.name for each in PACKAGES}


@pytest.mark.parametrize(
    ("licence", "why"),
    [
        ("", "names no licence."),
        ("AGPL-3.0-only", "has the licence AGPL-3.0-only, which is not among those allowed."),
        ("GPL-2.0-only", "has the licence GPL-2.0-only, which is not among those allowed."),
        ("MIT AND SSPL-1.0", "has the licence MIT AND SSPL-1.0, which is not among those allowed."),
        ("AGPL-3.0-only OR MIT", ""),
    ],
)
def test_a_licence_that_is_not_allowed_is_refused(licence, why):
    package = replace(PACKAGES[0], name="new", version="1", licence=licence)
    assert dependencies.why_refused(package) == (f"new 1 {why}" if why else "")


SHIPPED = dependencies.shipped(PACKAGES)


def test_what_is_handed_on_together_may_be():
    assert dependencies.why_not_together(SHIPPED) == []
    assert {each.kind for each in SHIPPED} == {"pypi", "npm"}


@pytest.mark.parametrize(
    ("licence", "with_which"),
    [
        ("GPL-2.0-only", {"Apache-2.0", "LGPL-3.0-only", "BSD-2-Clause AND Apache-2.0 AND MPL-2.0"}),
        ("GPL-2.0-only OR MIT", set()),
        ("GPL-2.0-or-later", set()),
        ("GPL-3.0-only", set()),
    ],
)
def test_a_licence_that_covers_the_whole_goes_with_every_other_or_is_named(licence, with_which):
    """Whether it is allowed by itself, or for a reason, is asked apart."""
    package = replace(SHIPPED[0], name="new", licence=licence)
    said = dependencies.why_not_together([package, *SHIPPED])
    assert [each for each in said if not each.startswith(f"new ({licence}) may not be handed on together with ")] == []
    found = {re.search(r"with \S+ \((.*)\)\.$", each)[1] for each in said}
    assert with_which <= found
    assert bool(found) == bool(with_which)


def answer_of_pip_audit(flawed: str = "", skipped: str = "") -> str:
    """What pip-audit prints of the locks."""
    flaw = {"id": "CVE-2026-1", "fix_versions": ["6.1.4"], "description": ""}
    found = []
    for each in PACKAGES:
        if each.kind == "pypi" and each.name == skipped:
            found.append({"name": each.name, "skip_reason": "Dependency not found on PyPI"})
        elif each.kind == "pypi":
            vulns = [flaw] if each.name == flawed else []
            found.append({"name": each.name, "version": each.version, "vulns": vulns})
    return json.dumps({"dependencies": found, "fixes": []})


WELL, FLAWED, SKIPPED = answer_of_pip_audit(), answer_of_pip_audit("django"), answer_of_pip_audit("", "django")
NPM_WELL = '{"auditReportVersion": 2, "vulnerabilities": {}}'
NPM_FLAWED = '{"auditReportVersion": 2, "vulnerabilities": {"sass": {"severity": "high", "range": "<1.110"}}}'
NPM_AWAY = '{"message": "405 Method Not Allowed", "error": {"summary": ""}}'
DJANGO = next(each.version for each in PACKAGES if each.name == "django")


@pytest.mark.parametrize(
    ("python", "npm", "status", "said"),
    [
        (WELL, NPM_WELL, 0, ["pip-audit: no known vulnerability", "npm audit: no known vulnerability"]),
        (
            FLAWED,
            NPM_WELL,
            1,
            [f"pip-audit: django {DJANGO}: CVE-2026-1, fixed in 6.1.4", "npm audit: no known vulnerability"],
        ),
        (WELL, NPM_FLAWED, 1, ["pip-audit: no known vulnerability", "npm audit: sass <1.110: high"]),
        (SKIPPED, NPM_WELL, 3, ["npm audit: no known vulnerability", "pip-audit could not say: it skipped 1 packages"]),
        (WELL, NPM_AWAY, 3, ["pip-audit: no known vulnerability", "npm audit could not say: 405 Method Not Allowed"]),
        ("", NPM_WELL, 3, ["npm audit: no known vulnerability", "pip-audit could not say: no route to host"]),
        ("", NPM_FLAWED, 1, ["npm audit: sass <1.110: high", "pip-audit could not say: no route to host"]),
    ],
)
def test_an_audit_says_what_is_known_and_what_could_not_be_asked(tmp_path, capsys, python, npm, status, said):
    """Stand-ins print what the two programs print. Whichever status they end with tells nothing."""
    for name, answer in (("pip-audit", python), ("npm", npm)):
        (tmp_path / f"{name}.json").write_text(answer)
        put_program(tmp_path, name, f"echo no route to host >&2; cat {tmp_path / name}.json; exit 1")
    answers = [dependencies.ask_pip_audit([str(tmp_path / "pip-audit")]), dependencies.ask_npm([str(tmp_path / "npm")])]
    assert dependencies.audit(answers) == status
    told = capsys.readouterr()
    lines = (
        told.out.splitlines()
        + told.err.replace("could not say whether there is a known vulnerability", "could not say").splitlines()
    )
    assert sorted(lines) == sorted(said)


def test_a_program_that_is_not_there_could_not_be_asked(tmp_path):
    answer = dependencies.ask_pip_audit([str(tmp_path / "pip-audit")])
    assert (answer.found, "No such file" in answer.not_asked) == ([], True)
