"""Security events: who signed in or failed to, and changes to their means of doing so."""

from django.db.models import TextChoices


class SecurityEventKind(TextChoices):
    """The verb of a security event's trail entry, and its label."""

    SIGNED_IN = "sign_in", "Signed in"
    SIGNED_OUT = "sign_out", "Signed out"
    FAILED = "fail_sign_in", "Sign-in failed"
    LOCKED = "lock_sign_in", "Locked for 5 minutes"
    CODE_FAILED = "fail_second_factor", "Code refused"
    FACTOR_ADDED = "add_second_factor", "Second factor set up"
    FACTOR_REMOVED = "remove_second_factor", "Second factor removed"
    FACTOR_RENAMED = "rename_second_factor", "Passkey renamed"
    FACTOR_RESET = "reset_second_factor", "Second factor reset by an administrator"
    CODES_MADE = "make_recovery_codes", "New recovery codes"
    RECOVERY_USED = "use_recovery_code", "Recovery code used"
    CONFIRMED = "confirm_identity", "Confirmed who they are"
    SESSION_ENDED = "end_session", "Session ended"
    ENTRA_REFUSED = "refuse_entra", "Microsoft Entra sign-in refused"
    BREAK_GLASS = "use_break_glass", "Break-glass account used"
    LINK_ASKED = "ask_password_link", "Password link asked for"
    FILE_TAKEN = "take_file", "File taken"
    EVENTS_READ = "read_security_events", "Security events read"
    EVENTS_EXPORTED = "export_security_events", "Security events exported"
    INVITED = "invite_person", "Person invited"
    INVITATION_CONFIRMED = "confirm_account_invitation", "Invitation confirmed by another administrator"
    INVITATION_SENT = "resend_account_invitation", "Invitation sent again"
    INVITATION_ENDED = "end_account_invitation", "Invitation withdrawn or declined"
    INVITATION_ACCEPTED = "accept_account_invitation", "Invitation accepted"
    CHANGE_ASKED = "ask_account_change", "Change of an account asked for"
    CHANGE_CONFIRMED = "confirm_account_change", "Change of an account confirmed by another administrator"
    CHANGE_ENDED = "end_account_change", "Change of an account withdrawn or declined"
    COMMITTEES_SET = "set_committees", "Committees of a member changed"
    MEMBER_FACTOR_SET = "set_member_factor", "Second factor of committee members switched on or off"
    TOKEN_MADE = "make_api_token", "API token made"
    TOKEN_REVOKED = "revoke_api_token", "API token revoked"
    TOKEN_USED = "use_api_token", "API token used, the first time on its day"
    TOKEN_REFUSED = "refuse_api_token", "API token refused"
    LEFT = "leave", "Left: account closed, open things handed over"


class AccessEnd(TextChoices):
    """How an invitation that nobody accepted ended."""

    WITHDRAWN = "withdrawn", "Withdrawn"
    DECLINED = "declined", "Declined"


class AccessAnswer(TextChoices):
    """The answer to a change that waited for a second administrator."""

    CONFIRMED = "confirmed", "Confirmed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DECLINED = "declined", "Declined"
