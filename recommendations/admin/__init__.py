"""The administration: everything is saved through verbs."""

from recommendations.admin import records
from recommendations.admin.site import site

__all__ = ["records", "site"]
