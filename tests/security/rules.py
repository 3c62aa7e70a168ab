"""What should be so, written down a second time and by hand: each address with its one rule, each persona's rights.

Nothing here is read from the code that it is held against.
"""

# Every address of ours: its name and the one permission that it takes.
RULES = {
    "home": "use",
    "mark_seen": "use",
    "account": "use",
    "kept": "use",
    "definitions": "use",
    "accessibility": "public",
    "gallery": "use",
    "register": "see_register",
    "register_add_update": "log_force_update",
    "change_many": "see_register",
    "export_register": "see_register",
    "tracked_word": "see_register",
    "inspection_word": "see_inspections",
    "bring_in": "bring_in_register",
    "example_sheet": "bring_in_register",
    "sheet_columns": "bring_in_register",
    "check_sheet": "bring_in_register",
    "sheet_progress": "bring_in_register",
    "sheet_imports": "bring_in_register",
    "sheet_import": "bring_in_register",
    "undo_sheet_import": "bring_in_register",
    "rounds": "see_rounds",
    "add_round": "ask_for_updates",
    "round": "see_rounds",
    "close_round": "ask_for_updates",
    "accept_answer": "ask_for_updates",
    "return_answer": "ask_for_updates",
    "save_drafts": "answer_round",
    "release_answers": "answer_round",
    "round_sheet": "see_rounds",
    "bring_in_round_sheet": "see_rounds",
    "check_round_sheet": "see_rounds",
    "tracked": "see_register",
    "log_force_update": "log_force_update",
    "record_assurance": "record_assurance",
    "record_inspectorate_status": "record_inspectorate_status",
    "set_target": "set_target",
    "request_closure": "request_closure",
    "approve_closure": "decide_closure",
    "decline_closure": "decide_closure",
    "reopen": "reopen",
    "edit_tracked": "edit_tracked",
    "withdraw": "log_force_update",
    "inspections": "see_inspections",
    "add_inspection": "edit_inspections",
    "inspection": "see_inspections",
    "edit_inspection": "edit_inspections",
    "add_recommendation": "edit_inspections",
    "edit_recommendation": "edit_inspections",
    "responses": "see_responses",
    "response": "see_responses",
    "import_response": "import_response",
    "check_document": "import_response",
    "import_report": "import_response",
    "check_report": "import_response",
    "papers": "see_papers",
    "add_paper": "draft_paper",
    "paper": "see_papers",
    "finalise_paper": "finalise_paper",
    "correct_paper": "draft_paper",
    "paper_file": "see_papers",
    "history": "use",
}

# What administrators keep: each kind has a list, a page to add, a page to change, and nothing else.
KEPT_KINDS = ("user", "force", "policingbody", "oversight", "panel", "label", "ragrule")
ADMIN_RULES = {
    "admin:index": "administer",
    "admin:login": "public",
    **{
        f"admin:recommendations_{kind}_{page}": "administer"
        for kind in KEPT_KINDS
        for page in ("changelist", "add", "change")
    },
}

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

OFFICER = {
    "use",
    "see_register",
    "log_force_update",
    "record_assurance",
    "record_inspectorate_status",
    "set_target",
    "request_closure",
    "reopen",
    "edit_tracked",
    "see_inspections",
    "edit_inspections",
    "see_responses",
    "import_response",
    "draft_response",
    "check_commitments",
    "bring_in_register",
    "see_rounds",
    "ask_for_updates",
    "see_papers",
    "draft_paper",
}
LEAD = {
    "use",
    "see_register",
    "see_inspections",
    "log_force_update",
    "set_target",
    "request_closure",
    "see_rounds",
    "answer_round",
    "submit_comments",
    "see_papers",
}
RIGHTS = {
    "officer": OFFICER,
    "approver": OFFICER | {"decide_closure", "approve_response", "finalise_paper"},
    "lead_a": LEAD,
    "lead_b": LEAD,
    "member": {"use", "see_papers"},
    "administrator": {"use", "administer"},
}
