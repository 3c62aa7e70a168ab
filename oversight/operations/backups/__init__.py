"""Backups: one file with an office's whole record, and its verification (docs/operations/backups.md)."""

from recommendations.domain.writing.refusals import Refusal


class BackupFailed(Refusal):
    """Why a backup was not made, verified or restored, and what to do, in words for the operator."""


class BackupDamaged(BackupFailed):
    """What is wrong with the file of a backup itself: another one is needed."""
