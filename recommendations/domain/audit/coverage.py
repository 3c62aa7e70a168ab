"""What verify_audit proves of each table that no verb alone writes, or why it does not.

Tables that only verbs write (models/base.py) are proven by the trail, and so are their histories: each row, and each
column that EXEMPT_COLUMNS does not name.
"""

BEING_WRITTEN = (
    "nothing in it counts before someone reads it on a page, then saves or submits it under their own name; that is "
    "an entry. Whose it is decides who is shown it, and no approval depends on it"
)
PREFERENCE = "what a person prefers or has seen: it shows them no record that they may not see"
COUNTED = "counted for some minutes, and no one is let in by it: a password and second factor are still needed"
DJANGOS = "Django's own: nothing that a person may do here depends on it"
EMPTY = "allauth's, empty and never read: who someone is comes from the person's own row (ADR 7)"
VERSION = (
    "it tells two editors apart. A wrong one makes a page ask again, or lets a save through about which it would have "
    "asked: that save is an entry of whoever made it, and the history has both texts"
)

PROVEN_BY = {
    "TrailEntry": "the chain of hashes",
    "TrailHead": "the chain of hashes",
    "EntrySeal": "the entry that it seals",
    "AccountSeal": "the password, second factors and entries that it seals",
    "ReminderMail": "the entry at the end of each attempt",
    "ReminderItem": "the entry of its email",
    "PaperMail": "the entry at the end of each attempt",
    "InvitationMail": "the entry at the end of each attempt",
    "NoticeMail": "the entry at the end of each attempt",
    "SuccessionMail": "the entry at the end of each attempt",
    "ForceMail": "the entry at the end of each attempt",
    "ForceSubscriber": "a seal on each row",
    "SavedView": "a seal on each row",
    "DraftPart": "a seal on who saved it last and when, as that person may not approve the response",
    "PaperBuild": "a seal on who asked for what, in whose name a paper is finalised",
    "WebhookSecret": "a digest on its webhook, which a verb writes",
    "StoredFile": "its attached files: digest and size",
}
EXEMPT_BECAUSE = {
    **dict.fromkeys(("SheetDraft", "RoundDraft", "DraftCommitment"), BEING_WRITTEN),
    **dict.fromkeys(("CommentsDraft", "FileDraft", "TypedDraft", "DocumentDraft"), BEING_WRITTEN),
    **dict.fromkeys(("SavedViewUse", "LastLook", "PersonalNotice", "ReminderSwitch"), PREFERENCE),
    "RegisterExport": "a copy for whoever asked, kept for a day: what it is made of is proven, it can be made again",
    "ShortLivedValue": COUNTED,
    "FoldedRefusal": "repeated refusals until they are entered, some minutes later; the first has an entry of its own",
    "Submission": "the token of a form that was sent: with a wrong one a form is sent twice, or asks again",
    "Standing": "it follows from records: verify_standing proves it",
    **dict.fromkeys(("SearchEntry", "SearchWord"), "it follows from records: verify_search proves it"),
    "WebhookDelivery": "a message holds no words, and is made of the record when it is sent",
    "ApiTokenUse": "the day on which a token was last used; the first use on each day is an entry",
}
# Of tables of other apps.
PROVEN_ELSEWHERE = {"mfa.Authenticator": "the seal of its account"}
EXEMPT_ELSEWHERE = {
    "sessions.Session": "signed with a key that is not in the database, under its own key: a forged one is none",
    **dict.fromkeys(("admin.LogEntry", "contenttypes.ContentType"), DJANGOS),
    **dict.fromkeys(("auth.Permission", "auth.Group", "auth.Group_permissions"), DJANGOS),
    **dict.fromkeys(("account.EmailAddress", "account.EmailConfirmation"), EMPTY),
    **dict.fromkeys(("socialaccount.SocialApp", "socialaccount.SocialAccount", "socialaccount.SocialToken"), EMPTY),
}
# Columns of proven tables that are not proven, by model; "" for all of ours.
EXEMPT_COLUMNS: dict[str, dict[str, str]] = {
    "": {"version": VERSION},
    "User": {"mails_notices": PREFERENCE},
    "DraftPart": dict.fromkeys(("text", "action", "reason", "with_part_id", "marking"), BEING_WRITTEN),
    "PaperBuild": dict.fromkeys(
        ("step", "state", "started_at", "beat_at", "ended_at", "attempts", "problem", "content"),
        "work under way: the finalised paper that comes of it is proven, and a draft's file can be made again",
    ),
    "StoredFile": dict.fromkeys(("brought_at", "text", "is_read_whole"), "what was read of a file, for search alone"),
    "WebhookSecret": {"made_at": "shown to administrators as its age: the entry of the change has the moment"},
    "Authenticator": dict.fromkeys(
        ("created_at", "last_used_at"), "shown to its owner alone: setting one up and signing in are entries"
    ),
}
# A row that was added without what it belongs to is never read.
INSERTED_UNNOTICED = {
    "EntrySeal": "without an entry that removes something nothing is passed by it",
    "StoredFile": "without an attached file it is shown to no one",
    "TrailHead": "the head is the row with the number 1",
}
# Of sealed rows one that was deleted leaves nothing that could be proven.
DELETED_UNNOTICED = {
    "ForceSubscriber": "it gets no email, as if its owner had ended them",
    "SavedView": "its owner has no such view, and saves it again",
    "DraftPart": "its part is empty, which the page says to whoever submits the response; a submitted text is a record",
    "PaperBuild": "nothing is made, and it is asked for again",
}
