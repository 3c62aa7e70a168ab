"""How each main page works, for the users who may use it.
A topic is shown to users who hold its permission. Of several topics with the same key, the first that the user may read
is shown; a page's heading links to the key (components/help.html).
"""

from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.site.help_action_plan import ACTION_PLAN
from recommendations.views.site.help_administration import ADMINISTRATION
from recommendations.views.site.help_force_page import FORCE_PAGE
from recommendations.views.site.help_register import REGISTER
from recommendations.views.site.help_sources import ADD_A_SOURCE
from recommendations.views.site.help_topic import HelpTopic

TOPICS = (
    HelpTopic(
        "home",
        "Home",
        (
            "“Waits for you” is what someone in your role has to do next. “Late” has passed its day. “Ahead” is what "
            "comes soon.",
            "“Changed” lists what is new since you last looked. Choose “Mark as seen” to count from now.",
        ),
        May.ANSWER_ROUND,
    ),
    HelpTopic(
        "home",
        "Home",
        (
            "“Waits for you” is what someone in your role has to do next. “Late” has passed its day. “Ahead” is what "
            "comes soon.",
            "“Changed” lists what is new since you last looked, first what colleagues gave you and notes that name "
            "you. Choose “Mark as seen” to count from now.",
            "“Mine” shows what you lead or keep, here, in the register and in the calendar, until you choose "
            "“Everyone’s”. A recommendation is its OPCC lead’s, a commitment its keeper’s, a round or response theirs "
            "who see to it, a request its owner’s, a paper theirs who prepared it.",
        ),
        May.WRITE_NOTES,
    ),
    HelpTopic(
        "home",
        "Home",
        ("Home lists what is missing in the administration, and what was added or changed.",),
        May.ADMINISTER,
    ),
    HelpTopic(
        "notes",
        "Notes",
        (
            "“Write a note” stands on each recommendation, report, response, commitment, round, meeting, request and "
            "paper. Notes stay inside the office: no force, committee, paper or export has them.",
            "Type @ and a colleague’s name to tell them. A first name is enough where only one colleague has it.",
            "You can withdraw a note that you wrote, with a reason. It stays on file and no one can read it.",
        ),
        May.WRITE_NOTES,
    ),
    *REGISTER,
    HelpTopic(
        "bring-in",
        "Bring in a spreadsheet",
        (
            "Choose the file, say where each column goes, and say what your words mean. Your answers are kept for next "
            "time.",
            "If no column names the inspection, it is read from the lines above the table, from rows between or from "
            "the name of the sheet, and you can change it.",
            "You then see what each row would do. Fix what cannot be read, or leave it out. All rows come in, or none.",
            "You can undo it as one act until something is recorded on its rows.",
        ),
        May.BRING_IN_REGISTER,
    ),
    HelpTopic(
        "rounds",
        "Update rounds",
        (
            "Choose the force, the recommendations and the last day. Everyone at the force who can answer gets "
            "an e-mail.",
            "Accept each answer, or return it with a question. An accepted answer becomes a force update.",
            "If no one at the force can sign in, download the sheet, send it by e-mail and bring it in when it "
            "is filled in.",
        ),
        May.ASK_FOR_UPDATES,
    ),
    HelpTopic(
        "rounds",
        "Update rounds",
        (
            "Write what was done, or tick “No change”. Tick “Ready to release” when an answer can go to the office.",
            "Release sends all that is ready. You see it before it goes. Everything else stays inside your force.",
            "You can also download the round as a sheet, pass it to business leads and upload it when it is filled in.",
        ),
        May.ANSWER_ROUND,
    ),
    HelpTopic(
        "inspections",
        "Inspections",
        (
            "An inspection is one published report. Bring in the report, bring in a published response, or add "
            "it by hand. An approving officer confirms a response that a colleague brought in, and it is public then.",
            "The report’s words stay as published. Correcting them needs a reason, and the history keeps what "
            "was there.",
            "The page of a force has its grades, its monitoring stage and the inspections that are planned.",
        ),
        May.EDIT_INSPECTIONS,
    ),
    HelpTopic(
        "inspections",
        "Inspections",
        ("An inspection is one published report that covers your force, with what it asks and where each item is.",),
        May.SEE_INSPECTIONS,
    ),
    ADD_A_SOURCE,
    HelpTopic(
        "answers",
        "Answers to other sources",
        (
            "Where the chief officer answers, you follow the answer: the page of the inspection says who must answer, "
            "to whom, by when and why. Record the days on which it was asked for, seen, sent and published.",
            "Record a request for more time, and the new last day when it is granted. A clock that a court stops runs "
            "on when you say so: the days between are added.",
            "Compliance counts these days apart from those of HMICFRS’s reports.",
        ),
        May.EDIT_INSPECTIONS,
    ),
    ACTION_PLAN,
    HelpTopic(
        "responses",
        "Responses",
        (
            "Each report that needs a response is listed with its last day and who has it now.",
            "Write an action and a comment for each recommendation, and invite the chief officer to comment. The draft "
            "is saved as you type.",
            "Submit it when nothing is missing. An approving officer who did not write it approves it. You then "
            "publish it: the page, the PDF and the text appear together.",
            "A published response does not change. A correction is a new version beside it.",
        ),
        May.DRAFT_RESPONSE,
    ),
    HelpTopic(
        "comments",
        "Chief officer’s comments",
        (
            "When the office invites comments on a report, it appears under Comments with the day by which they "
            "are asked for.",
            "Drafts stay inside your force. Choose “Check and submit” to read them before they go.",
            "Comments are published word for word. To change them after you submitted, ask the office to "
            "withdraw them.",
        ),
        May.SUBMIT_COMMENTS,
    ),
    HelpTopic(
        "compliance",
        "Compliance",
        ("Compliance shows which responses were due in a period, and whether each was published in time.",),
        May.SEE_RESPONSES,
    ),
    HelpTopic(
        "commitments",
        "Commitments",
        (
            "Mark a sentence of a response that promises something, and say who keeps it and when it is checked.",
            "Home says when a check is due. A check says what was found, and when to look again.",
        ),
        May.CHECK_COMMITMENTS,
    ),
    HelpTopic(
        "panels",
        "Panels",
        (
            "Plan the meetings of a panel, then record who came: on the page, or by pasting a list from the minutes.",
            "Record only who was at the meeting. Never record anything about a person who was discussed.",
        ),
        May.RECORD_MEETINGS,
        Section.PANELS,
    ),
    HelpTopic(
        "panels",
        "Panels",
        ("You see the Channel panels of your force, its meetings and how your force attended them.",),
        May.SEE_PANELS,
        Section.PANELS,
    ),
    HelpTopic(
        "custody",
        "Custody visits",
        ("Record each visit as counts and findings, and the force’s answer. Never record anything about a detainee.",),
        May.RECORD_MEETINGS,
        Section.CUSTODY,
    ),
    HelpTopic(
        "papers",
        "Papers",
        (
            "Prepare a paper for a force and a period. It is a draft with live figures until it is finalised.",
            "Write what page 1 asks and says, send the draft to the force to check its facts, and answer its "
            "corrections.",
            "An approving officer who did not prepare or write it finalises it. Its figures and file never "
            "change after that; a correction is a new issue.",
            "Issue it to the meeting. Committee members who have an account can get an e-mail.",
        ),
        May.DRAFT_PAPER,
    ),
    HelpTopic(
        "papers",
        "Papers",
        (
            "You see the finalised papers on your force, and a draft while the office asks you to check its facts.",
            "Reply once, by the day that the office set: no correction, or a list of corrections.",
        ),
        May.CHECK_PAPER,
    ),
    HelpTopic(
        "papers",
        "Papers",
        (
            "Each paper shows a force’s register on the last day of a period, and what moved in it.",
            "The PDF and the web page say the same. The register of the paper is there as a spreadsheet and as CSV.",
        ),
        May.SEE_PAPERS,
    ),
    FORCE_PAGE,
    HelpTopic(
        "public-papers",
        "Public papers",
        (
            "Anyone can then read the paper without signing in. You can withdraw it, but not from those who have "
            "a copy.",
        ),
        May.FINALISE_PAPER,
        Section.PUBLIC_PAPERS,
    ),
    HelpTopic(
        "requests",
        "Requests of committees",
        (
            "Record what a committee minuted that it wants to know. The next paper for that committee asks for "
            "the answer.",
        ),
        May.DRAFT_PAPER,
    ),
    HelpTopic(
        "requests",
        "Requests of committees",
        ("What a committee asked for in its minutes, who owns it, and the answer once a paper gives it.",),
        May.SEE_PAPERS,
    ),
    HelpTopic(
        "calendar",
        "Calendar",
        (
            "The calendar lists what is due and what is planned. Filter it by time, kind and force.",
            "To see it in Outlook or on your phone, make an address on the page of your account.",
        ),
        May.SEE_CALENDAR,
    ),
    HelpTopic(
        "reminders",
        "Reminders by e-mail",
        (
            "You get one e-mail a day at most, with everything that is due. Nothing is said twice, and nothing about "
            "what is done.",
            "“Your reminders”, on the page with your name, says which there are, when they are sent, and lets you "
            "switch off those you do not want.",
            "For a report without a response they are sent 28, 14, 7 and 1 days before the last day and once after, "
            "unless your office has chosen other days. When it is late, approving officers get one too.",
        ),
        May.SEE_REGISTER,
    ),
    *ADMINISTRATION,
    HelpTopic(
        "feeds",
        "Power BI, Excel and LibreOffice",
        (
            "Power BI and Excel read the register, updates, responses, commitments and papers as an OData feed at "
            "/api/v1/odata/. LibreOffice, and Excel too, read each as CSV, such as /api/v1/feeds/register.csv.",
            "Make a token under your account first. Choose basic authentication and paste the token as the password. "
            "The user name can be anything.",
            "To filter the register, filter its page and add what follows the ? in its address. show=all gives closed "
            "ones too, as_at=2026-03-31 the register as on that day.",
            "Headings never change, so a report goes on working. Each time that a program reads is on record.",
        ),
        May.SEE_PAPERS,
    ),
    HelpTopic(
        "tokens",
        "Tokens for programs",
        (
            "A token lets a program, such as Power BI, read or write as you. Make one under “Your account”, for each "
            "program its own. You see it once: copy it then.",
            "Revoke a token that a program no longer needs, or that may be in other hands.",
        ),
        May.USE,
        Section.API,
    ),
    HelpTopic(
        "account",
        "Your account",
        (
            "Choose your name at the top of the page to change your password, to set up a passkey or an authenticator "
            "app, and to see where you are signed in.",
            "If you are signed out while you type, what you typed is shown again after you sign in.",
            "A password has 12 characters or more, for administrators 15, and is on no list of stolen passwords.",
        ),
        May.USE,
    ),
)
