"""What several verbs need to check of what a person typed: that it is there, and that it is not too long."""

from django.db import models

from recommendations.domain.writing.refusals import Refusal

MEDIA_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def longest(model: type[models.Model], field: str) -> int:
    """How many letters a column takes. Raises TypeError for one that has no such limit."""
    most = getattr(model._meta.get_field(field), "max_length", None)
    if not isinstance(most, int):
        raise TypeError(f"{model.__name__}.{field} has no longest text.")
    return most


def short(text: str, *, model: type[models.Model], field: str, empty: str = "") -> str:
    """The words of one column, trimmed. Raises Refusal where they are too long, or missing and `empty` says so."""
    text, most = text.strip(), longest(model, field)
    if not text and empty:
        raise Refusal(empty, field)
    if len(text) > most:
        raise Refusal(f"This is too long: {most} characters at most.", field)
    return text
