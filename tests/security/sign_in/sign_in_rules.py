"""The addresses of signing in, and what each takes."""

# The sign-in's addresses, which are allauth's: open to everybody, or to whoever is signed in.
SIGN_IN_RULES = {
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key": "public",
    "account_reset_password_from_key_done": "public",
    "account_reauthenticate": "signed in",
    "account_change_password": "signed in",
    "mfa_authenticate": "public",
    "mfa_index": "signed in",
    "mfa_reauthenticate": "signed in",
    "mfa_activate_totp": "signed in",
    "mfa_deactivate_totp": "signed in",
    "mfa_view_recovery_codes": "signed in",
    "mfa_generate_recovery_codes": "signed in",
    "mfa_download_recovery_codes": "signed in",
    "mfa_list_webauthn": "signed in",
    "mfa_add_webauthn": "signed in",
    "mfa_edit_webauthn": "signed in",
    "mfa_remove_webauthn": "signed in",
    "mfa_reauthenticate_webauthn": "signed in",
    "mfa_login_webauthn": "public",
}
# Offered by allauth and of no use to an office: nobody signs up, or changes an address alone.
CLOSED = {
    "account_signup": "/account/signup/",
    "account_email": "/account/email/",
    "account_email_verification_sent": "/account/confirm-email/",
    "account_confirm_email": "/account/confirm-email/abc/",
    "account_set_password": "/account/password/set/",
    "account_confirm_login_code": "/account/login/code/confirm/",
}
