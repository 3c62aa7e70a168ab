"""Opens a CSV at a web address in LibreOffice, with a name and a password as a person types them into its dialogue.

    /usr/bin/python3 libreoffice_feed.py PROFILE ADDRESS PASSWORD

Prints what the cells show, as JSON: a list of rows. The system's Python runs it (libreoffice.py says why).
"""

import json
import os
import sys

import unohelper
from com.sun.star.task import XInteractionHandler2
from libreoffice import SECONDS, desktop, office, setting

SIGN_IN = "com.sun.star.ucb.XInteractionSupplyAuthentication"
CSV = ("Text - txt - csv (StarCalc)", "44,34,76,1,,2057")  # commas, quotes, UTF-8, from the first line, English (UK)


class SignsIn(unohelper.Base, XInteractionHandler2):
    """Answers the question for a name and a password."""

    def __init__(self, password: str):
        self.password = password

    def handle(self, request):
        self.handleInteractionRequest(request)

    def handleInteractionRequest(self, request):
        for each in request.getContinuations():
            if any(kind.typeName.startswith(SIGN_IN) for kind in each.getTypes()):
                each.setUserName("oversight")
                each.setPassword(self.password)
                each.select()
                return True
        return False


def cells(sheet) -> list[list[str]]:
    """What each cell shows."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    address = cursor.getRangeAddress()
    return [
        [sheet.getCellByPosition(column, row).String for column in range(address.EndColumn + 1)]
        for row in range(address.EndRow + 1)
    ]


def read(running, address: str, password: str) -> list[list[str]]:
    name, options = CSV
    about = {"Hidden": True, "FilterName": name, "FilterOptions": options, "InteractionHandler": SignsIn(password)}
    settings = tuple(setting(name, value) for name, value in about.items())
    document = running.loadComponentFromURL(address, "_blank", 0, settings)
    found = cells(document.Sheets.getByIndex(0))
    document.close(True)
    return found


def main() -> None:
    profile, address, password = sys.argv[1:]
    pipe = f"feed{os.getpid()}"
    process = office(profile, pipe)
    try:
        running = desktop(pipe)
        print(json.dumps(read(running, address, password)))
        running.terminate()
        process.wait(SECONDS)
    finally:
        process.kill()


if __name__ == "__main__":
    main()
