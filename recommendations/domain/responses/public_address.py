"""The public address of a response: the year of its first publication and the words of its title. It never changes."""

import datetime

from django.utils.text import slugify

from recommendations.models import PolicingBody, Response

LONGEST = 80


def take_address(response: Response, published_on: datetime.date) -> None:
    """The part of a verb that gives a response its address. Of two that look for one at once the second waits."""
    list(PolicingBody.objects.select_for_update().order_by("pk").values_list("pk"))
    for name, value in new_address(response.title, published_on).items():
        setattr(response, name, value)


def new_address(title: str, published_on: datetime.date) -> dict:
    """`year` and `slug` of a response first published on a London day. The slug is one that its year has not used."""
    words = _cut(slugify(title)) or "response"
    like = Response.objects.filter(year=published_on.year, slug__startswith=words)
    taken = set(like.values_list("slug", flat=True))
    slug, count = words, 1
    while slug in taken:
        count += 1
        slug = f"{words}-{count}"
    return {"year": published_on.year, "slug": slug}


def _cut(slug: str) -> str:
    """The slug, cut at a word."""
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
