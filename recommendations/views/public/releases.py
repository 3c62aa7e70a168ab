"""What the public views of force pages and action plans share: finding releases by address."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from recommendations.domain.public.released import PublicRelease, releases_of
from recommendations.models.public.releases import Release


def releases_or_404(kind: type[Release], slug: str) -> list[PublicRelease]:
    """The releases of a force, newest first. Raises Http404 if there was never one."""
    if not (releases := releases_of(kind, slug)):
        raise Http404
    return releases


def release_with_number(releases: list[PublicRelease], number: int) -> PublicRelease:
    """The release with this number. Raises Http404 if there is none."""
    if not (found := [each for each in releases if each.number == number]):
        raise Http404
    return found[0]


def whole(name: str, *address: object) -> str:
    """The absolute address of a page."""
    return f"{settings.ORIGIN}{reverse(name, args=address)}"
