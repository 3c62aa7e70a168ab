"""Tables as OData 4: the service document, the metadata with the types, and pages of rows as JSON.
The metadata says what is not supported (the Capabilities vocabulary), so that clients do the rest themselves.
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
# The annotations of each set, in the vocabulary Org.OData.Capabilities.V1: what a client must not request.
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
    """The service document: the tables that this user may read. `root` is its address."""
    tables = [{"name": name, "kind": "EntitySet", "url": name} for name in names]
    return _json({"@odata.context": f"{root}$metadata", "value": tables})


def metadata(tables: Iterable[tuple[str, Sequence[SheetField]]]) -> bytes:
    """The types of the tables' columns, the first of which is the key. A column's heading is its description."""
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
    """A page of rows, with the columns at these indexes (None: all); empty texts become null."""
    places = range(len(fields)) if chosen is None else chosen
    keys = [fields[place].key for place in places]
    of = "" if chosen is None else f"({','.join(keys)})"
    found = [dict(zip(keys, (_plain(row[place]) for place in places), strict=True)) for row in rows]
    said: dict[str, Any] = {"@odata.context": f"{root}$metadata#{name}{of}", "value": found}
    return _json(said | ({"@odata.nextLink": next_link} if next_link else {}))


def error(status: int, message: str) -> bytes:
    """An error in OData's format."""
    return _json({"error": {"code": str(status), "message": message}})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if value == "" else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
