"""What several verbs need to check of what a person typed: that it is there, and that it is not too long."""

from recommendations.domain.writing.refusals import Refusal

MEDIA_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def short(text: str, *, model, field: str, empty: str = "") -> str:
    """The words of one column, trimmed. Raises Refusal where they are too long, or missing and `empty` says so."""
    text, most = text.strip(), model._meta.get_field(field).max_length
    if not text and empty:
        raise Refusal(empty, field)
    if len(text) > most:
        raise Refusal(f"This is too long: {most} characters at most.", field)
    return text
