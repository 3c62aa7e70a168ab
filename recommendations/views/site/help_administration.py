"""How the administrators' pages work."""

from recommendations.permissions import May
from recommendations.views.site.help_topic import HelpTopic

ADMINISTRATION = (
    HelpTopic(
        "reminders",
        "Reminders by e-mail",
        (
            "“Rules for reminders” sets what people are reminded of, how many days before, and who gets it. A change "
            "holds from the day on which you make it.",
            "Before you save, look at what the rule would have sent last month.",
            "What a person has switched off is not sent to them, whatever the rules are.",
        ),
        May.ADMINISTER,
    ),
    HelpTopic(
        "administration",
        "Administration",
        (
            "Every change has a history. Nothing is deleted: accounts are deactivated, and other records end on a day.",
            "Words and thresholds of the colours apply from a day. Papers that were finalised keep the old ones.",
            "Your first page says when little room is left on the server. Tell whoever runs it: on a full disk "
            "everything can still be read, but nothing can be saved and no one can sign in.",
        ),
        May.ADMINISTER,
    ),
    HelpTopic(
        "sources",
        "Sources and their rules",
        (
            "A source makes recommendations: HMICFRS, the IOPC, a coroner, an auditor. Its rules say who must answer, "
            "from which day the time is counted, and how long it is.",
            "Choose a source and tick “The office follows it”. An office that follows HMICFRS alone sees nothing of "
            "the others.",
            "A rule marked “confirm before first use” rests on law that was not read word for word. Look the law up, "
            "then confirm the rule or change it. Until then its time is counted the careful way.",
            "A change holds from a day on. What was recorded before keeps its own day. The rule for HMICFRS’s reports "
            "cannot be changed.",
        ),
        May.ADMINISTER,
    ),
    HelpTopic(
        "webhooks",
        "Webhooks",
        (
            "A webhook notifies another system when a force releases an update, a closure is decided, a response is "
            "published or a paper is issued. Its messages hold identifiers, a day and a link.",
            "“Send words of records too” sends more. What is restricted, and closed papers, are never sent.",
            "Copy the secret when it is shown: the receiver checks with it that a message is from here. A new secret "
            "works beside the one before for 24 hours.",
            "A message that is not taken is sent again after a minute, then after longer and longer pauses, for three "
            "days. After that choose “Send again”. Its identifier stays the same.",
        ),
        May.ADMINISTER,
    ),
    HelpTopic(
        "people",
        "People and their accounts",
        (
            "Invite a person under “People’s access”. The link in the e-mail works once and for 48 hours. You can send "
            "it again or withdraw it. Where no e-mail can be sent, the page shows the link once: pass it on yourself.",
            "“People’s access” finds people by name, address, role and state. Each count leads to those it counts.",
            "Every role but a committee member’s is given by two: one administrator asks, another confirms. That also "
            "holds for another e-mail address, for letting someone in again, for the object id in Microsoft Entra, "
            "and for resetting the second factor of approving officers and administrators.",
            "A person gets an e-mail when their address, object id or second factor is changed for them.",
            "Someone leaves: choose “Close”, read what is open, and choose who takes over. The account is closed and "
            "everything is handed over in one step. What is on record keeps the old name.",
            "A committee member reads the papers of the committees that you choose. You can switch their second factor "
            "off for all members, with a reason that stays on record.",
        ),
        May.ADMINISTER,
    ),
    HelpTopic(
        "security-events",
        "Security events",
        (
            "It lists who signed in, who failed to, second factors, changes of people, exports and refusals.",
            "The same refusal again within ten minutes is counted, and the number is an entry of its own.",
            "Someone lost their phone: open “People’s access” and reset their second factor, with a reason. "
            "Sessions are ended there too.",
        ),
        May.ADMINISTER,
    ),
    HelpTopic(
        "former-people",
        "People who left",
        (
            "After the office’s period an administrator can show a person who left by a number, such as “Former "
            "officer 12”. Lists, histories, pages and exports then say the number.",
            "The trail, filed papers and published responses keep the name. “Read the name” shows who it was; you say "
            "why, and that is on record.",
        ),
        May.ADMINISTER,
    ),
    HelpTopic(
        "redactions",
        "Redactions",
        (
            "Where a text names a person who does not belong in it, choose “Propose a redaction” and enter the exact "
            "words. You see every place before you propose it.",
            "An approving officer, never the person who proposed it, confirms or declines. Then "
            "“[removed]” stands in every place, for good.",
            "Filed papers and published responses with the words are listed: file a corrected issue, or publish a "
            "correction.",
        ),
        May.REDACT,
    ),
)
