"""Checks of typed text that several verbs need: not missing, and not too long."""

from django.db import models

from recommendations.domain.writing.refusals import Refusal

MEDIA_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def longest(model: type[models.Model], field: str) -> int:
    """The longest text that a column accepts, in characters. Raises TypeError if it has no limit."""
    most = getattr(model._meta.get_field(field), "max_length", None)
    if not isinstance(most, int):
        raise TypeError(f"{model.__name__}.{field} has no longest text.")
    return most


def short(text: str, *, model: type[models.Model], field: str, empty: str = "") -> str:
    """The text for a column, trimmed. Raises Refusal if it is too long or, with the message `empty`, missing."""
    text, most = text.strip(), longest(model, field)
    if not text and empty:
        raise Refusal(empty, field, code="required")
    if len(text) > most:
        wrong = f"It has {len(text):,} characters. Shorten it to {most:,} or fewer."
        raise Refusal(wrong, field, code="too-long")
    return text
