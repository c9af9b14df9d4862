"""Imported once by the fork server: every document's process starts with it in memory."""

from __future__ import annotations

import multiprocessing.connection  # noqa: F401

import pdfminer.pdfpage  # noqa: F401
import pypdfium2  # noqa: F401

import cuadra.isolation
import cuadra.work  # noqa: F401
import extract.reader  # noqa: F401
import normalize.records  # noqa: F401
import publish.staging  # noqa: F401
import validate.engine  # noqa: F401
