"""Tampering with a bag: bytes of the file, and lines of its data with every checksum made again."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from oversight.operations.handing_over.bag import STATEMENT, Statement
from oversight.operations.handing_over.packing import Packed, seal, write_tar
from recommendations.digests import canonical
from tests.makers.handing_over import members

# What the fingerprint alone proves (docs/adr/0045): these files, an entry's id and that all of it came, and
# what one that speaks of others too is about.
ONLY_SEALED = ("data/hashes.txt", "data/people.jsonl", "data/forces.jsonl", STATEMENT)
ONLY_SEALED_IN_ENTRIES = {"key", "is_whole"}
ONLY_SEALED_IN_PART = {"scheme", "verb", "about", "subject_model", "subject_key"}


def flip(file: Path, to: Path, dice: random.Random) -> str:
    """One bit of the file is another."""
    content = bytearray(file.read_bytes())
    place = dice.randrange(len(content))
    content[place] ^= 1 << dice.randrange(8)
    to.write_bytes(content)
    return f"byte {place}"


def cut(file: Path, to: Path, dice: random.Random) -> str:
    """The file ends earlier, or goes on."""
    content = file.read_bytes()
    place = dice.randrange(len(content))
    to.write_bytes(content[:place] if dice.random() < 0.7 else content + b"x")
    return f"cut at {place}"


def rewrite(found: dict[str, bytes], to: Path, folder: Path) -> Path:
    """A bag of these files, with every checksum made again by whoever tampers."""
    statement = Statement(**json.loads(found[STATEMENT]))
    packed = Packed(folder)
    for name, content in found.items():
        if name.startswith("data/") and name != STATEMENT:
            packed.add(name, [content])
    with to.open("wb") as out:
        write_tar(seal(packed, statement), "westmarch", 0, out)
    return to


def changed_lines(file: Path, dice: random.Random) -> Iterator[tuple[str, dict[str, bytes]]]:
    """For ever: what was changed, and the files of a bag in which one value of one line is another."""
    whole = members(file)
    names = [name for name in whole if name.endswith(".jsonl") and name not in ONLY_SEALED and whole[name]]
    while True:
        name = dice.choice(names)
        lines = whole[name].splitlines()
        place = dice.randrange(len(lines))
        if dice.random() < 0.2:
            del lines[place]
            said = f"{name}, line {place + 1} removed"
        else:
            line = json.loads(lines[place])
            said = f"{name}, line {place + 1}: {_change(line, dice)}"
            lines[place] = canonical(line).encode()
        yield said, whole | {name: b"".join(each + b"\n" for each in lines)}


def _change(line: dict, dice: random.Random) -> str:
    """Change one value, also inside a row or the last save of its history."""
    parts = [line] if "row" not in line else [line["row"], *line["saves"][-1:]]
    part = dice.choice(parts)
    untrailed = {"version", "history_id", "id"}
    if "is_whole" in line:
        untrailed |= ONLY_SEALED_IN_ENTRIES | (set() if line["is_whole"] else ONLY_SEALED_IN_PART)
    key = dice.choice([each for each in part if each not in untrailed])
    part[key] = _another(part[key])
    return f"{key} is {part[key]!r:.60}"


def _another(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    return "another"
