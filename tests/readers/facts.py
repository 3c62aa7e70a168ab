"""What a person reads in a fictional document: its facts, as the JSON that the readers should give."""

from typing import Any

from tests.readers.source import KINDS, Source

PARAGRAPHS = "\n\n"


def facts_of(source: Source) -> dict[str, Any]:
    """The facts of the document, from what its source says of each line."""
    lines = source.lines
    return {
        "title": source.facts.get("title", " ".join(line.content for line in lines if line.role == "title")),
        "body": source.facts.get("body", " ".join(line.content for line in lines if line.role == "body")),
        "narrative": [line.content for line in lines if line.role == "narr"],
        "recommendations": [_recommendation(source, key) for key in _keys(source)],
        "chief_officer_comments": [line.content for line in lines if line.role == "chief" and not line.about],
        "reply": [line.content for line in lines if line.role == "reply"],
        "footnotes": [line.content for line in lines if line.role == "note"],
    }


def _keys(source: Source) -> list[str]:
    asked = [line for line in source.lines if line.role in ("rec", "head", "part")]
    answered = [line for line in source.lines if line.role == "chief"] if source.form == "coroner_response" else []
    named = (key for line in [*asked, *answered] for key in line.about)
    return list(dict.fromkeys(named))


def _recommendation(source: Source, key: str) -> dict[str, Any]:
    def words(role: str) -> list[str]:
        return [line.content for line in source.lines if line.role == role and key in line.about and line.content]

    return {
        "key": key,
        "kind": KINDS[key[0]],
        "number": "" if key[1:].startswith("-") else key[1:].rstrip("~"),
        "heading": " ".join(words("head")),
        "text": PARAGRAPHS.join(words("rec")),
        "limbs": words("part"),
        "addressees": list(source.to.get(key, ())),
        "comment": PARAGRAPHS.join(words("com")),
        "chief_officer_comments": PARAGRAPHS.join(words("chief")),
    }
