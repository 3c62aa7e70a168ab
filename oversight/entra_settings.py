"""Validation of the Microsoft Entra settings, with messages for whoever sets them."""

from oversight.addresses import is_safe, parts_of

ANYBODY = ("common", "organizations", "consumers")  # tenants open to anybody with a Microsoft account


def wrong_about_entra(url: str, client_id: str, client_secret: str, second_factor: str) -> str:
    """What is wrong with the settings, as a sentence, or "" if nothing is or Entra is not used."""
    if not url:
        return "Set ENTRA_URL too, or neither of ENTRA_CLIENT_ID and ENTRA_CLIENT_SECRET." if client_id else ""
    parts = parts_of(url)
    if parts is None or not is_safe(url):
        return "Let ENTRA_URL begin with https://."
    if any(f"/{each}/" in f"{parts.path}/" for each in ANYBODY):
        return "Let ENTRA_URL name the office's own tenant: another lets in everybody with a Microsoft account."
    if not client_id or not client_secret:
        return "Set ENTRA_CLIENT_ID and ENTRA_CLIENT_SECRET, which the app registration in Microsoft Entra gives."
    claim, is_given, value = second_factor.partition("=")
    if not (claim and is_given and value):
        return "Let ENTRA_SECOND_FACTOR be a claim and its value, such as amr=mfa or acrs=c1."
    return ""
