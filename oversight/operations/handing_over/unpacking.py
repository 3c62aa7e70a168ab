"""Reading a bag that another office made. Nothing in it is trusted: each name, size, line and value is checked."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Model

from oversight.operations.handing_over import BagDamaged, bag
from oversight.operations.handing_over.bag import Statement, read_statement
from oversight.operations.handing_over.packing import parse_line
from oversight.operations.plain_tar import Damaged, Taken, headers, take
from recommendations.domain.handing_over.entries import check_entry
from recommendations.domain.handing_over.gathering import FORCE_NAMES, SAVE
from recommendations.domain.handing_over.rows import Row, WrongRow, check_save, columns_of, value_of, values_of
from recommendations.domain.handing_over.scope import PART_OF, PARTS
from recommendations.domain.handing_over.shadow import OriginRegister, OriginRow
from recommendations.models import Force, User

DAMAGED = "The bag is damaged: {}. Ask for another copy."
LONGEST_LINE = 256 * 1024 * 1024
LEFT_FREE = 512 * 1024 * 1024


@dataclass
class Unpacked:
    """A bag in a work folder, each byte of which is as its checksums say."""

    folder: Path
    statement: Statement
    fingerprint: str
    names: list[str]

    def origin(self) -> OriginRegister:
        """The other office's register. Raises BagDamaged with file and line for anything that is none."""
        statement = self.statement
        return OriginRegister(
            rows=self.rows(),
            entries=self.entries,
            head=(statement.head_count, statement.head_hash),
            people=self.people(),
            forces=self.forces(),
            content=self.content,
        )

    def rows(self) -> Iterator[OriginRow]:
        """Each row with its history, table by table in the order in which they can be added."""
        for part in PARTS:
            name, last = f"{bag.ROWS}/{part.label}.jsonl", 0
            history = getattr(part.model, "history", None)
            for line, where in self._lines(name):
                with _named(where):
                    has_all = line.keys() == {"id", "row", "saves"}
                    if not has_all or type(line["row"]) is not dict or type(line["saves"]) is not list:
                        raise WrongRow("a row has an id, its values and its history, and nothing else")
                    values_of(part.model, line["row"])
                    if line["row"][part.model._meta.pk.attname] != line["id"] or line["id"] <= last:
                        raise WrongRow("rows come in the order of their ids, each once")
                    if line["saves"] and history is None:
                        raise WrongRow(f"{part.model._meta.object_name} has no history")
                    for save in line["saves"]:
                        check_save(part.model, save, line["id"], SAVE)
                last = line["id"]
                yield OriginRow(part.label, line["id"], line["row"], line["saves"])

    def entries(self) -> Iterator[Row]:
        """The entries of the other office's trail."""
        for line, where in self._lines(bag.ENTRIES):
            with _named(where):
                check_entry(line, PART_OF)
            yield line

    def people(self) -> Iterator[Row]:
        """The people whom rows name."""
        yield from self._rows_of_names(bag.PEOPLE, User, ("id", "name"))

    def forces(self) -> Iterator[Row]:
        """Other forces that transfers name."""
        yield from self._rows_of_names(bag.FORCES, Force, FORCE_NAMES)

    def _rows_of_names(self, name: str, model: type[Model], columns: tuple[str, ...]) -> Iterator[Row]:
        found = columns_of(model)
        for line, where in self._lines(name):
            with _named(where):
                if line.keys() != {*columns} or type(line["id"]) is not int:
                    raise WrongRow(f"it has {', '.join(columns)} and nothing else")
                if not all(type(line[each]) is str and line[each] for each in columns[1:]):
                    raise WrongRow("a name is a text")
                for each in columns:
                    value_of(found[each], line[each])
            yield line

    def content(self, key: int) -> bytes:
        """The bytes of an issued file. Raises BagDamaged if it is not there."""
        try:
            return (self.folder / bag.ISSUED / str(key)).read_bytes()
        except FileNotFoundError:
            raise BagDamaged(f"{bag.ISSUED}/{key} is missing.") from None

    def files(self) -> list[Path]:
        """The attached files, each named by its SHA-256."""
        return [self.folder / name for name in self.names if name.startswith(f"{bag.FILES}/")]

    def _lines(self, name: str) -> Iterator[tuple[Row, str]]:
        with (self.folder / name).open("rb") as file:
            number = 0
            while text := file.readline(LONGEST_LINE):
                number += 1
                where = f"{name}, line {number}"
                try:
                    yield parse_line(text), where
                except (ValueError, RecursionError):
                    raise BagDamaged(f"{where} is no canonical JSON object.") from None


class _named:
    """Names file and line in what is wrong inside."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, wrong: object, trace: object) -> None:
        if isinstance(wrong, WrongRow):
            raise BagDamaged(f"{self.where}: {wrong}.") from None


def unpack(file: Path, folder: Path) -> Unpacked:
    """Unpack a bag into an empty folder. Raises BagDamaged for any wrong byte, and any file that does not belong."""
    if (size := file.stat().st_size) + LEFT_FREE > shutil.disk_usage(folder).free:
        raise BagDamaged(f"There is no room to unpack {size / 1_000_000:,.0f} MB in {folder}.")
    try:
        taken = _take_all(file, folder)
        _check_sums(taken, folder)
    except Damaged as wrong:
        raise BagDamaged(DAMAGED.format(wrong)) from None
    statement = read_statement(folder / bag.STATEMENT)
    return Unpacked(folder, statement, taken[bag.TAGS].sha256, sorted(taken))


def _take_all(file: Path, folder: Path) -> dict[str, Taken]:
    taken: dict[str, Taken] = {}
    tops = set()
    with file.open("rb") as source:
        for whole, size in headers(source):
            top, _, name = whole.partition("/")
            tops.add(top)
            if len(tops) > 1 or top in ("", ".", "..") or name in taken or not bag.is_name(name):
                raise Damaged(f"{whole!r} is no file of a bag")
            path = folder / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            taken[name] = take(source, size, path)
    return taken


def _check_sums(parts: dict[str, Taken], folder: Path) -> None:
    """Raise Damaged unless the checksums are those of exactly the files that are there, and those that must be."""
    expected = [*bag.ALWAYS, *(f"{bag.ROWS}/{each.label}.jsonl" for each in PARTS)]
    if missing := [name for name in expected if name not in parts]:
        raise Damaged(f"{missing[0]} is missing")
    if unknown := [name for name in parts if name.startswith(f"{bag.ROWS}/") and name not in expected]:
        raise Damaged(f"{unknown[0]} is of no table that goes over")
    for sums, of_data in ((bag.MANIFEST, True), (bag.TAGS, False)):
        listed = (folder / sums).read_bytes()
        names = sorted(name for name in parts if name.startswith("data/") == of_data and name != bag.TAGS)
        found = {name: f"{parts[name].sha256}  {name}\n".encode() for name in names}
        if b"".join(found.values()) != listed:
            wrong = next((name for name, line in found.items() if line not in listed), sums)
            raise Damaged(f"{wrong} is not as {sums} says" if wrong != sums else f"{sums} names other files")
    if misnamed := [name for name in parts if name.startswith(f"{bag.FILES}/") and name[-64:] != parts[name].sha256]:
        raise Damaged(f"{misnamed[0]} is not named by what is in it")
    if (folder / bag.DECLARED).read_text() != bag.DECLARATION:
        raise Damaged(f"{bag.DECLARED} is not of this kind of bag")
