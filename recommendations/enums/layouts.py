"""The kinds of documents whose layouts are remembered."""

from django.db.models import TextChoices


class LayoutKind(TextChoices):
    """A kind of document. Coroners' reports and the answers to them are left out: what they must withhold stays a rule.

    The values are those of DocumentKind (exchange/documents_in/sources/kinds.py), and "response".
    """

    RESPONSE = "response", "Response"
    HMICFRS = "hmicfrs", "HMICFRS report"
    IOPC = "iopc", "IOPC recommendations"
    AUDIT = "audit", "Internal audit"
