"""The tests' settings, before Django reads its own: a random key, no demo; and how many examples a property tries."""

import gc
import os
import secrets
import tempfile

import hypothesis

SOAK = "SOAK" in os.environ
hypothesis.settings.register_profile("suite", max_examples=30, derandomize=True)
hypothesis.settings.register_profile("soak", max_examples=500)
hypothesis.settings.load_profile("soak" if SOAK else "suite")

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
os.environ.pop("OVERSIGHT_DEMO", None)
_files = tempfile.TemporaryDirectory(prefix="oversight-files-")  # of this process, and gone with it
os.environ["FILES_TO"] = _files.name
os.environ["WATCH_FREE_MB"] = "0,0"  # how full the disk of a test is says nothing


def pytest_collection_finish():
    """What is collected stays to the end: the garbage collector, a fifth of a run, need not walk through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
