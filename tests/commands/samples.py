"""Two short responses in the published form, made up."""

import datetime

REPORT = datetime.date(2020, 7, 16)

TEXT = """HMICFRS: Counter-terrorism policing A look at how forces support Vigilance (thematic inspection)

Response from: Office of the Police and Crime Commissioner, Marches

Both forces of the Marches were visited for this inspection, and we welcome its findings¹.

The forces work with the councils to keep people safe.

Recommendations:

1. With immediate effect, the NPCC national Vigilance lead and each force Vigilance lead should review attendance.

OPCC Comment: We will continue to monitor attendance at all panels.

¹ <https://example.org/levels>
"""

WITH_STRAY_LINES = """HMICFRS: Custody in Westmarch, an unannounced inspection of custody suites (joint inspection)

Response from: Police and Crime Commissioner for the Marches

See also item 7, appendix B

I welcome this report on the custody suites that Westmarch Police runs.

Recommendations:

1. By 31 March 2021 the force should offer every detained child an appropriate adult.

2. As soon as possible the force and the health provider should:

• agree who records a refusal of medication; and
• review each refusal in the monthly meeting.

Commissioner’s response: I accept both. I have asked the chief constable for a report.

Areas for improvement:

1. The force should test cell call bells daily and keep the record.

Commissioner’s response: Tests now happen at each handover.

See also the letter of 4 June to the Minister.
"""
