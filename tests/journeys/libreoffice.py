"""Types into cells of a spreadsheet in LibreOffice, and saves it as LibreOffice does.

    /usr/bin/python3 libreoffice.py PROFILE FILE REFERENCE HEADING WORDS [REFERENCE HEADING WORDS …]

The system's Python runs it, because LibreOffice brings its library to that one. PROFILE is a folder for its settings:
it starts faster where it has started before.
"""

import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SECONDS = 60


def office(profile: str, pipe: str):
    """LibreOffice without a window."""
    address = f"--accept=pipe,name={pipe};urp;"
    return subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def desktop(pipe: str):
    """The running office, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def setting(name: str, value) -> PropertyValue:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def cell_of(sheet, reference: str, heading: str):
    """The cell under the heading, which stands in the first or the second row, in the row of the reference."""
    places = ((place, row) for row in range(2) for place in range(100))
    column = next(place for place, row in places if sheet.getCellByPosition(place, row).String == heading)
    row = next(place for place in range(10_000) if sheet.getCellByPosition(0, place).String == reference)
    return sheet.getCellByPosition(column, row)


def edit(running, file: str, cells: list[str]) -> None:
    address = f"file://{file}"
    document = running.loadComponentFromURL(address, "_blank", 0, (setting("Hidden", True),))
    sheet = document.Sheets.getByIndex(0)
    for reference, heading, words in zip(cells[::3], cells[1::3], cells[2::3], strict=True):
        cell_of(sheet, reference, heading).FormulaLocal = words
    document.storeToURL(address, (setting("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)


def main() -> None:
    profile, file, *cells = sys.argv[1:]
    pipe = f"journey{os.getpid()}"
    process = office(profile, pipe)
    try:
        running = desktop(pipe)
        edit(running, file, cells)
        running.terminate()
        process.wait(SECONDS)
    finally:
        process.kill()


if __name__ == "__main__":
    main()
