"""The two languages: every message exists in both, and the reader chooses one."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import NamedTuple


class Lang(StrEnum):
    """Languages of messages; Spanish is the default everywhere."""

    ES = "es"
    EN = "en"


class LogFormat(StrEnum):
    """How the lines of a run's log are written."""

    TEXT = "text"
    JSON = "json"


class Text(NamedTuple):
    """One message in both languages."""

    es: str
    en: str

    def of(self, lang: Lang) -> str:
        """The message in one language."""
        return self.es if lang is Lang.ES else self.en


def counted(number: int, singular: str, plural: str) -> str:
    """``1 documento``, ``2 documentos``, ``7,995 valores``."""
    return f"{number:,} {singular if number == 1 else plural}"


def printable(text: str) -> str:
    """A text without control characters: what a PDF or a file name holds may steer a terminal.

    Bytes of a file name that are no UTF-8 (lone surrogates) become the replacement character.
    """
    return "".join(
        "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character
        for character in text
    )
