"""Operating an installation: installing, monitoring, backing up and moving it. Used by commands and probes."""
