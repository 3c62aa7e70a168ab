"""What verify_audit proves of each table that no verb alone writes, or why it does not.

Tables that only verbs write (models/base.py) are proven by the trail, and so are their histories, but for `version`:
it tells two editors apart, and a wrong one makes a page ask again.
"""

BEING_WRITTEN = "it is still being written, and whoever saves or submits it reads it first"
PREFERENCE = "what a person prefers or has seen: it shows them no record that they may not see"
BEING_MADE = "work under way: the file that comes of it is proven"
COUNTED = "counted for some minutes"

PROVEN_BY = {
    "TrailEntry": "the chain of hashes",
    "TrailHead": "the chain of hashes",
    "EntrySeal": "the entry that it seals",
    "AccountSeal": "the password, second factors and entries that it seals",
    "ReminderMail": "the entry at the end of each attempt",
    "ReminderItem": "the entry of its e-mail",
    "PaperMail": "the entry at the end of each attempt",
    "InvitationMail": "the entry at the end of each attempt",
    "NoticeMail": "the entry at the end of each attempt",
    "ForceMail": "the entry at the end of each attempt",
    "ForceSubscriber": "a seal on each row; one that was deleted gets no e-mail",
    "WebhookSecret": "a digest on its webhook, which a verb writes",
    "StoredFile": "its attached files: digest and size. Its text serves search alone",
}
EXEMPT_BECAUSE = {
    **dict.fromkeys(("SheetDraft", "RoundDraft", "DraftPart", "DraftCommitment"), BEING_WRITTEN),
    **dict.fromkeys(("CommentsDraft", "FileDraft", "TypedDraft"), BEING_WRITTEN),
    **dict.fromkeys(("SavedView", "SavedViewUse", "LastLook", "PersonalNotice", "ReminderSwitch"), PREFERENCE),
    **dict.fromkeys(("PaperBuild", "RegisterExport"), BEING_MADE),
    **dict.fromkeys(("ShortLivedValue", "FoldedRefusal", "Submission"), COUNTED),
    "Standing": "it follows from records: verify_standing proves it",
    **dict.fromkeys(("SearchEntry", "SearchWord"), "it follows from records: verify_search proves it"),
    "WebhookDelivery": "a message holds no words, and is made of the record when it is sent",
    "ApiTokenUse": "the day on which a token was last used",
}
