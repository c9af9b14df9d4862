"""The pages of a document as a second library, pdfminer, has them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

DEEPEST = 50
"""How deep a tree of pages is followed; a damaged one may go round for ever."""


class SecondPages:
    """Pages, each looked up once: where the page tree counts its pages, down the one branch that
    leads there, and otherwise by reading all those before it, as pdfminer does.

    (The dictionaries of the 67 pages before the one that is asked for take 11 ms to be read, the
    branch takes one.) Whatever a broken file makes pdfminer stumble over is raised.
    """

    def __init__(self, data: bytes, password: str | None) -> None:
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdfparser import PDFParser

        self._document = PDFDocument(PDFParser(BytesIO(data)), password=password or "")
        self._rest = PDFPage.create_pages(self._document)
        self._read: list[Any] = []
        self._found: dict[int, Any] = {}

    def __getitem__(self, number: int) -> Any:
        """A page (from 1)."""
        if number not in self._found:
            self._found[number] = self._down_to(number) or self._after_all_before(number)
        return self._found[number]

    def _after_all_before(self, number: int) -> Any:
        while len(self._read) < number:
            self._read.append(next(self._rest))
        return self._read[number - 1]

    def _down_to(self, number: int) -> Any | None:
        """A page by the counts of the tree (ISO 32000-2, 7.7.3.2); none where they do not lead to
        one."""
        from pdfminer.pdfpage import LITERAL_PAGE, PDFPage
        from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1

        inherited: dict[str, Any] = {}
        reference, left = self._document.catalog.get("Pages"), number
        for _ in range(DEEPEST):
            if not isinstance(reference, PDFObjRef):
                return None
            node = {**inherited, **dict_value(reference)}
            if node.get("Type") is LITERAL_PAGE:
                return PDFPage(self._document, reference.objid, node, None) if left == 1 else None
            inherited = {k: v for k, v in node.items() if k in PDFPage.INHERITABLE_ATTRS}
            kids, count = list_value(node.get("Kids")), resolve1(node.get("Count"))
            if len(kids) == count and left <= count:  # all of them are pages
                reference, left = kids[left - 1], 1
                continue
            for reference in kids:
                own = dict_value(reference)
                held = 1 if own.get("Type") is LITERAL_PAGE else resolve1(own.get("Count"))
                if not isinstance(held, int) or left <= held:
                    break
                left -= held
            else:
                return None
        return None
