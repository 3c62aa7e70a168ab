"""Keep a small database of this version for one engine, and what it says of itself: make release-databases.

It is migrated and checked by every later version (test_releases.py), so a file that is kept here is never made again.
"""

import json
import lzma
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# What is encrypted and sealed in a kept database is opened with the key that it was made with: always this one.
KEY = "of-kept-databases-alone-of-kept-databases-alone-of-kept-databases-alone"
# The bytes of files on their records, which are in no database: by what is in them, so all releases share the folder.
FILES = HERE / "files"
BUILD = "world.build(); print(json.dumps(world.found(), indent=2, sort_keys=True))"


def main() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    url = os.environ.get("DATABASE_URL", "")
    if url:
        _keep(f"{version}.postgresql", *_built(url, ["pg_dump", "--inserts", "--no-owner", "--no-privileges", url]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "release.sqlite3"
            facts, _ = _built(f"sqlite:///{file}", ["true"])
            _keep(f"{version}.sqlite3", facts, file.read_bytes())


def _built(url: str, dump: list[str]) -> tuple[str, bytes]:
    """Build the world in an empty database; what it says of itself, and what a command prints of it."""
    return run_in_world(url, BUILD), subprocess.run(dump, capture_output=True, check=True).stdout


def run_in_world(url: str, code: str, files: Path = FILES) -> str:
    """What a program prints that asks the world of a kept database (world.py), with its files in a folder."""
    given = "import json, tests.releases.world as world; from django.test import override_settings; "
    return run(url, f"{given}override_settings(FILES_TO={str(files)!r}).enable(); {code}", SECRET_KEY=KEY)


def run(url: str, code: str, **settings: str) -> str:
    """What a program prints that is run with the product set up on a database, with these settings."""
    setup = "import tests.environment, django; django.setup(); "
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "oversight.settings"} | settings
    command = [sys.executable, "-c", setup + code]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def _keep(name: str, facts: str, content: bytes) -> None:
    for path in (HERE / f"{name}.xz", HERE / f"{name}.json"):
        if path.exists():
            sys.exit(f"{path} is kept already. A release is never made again: raise the version first.")
    json.loads(facts)
    (HERE / f"{name}.xz").write_bytes(lzma.compress(content, preset=9))
    (HERE / f"{name}.json").write_text(facts)


if __name__ == "__main__":
    main()
