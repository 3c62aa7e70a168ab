"""Email addresses that no mail can reach."""

from django.conf import settings

RESERVED = ("example", "invalid", "localhost", "test")  # RFC 2606 and RFC 6761
DEMONSTRATION = "example"


def why_unreachable(address: str) -> str:
    """Why no mail can reach an address, or "". The demonstration's own addresses are good there: it sends nothing."""
    ending = address.strip().lower().rpartition("@")[2].rpartition(".")[2]
    if ending not in RESERVED or (ending == DEMONSTRATION and settings.DEMO):
        return ""
    return f"No mail reaches an address that ends in “.{ending}”. Enter the person’s own."
