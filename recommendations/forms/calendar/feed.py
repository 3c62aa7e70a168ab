"""The two buttons about the address of one's calendar: nothing is filled in."""

from recommendations.forms.site.base import ActForm


class AddressForm(ActForm):
    """Make an address, or end the one that there is."""
