"""Reading one force's register for a bag: rows with their histories, entries, people's names, files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F

from recommendations import trail
from recommendations.domain.handing_over import entries
from recommendations.domain.handing_over.rows import SAID_OF_A_SAVE, Row, columns_of, plain, plain_row
from recommendations.domain.handing_over.scope import PARTS, ForceScope, ScopePart, rows_of
from recommendations.models import Attachment, Force, IssuedFile, Oversight, ScrutinyReport, User

CHUNK = 500
FORCE_NAMES = ("id", "name", "short_name", "slug", "reference_prefix")
SAVE = ("history_id", *SAID_OF_A_SAVE)


@dataclass
class Gathered:
    """One force's register, read line by line. What rows refer to is collected as they are read.

    `rows` must be read to the end, table by table, before the rest.
    """

    force: Force
    scope: ForceScope = field(init=False)
    ids: dict[str, set[int]] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    forces: set[int] = field(default_factory=set)
    head: tuple[int, str] = field(default_factory=trail.head)

    def __post_init__(self) -> None:
        self.scope = ForceScope(self.force)

    def parts(self) -> Iterator[tuple[ScopePart, Iterator[dict[str, Any]]]]:
        """Each table, with the lines of its rows: id, row and history."""
        for part in PARTS:
            yield part, self._lines(part)

    def _lines(self, part: ScopePart) -> Iterator[dict[str, Any]]:
        ids = self.ids.setdefault(part.label, set())
        saves = self._saves(part)
        people = _columns_to(part, User)
        forces = _columns_to(part, Force)
        upcoming = next(saves, None)
        for row in rows_of(part, self.scope).values(*columns_of(part.model)).iterator(chunk_size=CHUNK):
            pk = row[part.model._meta.pk.attname]
            ids.add(pk)
            self.people.update(row[name] for name in people if row[name] is not None)
            self.forces.update(row[name] for name in forces if row[name] is not None)
            while upcoming and upcoming[0] < pk:
                upcoming = next(saves, None)
            own: list[Row] = []
            if upcoming and upcoming[0] == pk:
                own, upcoming = upcoming[1], next(saves, None)
            yield {"id": pk, "row": plain_row(part.model, row), "saves": own}

    def _saves(self, part: ScopePart) -> Iterator[tuple[int, list[Row]]]:
        """The history of each row, by id."""
        history: Any = getattr(part.model, "history", None)
        if history is None:
            return
        wanted = [name for name in columns_of(part.model) if _has_column(history.model, name)]
        found = history.filter(id__in=rows_of(part, self.scope).order_by().values("pk")).order_by("id", "history_id")
        for pk, saves in groupby(found.values(*SAVE, *wanted).iterator(chunk_size=CHUNK), key=itemgetter("id")):
            yield pk, [{name: plain(value) for name, value in save.items()} for save in saves]

    def names_of_people(self) -> Iterator[dict[str, Any]]:
        """The people whom rows name, each with the id that rows have."""
        for pk, name in User.objects.filter(pk__in=self.people).order_by("pk").values_list("pk", "name"):
            yield {"id": pk, "name": name}

    def names_of_forces(self) -> Iterator[dict[str, Any]]:
        """Other forces that a transfer names: nothing but their names."""
        yield from Force.objects.filter(pk__in=self.forces - {self.force.pk}).order_by("pk").values(*FORCE_NAMES)

    def entries(self) -> Iterator[dict[str, Any]]:
        """The force's part of the trail."""
        heads = ScrutinyReport.objects.filter(pk__in=self.ids[ScrutinyReport._meta.label_lower], figures__isnull=False)
        return entries.entries_of(self.ids, {*heads.values_list(F("figures__trail_count"), flat=True)})

    def attachments(self) -> list[tuple[str, int]]:
        """(SHA-256, size) of each attached file whose bytes are there, once."""
        found = Attachment.on_file.filter(pk__in=self.ids[Attachment._meta.label_lower], removed_at__isnull=True)
        return sorted({*found.values_list("sha256", "size")})

    def issued_files(self) -> Iterator[tuple[int, bytes]]:
        """(id, bytes) of each issued file, one in memory at a time."""
        for pk in sorted(self.ids[IssuedFile._meta.label_lower]):
            yield pk, bytes(IssuedFile.objects.values_list("content", flat=True).get(pk=pk))

    def origin(self) -> str:
        """The body and office that hand over, as the bag names them."""
        last = Oversight.objects.filter(force=self.force).select_related("body").order_by("since", "pk").last()
        return last.body.name if last else self.force.name


def _columns_to(part: ScopePart, model: type) -> list[str]:
    return [
        each.attname for each in part.model._meta.concrete_fields if each.is_relation and each.related_model is model
    ]


def _has_column(model: Any, name: str) -> bool:
    return any(each.attname == name for each in model._meta.concrete_fields)
