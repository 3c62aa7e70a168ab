"""Middleware, in one module for each matter: oversight/settings.py has their order."""
