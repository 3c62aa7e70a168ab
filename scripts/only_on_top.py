"""Remove from a lock file what another lock has: only_on_top.py BASE LOCK. Exits with 1 if their versions differ."""

import re
import sys
from pathlib import Path

PINNED = re.compile(r"([a-z0-9._-]+)==(\S+)")


def blocks(text: str) -> list[str]:
    """The head of a lock file, then a block for each package with its hashes and comments."""
    return re.split(r"\n(?=[a-z0-9])", text)


def pins(text: str) -> dict[str, str]:
    """Package → version of a lock file."""
    return dict(found.groups() for each in blocks(text) if (found := PINNED.match(each)))


def main(base: Path, lock: Path) -> int:
    """Rewrite the lock file without the packages that the base has."""
    has, text = pins(base.read_text()), lock.read_text()
    differ = [name for name, version in pins(text).items() if has.get(name, version) != version]
    if differ:
        print(f"{lock} has other versions than {base}: {', '.join(differ)}", file=sys.stderr)
        return 1
    kept = [each for each in blocks(text) if not (found := PINNED.match(each)) or found[1] not in has]
    lock.write_text("\n".join(kept).rstrip() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
