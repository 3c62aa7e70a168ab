"""The bag of a register that goes from one office to another: BagIt (RFC 8493) in a plain tar (docs/adr/0045)."""

from recommendations.domain.writing.refusals import Refusal


class BagDamaged(Refusal):
    """What is wrong with a bag, with file and line where there is one. Another copy of it is needed."""
