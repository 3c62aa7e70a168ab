"""A joint inspection of custody in Westmarch: two causes of concern, closures of every kind, targets that moved."""

from recommendations.demo.words import (
    ACCEPTED,
    ASSURED,
    HALE,
    JOE,
    LECKIE,
    NOT_ASSURED,
    PARTLY,
    REFUSED,
    ROWE,
    SIGN_OFF,
    WM,
    Answer,
    Report,
    afi,
    approve,
    ask,
    assure,
    concern,
    decline,
    practice,
    rec,
    reopen,
    status,
    take_back,
    target,
    update,
    wm,
)
from recommendations.enums import InspectionKind, InspectorateStatusKind, Outcome

PROGRESSED, COMPLETE = InspectorateStatusKind.BEING_PROGRESSED, InspectorateStatusKind.COMPLETE

ASKED = (
    concern(
        "1",
        "Risk on release",
        "Some detained people leave custody without anybody having thought about how they will get home or whom they "
        "will go home to. Risk assessments on release are copied from the one made on arrival. This is a cause of concern.",
    ),
    rec(
        "4",
        "Sergeant to review each pre-release risk assessment",
        "By the end of {my -240}, the force should make sure that a custody sergeant reviews each pre-release risk "
        "assessment with the detained person, and records what was agreed about transport, medicines and support.",
        wm(
            ROWE,
            update(
                -500,
                "A prompt card for sergeants was issued to all four suites. A new form is being built.",
                position=ACCEPTED,
            ),
            target(-498, -245),
            status(-495, PROGRESSED),
            update(
                -410,
                "The new form went live in two of four suites. 61 of 90 releases sampled in {month -440} had a review.",
            ),
            assure(
                -400,
                PARTLY,
                "The two suites that have the form use it well. The other two have no date for it.",
                "Ninety custody records",
            ),
            target(
                -262,
                -150,
                "The supplier could not change the form in the two older suites before the system was upgraded.",
            ),
            update(-255, "Third suite live. The upgrade for the fourth is booked.", forecast=-150),
            target(-165, -60, "The upgrade failed its first test and was taken back."),
            update(-160, "Upgrade rolled back after one night. The supplier has a new date.", forecast=-60),
            assure(
                -155,
                PARTLY,
                "Reviews are done where the form is there: 86 of 90. The fourth suite relies on memory.",
                "Ninety custody records, {month -170}",
                again=-70,
            ),
            target(-75, 45, "The supplier’s engineer is shared with another force, and its turn comes first."),
            update(
                -72,
                "All four suites now use a paper review until the form arrives. Dip sample: 70 of 80 done.",
                forecast=45,
            ),
            assure(
                -66,
                PARTLY,
                "The paper form is a fair stopgap. We want to see a month of it before we say more.",
                "Eighty paper forms",
                again=20,
            ),
            status(-60, PROGRESSED, "Quarterly call with the force liaison lead."),
            business="Chief Inspector Anwen Hollis",
        ),
        by="By the end of {my -240}",
        cause="1",
    ),
    rec(
        "5",
        "Offer every released child a way home",
        "With immediate effect, the force should make sure that no child is released at night without an adult or a "
        "safe way home.",
        wm(
            ROWE,
            update(-505, "Instruction sent to all sergeants. Taxi account opened for children.", position=ACCEPTED),
            assure(-470, PARTLY, "Done for children known to social care. Visiting children are not covered."),
            status(-440, PROGRESSED),
            update(-350, "31 children released at night since {month -500}; each had an adult or a taxi."),
            assure(
                -330,
                ASSURED,
                "We read all 31 records. Each says who came or which taxi was called.",
                "Thirty-one custody records",
            ),
            ask(-320, "Done for eight months without an exception.", evidence="Monthly return to the custody board"),
            approve(-310, "Agreed with our own reading of the records."),
            status(-280, COMPLETE),
        ),
        by="With immediate effect",
        cause="1",
    ),
    rec(
        "6",
        "Test cell call bells daily and record the test",
        "Within three months, the force should test every cell call bell each day and record who tested it.",
        wm(
            LECKIE,
            update(-480, "Daily test added to the morning check in all suites.", position=ACCEPTED),
            update(-430, "Three months of checks: 97% of days recorded."),
            ask(-420, "In place since {month -480}."),
            approve(-412),
            status(-400, PROGRESSED),
            reopen(-300, "An independent custody visitor found two bells that did not work, both marked as tested."),
            update(-290, "A second officer now signs the test. The two bells were repaired the same day."),
            target(-288, -120),
            assure(
                -200,
                ASSURED,
                "Visitors tried 40 bells in four visits. All worked, and the book agreed.",
                "Four visit reports",
            ),
            ask(-130, "Two signatures a day since {month -290}, and no visitor has found a fault since."),
            approve(-118, "Closed for the second time. Visitors keep trying bells."),
            status(-90, COMPLETE),
        ),
        by="Within three months",
    ),
    concern(
        "2",
        "Use of force that nobody reviews",
        "The force does not know how often force is used in custody, on whom, or whether it was needed. Recordings are "
        "rarely looked at afterwards. This is a cause of concern.",
    ),
    rec(
        "7",
        "Review recordings of force used in custody",
        "By the end of {my -330}, the force should review a sample of recordings of force used in custody each month "
        "and act on what it finds.",
        wm(
            ROWE,
            update(-495, "An inspector in each suite has been named for the reviews.", position=ACCEPTED),
            target(-490, -335),
            update(-380, "Twenty recordings reviewed each month since {month -420}.", forecast=-335),
            assure(
                -360,
                ASSURED,
                "We sat in on one month’s review. It was frank, and two officers were given advice.",
                "Review of {month -370}",
            ),
            status(-355, PROGRESSED),
            ask(
                -345,
                "Reviews take place each month and their lessons are sent to all suites.",
                evidence="Six monthly reviews",
            ),
            approve(-338),
            status(-200, COMPLETE),
        ),
        by="By the end of {my -330}",
        cause="2",
    ),
    rec(
        "8",
        "Publish use of force in custody by age and ethnicity",
        "The force should publish how often force is used in custody, by the age, sex and ethnicity of the person.",
        wm(
            ROWE,
            update(
                -488, "Figures exist for three suites. Ethnicity is missing in one record in five.", position=ACCEPTED
            ),
            status(-480, PROGRESSED),
            target(-470, -300),
            update(-390, "Ethnicity missing in one record in twelve."),
            target(-310, -90, "Figures would have misled while one record in twelve had no ethnicity."),
            update(-220, "Ethnicity missing in one record in forty. A first table is drafted."),
            target(-100, -20, "The independent advisory group asked to see the table first."),
            update(-95, "The group meets in {month -40} and will comment on the draft.", forecast=60),
            assure(-88, NOT_ASSURED, "Nothing has been published. The reasons are fair, the delay is not.", again=30),
            opcc=JOE,
        ),
        cause="2",
    ),
    rec(
        "9",
        "Replace paper observation logs at every suite",
        "The force should replace paper observation logs with electronic ones at every custody suite.",
        wm(
            ROWE,
            update(
                -485,
                "The chief officers do not accept this. The new custody system, due in two years, brings electronic logs; "
                "to buy them twice would cost £310,000.",
                position=REFUSED,
            ),
            assure(
                -470, PARTLY, "The reason is sound. We have asked for a monthly dip sample of paper logs until then."
            ),
            status(-300, InspectorateStatusKind.NO_FURTHER_ACTION, "Letter from the inspectorate."),
            update(-130, "Dip sample: 44 of 50 paper logs complete. Position unchanged."),
            update(-66, "Dip sample: 47 of 50 paper logs complete. Position unchanged."),
        ),
    ),
    rec(
        "10",
        "Move children’s cells away from adults",
        "Within a year, the force should hold children in cells that adults cannot see or hear.",
        wm(
            LECKIE,
            update(-470, "Two suites have such cells. The others would need building work.", position=ACCEPTED),
            target(-465, -170),
            update(-330, "Building work priced at £1.2 million. The new suite would make it needless."),
            ask(-210, "The revisit letter asks the same in a form that fits the new suite.", Outcome.SUPERSEDED),
            approve(-196, "Superseded by recommendation 1 of the revisit letter, which is tracked."),
            status(-190, InspectorateStatusKind.SUPERSEDED),
        ),
        by="Within a year",
    ),
    afi(
        "1",
        "Offer showers and exercise, and record it",
        "The force should make sure that showers and exercise are offered and that the offer is recorded.",
        wm(
            HALE,
            update(-460, "Added to the hourly check. Recorded for 58% of stays.", position=ACCEPTED),
            target(-455, -365),
            update(-370, "Recorded for 83% of stays over a day."),
            assure(
                -352,
                ASSURED,
                "Custody visitors hear fewer complaints: two this quarter, eleven a year ago.",
                "Visit reports",
            ),
            ask(-348, "Recorded for nine stays in ten."),
            decline(-341, "Not approved: the return says 83%, not nine in ten. Ask again when it is."),
            update(-250, "Recorded for 93% of stays over a day in {month -270}."),
            ask(-245, "93% of stays, and 91% the month before."),
            approve(-238),
        ),
    ),
    afi(
        "2",
        "Call healthcare within an hour of a request",
        "The force should work with its healthcare provider so that a nurse sees a detained person within an hour.",
        wm(
            HALE,
            update(-455, "The provider’s contract says two hours. Talks have begun.", position=ACCEPTED),
            target(-450, -200),
            status(-420, PROGRESSED),
            update(-300, "New contract agrees one hour from {month -180}."),
            assure(-210, PARTLY, "The contract is changed. We have not seen a month of it yet."),
            target(-204, -30, "The new contract starts later than planned."),
            update(-120, "In {month -150}, 71% within an hour. Nights are slow."),
            update(-50, "In {month -80}, 88% within an hour.", stage=SIGN_OFF),
            assure(-40, ASSURED, "Three months above 85%. Nights have caught up.", "Provider’s monthly return"),
            ask(-12, "88% and rising; nights now match days.", evidence="Provider’s returns for the last three months"),
        ),
    ),
    afi(
        "3",
        "Give detained people their rights in their language",
        "The force should give rights and entitlements in the detained person’s own language, in writing.",
        wm(
            HALE,
            update(-450, "Leaflets in 41 languages are on the custody system.", position=ACCEPTED),
            update(-440, "Suite posters printed in 60 languages."),
            take_back(-436, "updates", "This was about the front counters, not custody."),
            ask(-425, "Leaflets are in use at all suites."),
            approve(-419),
            status(-300, COMPLETE),
        ),
    ),
    practice(
        "A quiet room for neurodivergent people",
        "One suite has a quiet room with low light for people who find custody overwhelming. Staff use it well.",
    ),
)

