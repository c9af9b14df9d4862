"""Errors that a user can mend, in both languages."""

from __future__ import annotations


class DatasetError(Exception):
    """The folder's dataset cannot be used as it is; the messages say what to do."""

    def __init__(self, message_es: str, message_en: str) -> None:
        super().__init__(message_es)
        self.message_es = message_es
        self.message_en = message_en
