"""Loads the product, for a process that makes a copy of itself for each command (processes.py)."""

import pkgutil
from importlib import import_module

import django
from django.core.checks import run_checks

django.setup()
run_checks()  # loads addresses and templates, as each command does

from recommendations.management import commands  # noqa: E402

for module in pkgutil.iter_modules(commands.__path__):
    import_module(f"{commands.__name__}.{module.name}")
