"""How the register and the page of a recommendation work, for the users who may use them."""

from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.site.help_topic import HelpTopic

REGISTER = (
    HelpTopic(
        "register",
        "The register",
        (
            "Search by reference, by lead or by whatever was said of a recommendation, and add filters. Each count "
            "shows exactly those rows.",
            "“As at another day” shows the register on a past day. With “using only what was recorded by” you see what "
            "was known at that moment.",
            "“Export”, above the rows, leads to the files: Excel, CSV, JSON and Word. They hold the rows that you see.",
            "Sort by choosing a column’s heading. A recommendation opened from the list leads to the previous and the "
            "next one.",
        ),
        May.SEE_REGISTER,
    ),
    HelpTopic(
        "saved-views",
        "Views of the register",
        (
            "Filter and sort the register as you need it often, choose “Save view” above the rows, and give it a "
            "name. Tick its columns, move them with the arrows, and choose a width for each. A row has room for nine.",
            "A view keeps the question and not the rows: it always shows how things stand today. “12 changed” counts "
            "what was recorded in its rows since you chose “Mark as seen”, and leads to them.",
            "In “All views” choose the view that the register opens with for you. Excel, CSV and JSON files taken from "
            "a view have its columns and its order.",
            "People of the office can share a view with the office. Only its owner changes it; others copy it.",
        ),
        May.SEE_REGISTER,
    ),
    HelpTopic(
        "search",
        "Search",
        (
            "The box at the top of each page searches everything that was said and that you may read. Press / to go "
            "to it.",
            "All your words must stand in one text, in any order and with any ending: “examiner” finds “examiners”. "
            "Put words in quotation marks if they stand together, and a minus before a word that must not be there.",
            "A reference, such as WM-0021 or wm21, opens its recommendation.",
            "Files on records are found by their name and by the text in them, where it can be read: a scan has none. "
            "Files of meetings are found by their name alone. Colleagues’ notes are found by the office alone.",
            "What was withdrawn is found too, and says so. “As at another day” searches what stood on a past day.",
            "Of more than 2,000 results the newest are shown and counted. Add a word or a filter to find older ones.",
        ),
        May.SEE_RESPONSES,
    ),
    HelpTopic(
        "search",
        "Search",
        (
            "The box at the top of each page searches everything that was said and that you may read. Press / to go "
            "to it.",
            "All your words must stand in one text, in any order and with any ending. Put words in quotation marks if "
            "they stand together, and a minus before a word that must not be there.",
        ),
        May.SEE_PAPERS,
    ),
    HelpTopic(
        "updates",
        "Record and correct entries",
        (
            "Force position, OPCC assurance and HMICFRS status are kept apart, each with its day and who said it.",
            "Nothing is overwritten. To correct an entry, withdraw it with a reason and add the right one.",
        ),
        May.LOG_FORCE_UPDATE,
    ),
    HelpTopic(
        "risk",
        "Risk, themes and delay",
        (
            "The office gives an open recommendation a risk, with the reason, and themes. Record the same risk again "
            "when you have reviewed it: the page says since when it holds, and when it was reviewed.",
            "The force says why it is late, and the mitigation: on the page of the recommendation, in a round, "
            "and when its target moves past the source’s deadline. Where the office records it, the page says so.",
            "Filter the register by risk and theme, or add them as columns of a view.",
            "A draft paper names what is overdue without a cause or mitigation. An administrator "
            "keeps the themes, and the words for risks and causes, under Labels.",
        ),
        May.LOG_FORCE_UPDATE,
        Section.RISK,
    ),
    HelpTopic(
        "similar",
        "Recommendations that say much the same",
        (
            "A recommendation says which others of its force ask much the same, closed ones too, and which words they "
            "share. “What says much the same elsewhere” on a report lists those of all its recommendations.",
            "The office compares them, and links them or says that they are not alike. Those are not suggested again. "
            "A link ends with a reason.",
            "An update of a linked recommendation can be for the others too: tick them. Each gets its own update. "
            "“One line for linked ones” in the register shows a group as one line. Each still counts.",
        ),
        May.LOG_FORCE_UPDATE,
    ),
    HelpTopic(
        "closure",
        "Close and reopen",
        (
            "Ask for closure on the page of the recommendation, with a reason and the evidence. An approving officer "
            "decides; no one decides what they asked for themselves.",
            "The office can reopen a closed recommendation, with a reason.",
            "Parts of a recommendation can be closed one by one in the same way: “Close a part”. The page and the "
            "register then say how many are done. When the last one is done, request closure of the recommendation.",
            "A recommendation with open parts is closed as implemented only where who decides closes the parts with "
            "it. Reopening the recommendation reopens those parts too.",
        ),
        May.REQUEST_CLOSURE,
    ),
    HelpTopic(
        "disputes",
        "Recommendations that the force does not accept",
        (
            "Where the latest force position is “not accepted”, the page says under “Dispute” why the force does not "
            "accept it, what the source replied and what the OPCC decided.",
            "The force or the office records the reason, the office the reply. An approving officer decides whether "
            "the OPCC agrees with the force, and why; no one decides where they recorded the reason themselves.",
            "A decision can have a day of review. On that day it is on the first page, in the calendar and "
            "in reminders.",
        ),
        May.LOG_FORCE_UPDATE,
    ),
    HelpTopic(
        "looks",
        "Look again at what was closed",
        (
            "When you ask for a closure or decide one, choose when to look at it again, and write what will show that "
            "it has held. The first page, your calendar and reminders tell you when the day has come.",
            "On the page of the recommendation say what you saw: it has held, it slipped, or it is too early to say. A "
            "slip is decided by an approving officer other than you, and opens the recommendation again with its old "
            "dates.",
            "Find them among the closed ones of the register under “After closing”. The paper says how many held.",
        ),
        May.REOPEN,
        Section.RECHECKS,
    ),
    HelpTopic(
        "files",
        "Attach files",
        (
            "Choose “Attach files” under an entry on the page of a recommendation, in a round, on a check of a "
            "commitment or on a request. Choose several at once, or drag them there.",
            "Attach PDF, Word, Excel, PowerPoint, text or pictures: up to 50 MB each, and 1 GB for one record.",
            "The force attaches files to its own updates, answers and requests to close; the office to the rest. "
            "Whoever sees the entry sees its files, so the force sees those on an assurance. Files on checks of "
            "commitments and on requests stay with the office.",
            "Give each file a marking. To correct one, withdraw it with a reason and attach the right one. “With its "
            "files” downloads a recommendation and all its files as one .zip file.",
        ),
        May.LOG_FORCE_UPDATE,
    ),
    HelpTopic(
        "bulk",
        "Change several at once",
        (
            "Tick rows in the register, choose what to do, and choose “Continue”. You see what will change before you "
            "confirm.",
        ),
        May.EDIT_TRACKED,
    ),
)
