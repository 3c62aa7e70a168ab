"""Published responses for anybody, signed in or not, by address, with each version as filed.

Drafts are never included, nor corrections in progress: the last published version stays until the next is published.
Of a withdrawn response only the address, the day and the reason, but none of its text.
"""

import datetime
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length

from recommendations.domain.responses.copies import TOLD
from recommendations.domain.responses.published_text import read_stored
from recommendations.domain.responses.text import ResponseText
from recommendations.enums import ResponseState
from recommendations.enums.search import Readers
from recommendations.models import (
    IssuedFile,
    PublishedText,
    RedactedFiling,
    ResponseVersion,
    SearchEntry,
)
from recommendations.periods import london_day
from recommendations.search_words import NO_WORDS, SearchWords

PUBLISHED_TEXTS = ("publishedtext", "comment", "explanation")  # search sources of a version's texts
FORMS = {"pdf": "pdf", "txt": "text"}  # extension of a file's address → the version's field with the file


@dataclass(frozen=True, kw_only=True)
class ListedResponse:
    """A published response in a list: its latest version. `forces` are slug and name; `sha256` is the text's digest.

    `first_on` is the day of the first version, which decides whether the response was in time.
    """

    pk: int
    year: int
    slug: str
    number: int
    heading: str
    body_name: str
    first_on: datetime.date
    published_on: datetime.date
    sha256: str
    is_found: bool = True  # whether it contains the words that were searched for
    forces: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class File:
    """A file of a version as issued: its form (the address's extension), and its size in bytes."""

    form: str
    size: int