ANSWER = Answer(
    day=-492,
    recorded=-490,
    narrative=(
        "Custody is where the state has most power over a person, and where least is seen from outside. This inspection "
        "looked at all four suites in Westmarch over two weeks.",
        "The Commissioner’s independent custody visitors had raised two of its findings before: showers that were offered "
        "and not recorded, and children who waited for an adult¹. Visitors trained to see people held under the Terrorism "
        "Act found the same care and the same gaps.",
    ),
    comments=(
        (
            "The Commissioner has asked the chief constable for the results of each month’s reviews, and will publish them "
            "with the minutes of the accountability board. We will look again in a year.",
            ("recommendation 4", "recommendation 5", "recommendation 7", "recommendation 8"),
        ),
        (
            "Custody visitors will try bells on every visit and report what they find the same day.",
            ("recommendation 6",),
        ),
        (
            "The chief constable does not accept this, and the Commissioner agrees with the reason: the new custody system "
            "brings electronic logs. A monthly sample of paper logs will come to this office until then.",
            ("recommendation 9",),
        ),
        (
            "The estate plan includes a new suite. Until it opens, children are held in the two suites that have "
            "cells apart.",
            ("recommendation 10",),
        ),
        (
            "These are matters of everyday care. We will follow them through visits.",
            ("area_for_improvement 1", "area_for_improvement 2", "area_for_improvement 3"),
        ),
    ),
    footnotes=({"mark": "¹", "text": "Annual report of the independent custody visiting scheme, page 14."},),
    chief_officer_comments=(
        "I accept all but one of the recommendations. Custody staff work hard in old buildings, and I am grateful for "
        "what the inspectors saw them do well."
    ),
    reply="The Commissioner thanks the chief constable, and notes the plan for the two older suites.",
)

REPORT = Report(
    title="Custody in Westmarch, {year -530}",
    short_name="Custody {yy -530}",
    kind=InspectionKind.CUSTODY,
    day=-540,
    added=5,
    forces=(WM,),
    asked=ASKED,
    answer=ANSWER,
    facts={"joint_inspectorates": "Care Quality Commission"},
)
