"""Backups: one file that holds an office's whole record, and the proof that it does (docs/operations/backups.md)."""

from recommendations.domain.writing.refusals import Refusal


class BackupFailed(Refusal):
    """Why a backup was not made, verified or restored, and what to do: words for whoever runs the installation."""
