"""What a bag has, by name, and its statement: which register, when, and the trail's head at its office."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from oversight.operations.handing_over import BagDamaged

FORMAT = 1
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARED, INFO, MANIFEST, TAGS = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
STATEMENT = "data/statement.json"
ENTRIES, HASHES = "data/entries.jsonl", "data/hashes.txt"
PEOPLE, FORCES = "data/people.jsonl", "data/forces.jsonl"
ROWS, FILES, ISSUED = "data/rows", "data/files", "data/issued"
ROWS_NAME = re.compile(r"data/rows/recommendations\.[a-z]{1,40}\.jsonl")
FILE_NAME = re.compile(r"data/files/[0-9a-f]{64}")
ISSUED_NAME = re.compile(r"data/issued/[1-9][0-9]{0,18}")
ALWAYS = (DECLARED, INFO, MANIFEST, TAGS, STATEMENT, ENTRIES, HASHES, PEOPLE, FORCES)


@dataclass(frozen=True)
class Statement:
    """What the office that hands over says of the bag.

    `seal` is made with that office's key: it alone can check it. `papers` are the ids of finalised papers whose
    figures these records give again.
    """

    format: int
    version: str
    migration: str
    force: int
    force_name: str
    origin: str
    to: str
    on: str
    made_at: str
    head_count: int
    head_hash: str
    papers: list[int]
    seal: str = ""

    def as_json(self) -> str:
        """The statement as the bag has it."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


KINDS = {name: kind for name, kind in Statement.__annotations__.items() if kind in (int, str)}


def read_statement(file: Path) -> Statement:
    """The statement of an unpacked bag. Raises BagDamaged, also for a later format."""
    try:
        found = json.loads(file.read_bytes())
        if isinstance(found, dict) and isinstance(found.get("format"), int) and found["format"] > FORMAT:
            raise BagDamaged(
                f"{STATEMENT}: this bag has the format {found['format']}, and this version of Oversight reads "
                f"{FORMAT}. Bring this office to the version that made it."
            )
        statement = Statement(**found)
        if wrong := [name for name, kind in KINDS.items() if type(getattr(statement, name)) is not kind]:
            raise ValueError(wrong[0])
        if statement.format != FORMAT or not all(type(each) is int for each in statement.papers):
            raise ValueError("format")
        statement.as_json().encode()
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BagDamaged(f"{STATEMENT} cannot be read ({error}).") from None
    return statement


def is_name(name: str) -> bool:
    """Whether a bag may have a file of this name."""
    return name in ALWAYS or any(each.fullmatch(name) for each in (ROWS_NAME, FILE_NAME, ISSUED_NAME))