@dataclass
class Version:
    """One published version. `copies` are the days on which copies went to the recipients required by law."""

    pk: int
    number: int
    published_on: datetime.date
    correction: str
    files: tuple[File, ...] = ()
    copies: dict[str, datetime.date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PublicResponse:
    """A response at a public address, and the id of its body. `versions` are newest first.

    `withdrawn_on` is None unless withdrawn.
    """

    year: int
    slug: str
    body: int
    heading: str
    versions: tuple[Version, ...]
    withdrawn_on: datetime.date | None = None
    withdrawn_why: str = ""

    @property
    def latest(self) -> Version:
        return self.versions[0]

    @property
    def first_on(self) -> datetime.date:
        return self.versions[-1].published_on

    def version(self, number: int) -> Version | None:
        """The version with this number, or None."""
        return next((each for each in self.versions if each.number == number), None)

    def after(self, version: Version) -> Version | None:
        """The version that replaced this one, or None."""
        return next((each for each in reversed(self.versions) if each.number > version.number), None)


def list_responses(words: SearchWords = NO_WORDS) -> list[ListedResponse]:
    """Every published response not withdrawn, newest first, and whether it contains all of `words`. One query."""
    columns = ("pk", "response__year", "response__slug", "number", "heading", "body_name", "first_on", "published_on")
    also = ("sha256", "is_found", "force", "force_name")
    found: dict[int, list[Any]] = {}
    forces: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for row in _latest(words).order_by("-first_on", "heading", "pk", "force_name").values_list(*columns, *also):
        *facts, force, force_name = row
        found[row[0]] = facts
        if force:
            forces[row[0]][force] = force_name
    names = ("pk", "year", "slug", "number", "heading", "body_name", "first_on", "published_on", "sha256", "is_found")
    return [
        ListedResponse(**dict(zip(names, facts, strict=True)), forces=tuple(forces[pk].items()))
        for pk, facts in found.items()
    ]


def _latest(words: SearchWords) -> QuerySet:
    """The latest version of each response not withdrawn, once for each force that its inspections cover."""
    of_it = ResponseVersion.objects.filter(response=OuterRef("response"))
    rows = (
        ResponseVersion.objects.filter(~Exists(of_it.filter(number__gt=OuterRef("number"))))
        .exclude(response__slug="")
        .exclude(response__state=ResponseState.WITHDRAWN)
    )
    has_words: Combinable = Value(True)
    if words.typed:
        said = SearchEntry.objects.filter(source__in=PUBLISHED_TEXTS, readers=Readers.PUBLIC).standing(None)
        has_words = Case(When(said.between_them(words, "record", of="response"), then=True), default=False)
    return rows.annotate(
        is_found=has_words,
        heading=F("reads__heading"),
        sha256=F("reads__sha256"),
        first_on=Subquery(of_it.order_by("number").values("published_on")[:1]),
        force=F("response__answers__inspection__covers__force__slug"),
        force_name=F("response__answers__inspection__covers__force__name"),
    )


def find_published(year: int, slug: str) -> PublicResponse | None:
    """The response at an address, even if it was withdrawn; None if nothing was ever published there. One query."""
    rows = list(
        ResponseVersion.objects.filter(response__year=year, response__slug=slug)
        .order_by("-number", "copies__sent_on")
        .annotate(
            pdf_size=Length("pdf__content"),
            text_size=Length("text__content"),
            heading=F("reads__heading"),
        )
        .values(
            *("pk", "number", "published_on", "correction", "pdf_size", "text_size"),
            *("copies__sent_on", "copies__recipient__kind", "heading", "response__state"),
            *("response__withdrawn_at", "response__withdrawn_why", "response__body"),
        )
    )
    if not rows:
        return None
    withdrawn = rows[0]["response__state"] == ResponseState.WITHDRAWN
    return PublicResponse(
        year=year,
        slug=slug,
        body=rows[0]["response__body"],
        heading=rows[0]["heading"],
        versions=_versions(rows),
        withdrawn_on=london_day(rows[0]["response__withdrawn_at"]) if withdrawn else None,
        withdrawn_why=rows[0]["response__withdrawn_why"],
    )


def _versions(rows: list[dict]) -> tuple[Version, ...]:
    """The versions in rows that repeat a version for each of its copies."""
    found: dict[int, Version] = {}
    for row in rows:
        facts = {name: row[name] for name in ("pk", "number", "published_on", "correction")}
        sizes = {form: row[f"{name}_size"] for form, name in FORMS.items()}
        files = tuple(File(form, size) for form, size in sizes.items() if size is not None)
        version = found.setdefault(row["pk"], Version(**facts, files=files))
        if row["copies__recipient__kind"] in TOLD:
            version.copies.setdefault(row["copies__recipient__kind"], row["copies__sent_on"])
    return tuple(found.values())


def read(pk: int) -> ResponseText:
    """The text of a version. One query."""
    return read_stored(PublishedText.objects.only("text").get(of=pk))


def read_all(entries: list[ListedResponse]) -> dict[int, ResponseText]:
    """The texts of these responses, by the id of the version. One query."""
    found = PublishedText.objects.filter(of__in=[each.pk for each in entries]).only("of", "text")
    return {kept.of_id: read_stored(kept) for kept in found}


def find_file(year: int, slug: str, number: int, form: str) -> tuple[IssuedFile, str] | None:
    """A file of a version, its bytes deferred, and whether it is withheld. One query.

    "withdrawn" if its response is, "withheld" if the file still has words that were redacted, else "".
    """
    if form not in FORMS:
        return None
    version = (
        ResponseVersion.objects.filter(response__year=year, response__slug=slug, number=number)
        .filter(**{f"{FORMS[form]}__isnull": False})
        .annotate(is_withheld=Exists(RedactedFiling.objects.filter(version=OuterRef("pk"))))
        .select_related("response", FORMS[form])
        .only("response__state", *(f"{FORMS[form]}__{name}" for name in ("name", "media_type", "sha256")))
        .first()
    )
    if version is None:
        return None
    why_not = "withdrawn" if version.response.state == ResponseState.WITHDRAWN else ""
    return getattr(version, FORMS[form]), why_not or ("withheld" if version.is_withheld else "")


def digest(entries: list[ListedResponse], *also: str) -> str:
    """A digest of these entries and texts, and of whatever else the response to a request depends on (an ETag)."""
    return hashlib.sha256(repr((entries, also)).encode()).hexdigest()
