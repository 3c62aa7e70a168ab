"""File import and export. Readers turn a document into structured lines; one grammar interprets the lines.

This package's readers are pure: no models, no queries, no settings.
"""
