"""What a browser would send: the fields of a form in a page, those beside it that belong to it, and one button."""

from selectolax.lexbor import LexborHTMLParser


def fields_of(html: str, form: str) -> dict[str, list[str]]:
    """The names and values of the form with this id, as the page shows them."""
    return fields_among(LexborHTMLParser(html).css(f"#{form} [name], [name][form={form}]"))


def fields_among(elements) -> dict[str, list[str]]:
    """The names and values of these elements."""
    fields: dict[str, list[str]] = {}
    for element in elements:
        for value in _values(element):
            fields.setdefault(element.attributes["name"], []).append(value)
    return fields


def _values(element) -> list[str]:
    attributes = element.attributes
    if element.tag == "textarea":
        return [element.text().removeprefix("\n")]
    if element.tag == "select":
        options = element.css("option[selected]") or element.css("option")[:1]
        return [option.attributes.get("value") or "" for option in options]
    if element.tag == "button":
        return []
    if attributes.get("type") in ("checkbox", "radio"):
        value = (attributes["value"] or "") if "value" in attributes else "on"
        return [value] if "checked" in attributes else []
    return [attributes.get("value") or ""]
