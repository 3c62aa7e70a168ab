"""Write docs/operations/settings.md from the list of settings: python -m tests.settings_page."""

from pathlib import Path

from oversight import known_settings as known

PAGE = Path(__file__).resolve().parent.parent / "docs/operations/settings.md"
SECTIONS = (
    ("The office", "[sections](sections.md), [the secret key](secret-key.md)", known.BASICS),
    ("The server", "[the network](network.md), [a server for the public pages](database-roles.md)", known.SERVER),
    ("The database", "[database roles](database-roles.md), [PgBouncer](grow.md#pgbouncer)", known.DATABASE),
    ("Email", "[email](mail.md)", known.MAIL),
    ("Signing in", "[signing in](sign-in.md), [Microsoft Entra](entra.md)", known.SIGN_IN),
    ("Records", "[retention](retention.md)", known.RECORDS),
    ("Files", "[files on records](files.md)", known.FILES),
    ("Backups", "[backups](backups.md)", known.BACKUPS),
    ("Other programs and the public", "[the API](../api.md), [webhooks](webhooks.md)", known.OTHER_PROGRAMS),
    ("Watching", "[watching](watch.md)", known.WATCHING),
)
HEAD = """# Settings

On an installed server they are in `/etc/oversight/main/settings.env`, a line `NAME=value` for each. Elsewhere they
come from the environment.

1. Edit the file: `sudo editor /etc/oversight/main/settings.env`.
2. Check it: `sudo oversight check`.
3. Restart: `sudo systemctl restart oversight-web@main oversight-papers@main`.
4. See that it works: `sudo oversight status`.

An office needs `SECRET_KEY`, `ORIGIN`, `DATABASE_URL`, `EMAIL_URL` and `FROM_EMAIL`; `oversight setup` writes them.
A list has commas between its items. `1` is yes and `0` is no.

This page is made from `oversight/known_settings.py` by `python -m tests.settings_page`."""


def page() -> str:
    """The text of the page."""
    parts = [HEAD]
    for title, more, settings in SECTIONS:
        rows = [f"| `{each.name}` | {each.purpose} | {each.default or 'none'} |" for each in settings]
        parts += [f"\n## {title}\n\nMore: {more}.\n", "| setting | what it is | default |", "|---|---|---|", *rows]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
