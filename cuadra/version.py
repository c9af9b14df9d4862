"""Versions: of the program, and of what it reads and checks."""

__version__ = "0.1.0"

READING_VERSION = "5"
"""Raised whenever the same file would give other rows (reading, normalizing or rules): documents
stored under an earlier one are read again by the next ``ingest``."""
