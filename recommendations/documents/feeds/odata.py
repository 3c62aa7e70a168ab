"""Tables as OData 4: the service document, the metadata that names the types, and pages of rows as JSON.

The metadata says what is not offered (the Capabilities vocabulary), so that a program does the rest by itself.
"""

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from recommendations.domain.register.sheet_columns import Holds, SheetField

NAMESPACE = "Oversight"
JSON, XML = "application/json;odata.metadata=minimal", "application/xml"
TYPES: dict[Holds, str] = {
    Holds.TEXT: "Edm.String",
    Holds.WORD: "Edm.String",
    Holds.DERIVED: "Edm.String",
    Holds.DAY: "Edm.Date",
    Holds.DERIVED_DAY: "Edm.Date",
    Holds.DERIVED_NUMBER: "Edm.Int64",
}
# The terms of each set, in the vocabulary Org.OData.Capabilities.V1: what a program must not ask for.
NOT_OFFERED = """\
        <Annotation Term="Org.OData.Capabilities.V1.CountRestrictions"><Record>
          <PropertyValue Property="Countable" Bool="false"/></Record></Annotation>
        <Annotation Term="Org.OData.Capabilities.V1.SortRestrictions"><Record>
          <PropertyValue Property="Sortable" Bool="false"/></Record></Annotation>
        <Annotation Term="Org.OData.Capabilities.V1.ExpandRestrictions"><Record>
          <PropertyValue Property="Expandable" Bool="false"/></Record></Annotation>
        <Annotation Term="Org.OData.Capabilities.V1.SearchRestrictions"><Record>
          <PropertyValue Property="Searchable" Bool="false"/></Record></Annotation>
        <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record>
          <PropertyValue Property="Insertable" Bool="false"/></Record></Annotation>
        <Annotation Term="Org.OData.Capabilities.V1.UpdateRestrictions"><Record>
          <PropertyValue Property="Updatable" Bool="false"/></Record></Annotation>
        <Annotation Term="Org.OData.Capabilities.V1.DeleteRestrictions"><Record>
          <PropertyValue Property="Deletable" Bool="false"/></Record></Annotation>"""


def service(root: str, names: Iterable[str]) -> bytes:
    """The service document: the tables that this person may read. `root` is the address of it."""
    tables = [{"name": name, "kind": "EntitySet", "url": name} for name in names]
    return _json({"@odata.context": f"{root}$metadata", "value": tables})


def metadata(tables: Iterable[tuple[str, Sequence[SheetField]]]) -> bytes:
    """The types of the tables' columns, whose first is the key. The heading of a column is its description."""
    listed = list(tables)
    types = "\n".join(_entity_type(name, fields) for name, fields in listed)
    sets = "\n".join(
        f'      <EntitySet Name="{name}" EntityType="{NAMESPACE}.{name}Row">\n{NOT_OFFERED}\n      </EntitySet>'
        for name, _ in listed
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="{NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">
{types}
      <EntityContainer Name="Container">
{sets}
        <Annotation Term="Org.OData.Capabilities.V1.FilterFunctions"><Collection/></Annotation>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
""".encode()


def _entity_type(name: str, fields: Sequence[SheetField]) -> str:
    key, *_ = fields
    properties = "\n".join(
        f'        <Property Name="{field.key}" Type="{TYPES[field.holds]}"'
        f"{' Nullable=' + quoteattr('false') if field is key else ''}>"
        f'<Annotation Term="Org.OData.Core.V1.Description" String={quoteattr(field.heading)}/></Property>'
        for field in fields
    )
    return (
        f'      <EntityType Name="{name}Row">\n        <Key><PropertyRef Name="{key.key}"/></Key>\n'
        f"{properties}\n      </EntityType>"
    )


def page(
    root: str,
    name: str,
    fields: Sequence[SheetField],
    rows: Iterable[Sequence[Any]],
    *,
    chosen: Sequence[int] | None = None,
    next_link: str = "",
) -> bytes:
    """Some rows of a table, of the columns at these places (None: all); an empty text is null, as in a typed table."""
    places = range(len(fields)) if chosen is None else chosen
    keys = [fields[place].key for place in places]
    of = "" if chosen is None else f"({','.join(keys)})"
    found = [dict(zip(keys, (_plain(row[place]) for place in places), strict=True)) for row in rows]
    said: dict[str, Any] = {"@odata.context": f"{root}$metadata#{name}{of}", "value": found}
    return _json(said | ({"@odata.nextLink": next_link} if next_link else {}))


def error(status: int, message: str) -> bytes:
    """Why there is no answer, as OData says it."""
    return _json({"error": {"code": str(status), "message": message}})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if value == "" else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
