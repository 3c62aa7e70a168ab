"""Files in and out. Readers turn a document into lines with their structure; one grammar reads the lines.

This package's readers are pure: no models, no queries, no settings.
"""
