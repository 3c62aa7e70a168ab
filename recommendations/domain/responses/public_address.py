"""A response's public address: the year of first publication and a slug of its title. It never changes."""

import datetime

from django.utils.text import slugify

from recommendations.models import PolicingBody, Response

LONGEST = 80


def take_address(response: Response, published_on: datetime.date) -> None:
    """Set a response's address inside a verb. A lock makes a second caller wait, so that no two get the same slug."""
    list(PolicingBody.objects.select_for_update().order_by("pk").values_list("pk"))
    for name, value in new_address(response.title, published_on).items():
        setattr(response, name, value)


def new_address(title: str, published_on: datetime.date) -> dict:
    """Return `year` and `slug` for a response first published on a London day. The slug is unique in its year."""
    words = _cut(slugify(title)) or "response"
    like = Response.objects.filter(year=published_on.year, slug__startswith=words)
    taken = set(like.values_list("slug", flat=True))
    slug, count = words, 1
    while slug in taken:
        count += 1
        slug = f"{words}-{count}"
    return {"year": published_on.year, "slug": slug}


def _cut(slug: str) -> str:
    """Return the slug, shortened at a word boundary."""
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
