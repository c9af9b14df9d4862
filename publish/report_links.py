"""Where report and workbook stand in an output folder, and how one links into the other."""

from __future__ import annotations

from urllib.parse import quote

INDEX = "report/index.html"
WORKBOOK = "cuadra.xlsx"


def finding_link(finding_id: str) -> str:
    """The address of a finding's view, relative to the output folder.

    No slash after the ``#``: a spreadsheet program would turn it round with those of the path.
    """
    return f"{INDEX}#hallazgo={quote(finding_id, safe='')}"
