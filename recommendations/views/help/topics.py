"""The topics and the first steps of the help, read from the Markdown files in templates/help.

A file, or a part of one, begins with lines of `key: value`, the fields of the classes here. Its text follows after an
empty line. docs/developing.md says what each field is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from recommendations.documents.formats.markdown_html import to_html
from recommendations.enums import Role
from recommendations.models import User
from recommendations.permissions import ROLE_MAY, May
from recommendations.sections import Section

FOLDER = settings.BASE_DIR / "templates/help"
FIELDS = {"order": int, "permission": May, "role": Role, "section": Section}  # those that are not plain text


@dataclass(frozen=True)
class HelpTopic:
    """How a main page works, for users who hold the permission. With a section, it is only shown while that is on.

    Pages link to the key: the file's name up to its first dot.
    """

    key: str
    title: str
    order: int
    permission: May
    html: str
    section: Section | None = None


@dataclass(frozen=True)
class HelpStep:
    """One of five first steps. `page` is the URL name of its link, shown to users who hold the permission.

    With a section, the step is only shown while that is on.
    """

    title: str
    link: str
    page: str
    permission: May
    html: str
    section: Section | None = None


@dataclass(frozen=True)
class RoleHelp:
    """The help page of one role, addressed by its slug: the file's name."""

    slug: str
    role: Role
    title: str
    order: int
    steps: tuple[HelpStep, ...]

    def topics(self) -> Iterator[HelpTopic]:
        """The topics that this role may read, without those of sections that are off. Of each key only the first."""
        keys = set()
        for topic in all_topics():
            is_on = topic.section is None or topic.section.is_on
            if topic.permission in ROLE_MAY[self.role] and is_on and topic.key not in keys:
                keys.add(topic.key)
                yield topic


@cache
def all_topics() -> tuple[HelpTopic, ...]:
    """Every topic, in order. The files are read once in each process."""
    topics = (HelpTopic(key=path.name.partition(".")[0], **_content(_text(path))) for path in FOLDER.glob("*.md"))
    return tuple(sorted(topics, key=lambda topic: topic.order))


@cache
def all_roles() -> tuple[RoleHelp, ...]:
    """The help of every role, in order, read once in each process."""
    return tuple(sorted(map(_role_help, FOLDER.glob("roles/*.md")), key=lambda each: each.order))


def steps_for(role: Role, user: User) -> list[tuple[HelpStep, str]]:
    """The first steps of a role, each with its address, or "" if this user may not open the page.

    Those of sections that are off are left out.
    """
    steps = next(
        [step for step in each.steps if step.section is None or step.section.is_on]
        for each in all_roles()
        if each.role == role
    )
    return [(each, reverse(each.page) if user.has_perm(each.permission) else "") for each in steps]


def _role_help(path: Path) -> RoleHelp:
    head, *steps = _text(path).split("\n---\n")
    return RoleHelp(slug=path.stem, steps=tuple(HelpStep(**_content(step)) for step in steps), **_fields(head))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _content(text: str) -> dict[str, Any]:
    """The fields and the text of a topic or a step. Raises ValueError for an unknown permission or section."""
    head, _, markdown = text.strip().partition("\n\n")
    return {**_fields(head), "html": to_html(markdown)}


def _fields(head: str) -> dict[str, Any]:
    pairs = (line.partition(": ")[::2] for line in head.strip().splitlines())
    return {name: FIELDS.get(name, str)(value) for name, value in pairs}
