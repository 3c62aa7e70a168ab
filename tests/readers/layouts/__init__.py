"""The files that are made of a source: "web:elementor", "pdf:letter", "word:plain", "text:wrapped"."""

from tests.readers.layouts import paper, pasted, web, word
from tests.readers.source import Source

MAKERS = {
    "web": (web.page, "html"),
    "pdf": (paper.pdf, "pdf"),
    "word": (word.docx, "docx"),
    "text": (pasted.text, "txt"),
}


def file_of(source: Source, layout: str) -> tuple[bytes, str]:
    """The document's bytes in this layout, and its file's name."""
    family, _, style = layout.partition(":")
    make, suffix = MAKERS[family]
    return make(source, style), f"{source.name}.{suffix}"
