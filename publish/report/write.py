"""Writes the report of a stored dataset: document by document, only what changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from publish.files import publish_text, writing
from publish.report import pictures
from publish.report.pictures import Draw, Job, Pages, one_by_one
from publish.report.script import script, write_if_changed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from publish.bounded import Settings
    from publish.report.stored import Overview
    from publish.waivers import Waiver

FOLDER = "report"
INDEX = "index.html"

MOST_PICTURES = 100
"""Pages on which something was read get a picture up to so many in all; beyond that only those on
which a finding stands. (70 KB and 25 ms each.)"""
BATCH = 40
"""Documents whose rows are held in memory at once."""

_HERE = Path(__file__).parent
_MANIFEST = "manifest.json"
_STAMP = ".stamp.json"
_SCRIPTS = (
    "core",
    "words",
    "route",
    "findings",
    "place",
    "page",
    "matrix",
    "chart",
    "overview",
    "finding",
    "indicator",
    "document",
    "rules",
)
"""In the order in which the page needs them; ``main`` starts it, behind the data."""
_DATA, _DOCUMENTS, _STATIC = "data", "documents", "static"
_LANGUAGES: tuple[Literal["es", "en"], ...] = ("es", "en")


@dataclass
class _Known:
    """What the last report held of one document."""

    fingerprint: str
    pages: Pages


def write_report(
    directory: Path,
    *,
    lang: Literal["es", "en"] = "es",
    waivers: Sequence[Waiver] = (),
    draw: Draw = one_by_one,
) -> Path:
    """Write ``directory/report`` from the dataset stored in ``directory``; its ``index.html``.

    ``lang`` is the language in which it opens; ``draw`` renders pages. PDFs are needed only for
    pictures of pages; where one is gone the report says so. Raises
    ``publish.errors.DatasetError`` (no usable dataset) or ``OSError`` (the folder cannot be
    written).
    """
    from publish.bounded import bounded
    from publish.store import expect

    expect(directory)
    with writing(directory):
        bounded(directory, partial(_write, directory, lang, waivers, draw))
    return directory / FOLDER / INDEX


def _write(
    directory: Path,
    lang: Literal["es", "en"],
    waivers: Sequence[Waiver],
    draw: Draw,
    settings: Settings,
) -> None:
    from cuadra.version import __version__
    from publish.report import index, stored
    from publish.store import reading
    from publish.waivers import judge_stored

    report = directory / FOLDER
    data = report / _DATA
    with reading(directory, settings) as connection:
        stamp = _stamp(directory, lang, waivers)
        seen = stored.overview(connection)
        verdicts = judge_stored(connection, waivers)
        _write_documents(connection, seen, report, draw)
        first = index.index(seen, verdicts, lang, __version__)
        rows = first["findings"]
        assert isinstance(rows, list)
        for code in _LANGUAGES:
            name, told = f"messages-{code}", stored.messages(connection, code)
            write_if_changed(data / f"{name}.js", script(name, [told[row[0]] for row in rows]))
        write_if_changed(data / "rules.js", script("rules", index.rules()))
        write_if_changed(data / "index.js", script("index", first))
        _copy_static(report)
        publish_text(report / INDEX, _frame(lang, __version__))
        publish_text(report / _STAMP, json.dumps(stamp))


def is_current(
    directory: Path, *, lang: Literal["es", "en"] = "es", waivers: Sequence[Waiver] = ()
) -> bool:
    """Whether the report there was written by this version from this dataset and these verdicts."""
    try:
        last = json.loads((directory / FOLDER / _STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(last == _stamp(directory, lang, waivers))


def _stamp(directory: Path, lang: str, waivers: Sequence[Waiver]) -> str:
    from publish.store import database

    stored = database(directory).stat()
    about = [stored.st_mtime_ns, stored.st_size, stored.st_ino, lang, _own_files()]
    return _digest([about, [asdict(waiver) for waiver in waivers]])


def _own_files() -> list[object]:
    """The report's own files as they are known without reading them."""
    files = sorted(path for path in _HERE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return [[path.name, path.stat().st_size, path.stat().st_mtime_ns] for path in files]


def _write_documents(
    connection: DuckDBPyConnection, seen: Overview, report: Path, draw: Draw
) -> None:
    """The shard and the pictures of every document; those of documents that are gone go too."""
    folder = report / _DATA / _DOCUMENTS
    folder.mkdir(parents=True, exist_ok=True)
    known = _read_manifest(report)
    prints = _fingerprints(connection, seen)
    now = {
        key: _Known(_digest([prints[key], asdict(pages)]), pages)
        for key, pages in _drawn(seen, report, known, draw).items()
    }
    stale = [
        key
        for key, item in now.items()
        if key not in known
        or known[key].fingerprint != item.fingerprint
        or not (folder / f"{key}.js").is_file()
    ]
    for batch in _batches(stale):
        _write_shards(connection, batch, seen, now, folder)
    _write_manifest(report, now)
    _remove_others(folder, {f"{key}.js" for key in now})
    _remove_others(
        report / pictures.FOLDER,
        {name for item in now.values() for name in item.pages.pictures.values()},
    )


def _drawn(
    seen: Overview, report: Path, known: Mapping[str, _Known], draw: Draw
) -> dict[str, Pages]:
    """The pages of every document, those drawn that were missing."""
    pictured = _pictured(seen)
    jobs = {
        document.document_id: Job(
            report / pictures.FOLDER,
            document,
            known[document.document_id].pages if document.document_id in known else Pages(),
            frozenset(pictured.get(document.document_id, ())),
            frozenset(seen.read_pages.get(document.document_id, ())),
        )
        for document in seen.documents
    }
    found = {key: job.present for key, job in jobs.items() if job.done}
    waiting = {key: job for key, job in jobs.items() if key not in found}
    found.update(zip(waiting, draw(list(waiting.values())), strict=True))
    return {key: found[key] for key in jobs}


def _write_shards(
    connection: DuckDBPyConnection,
    batch: Sequence[str],
    seen: Overview,
    now: Mapping[str, _Known],
    folder: Path,
) -> None:
    from publish.report import stored
    from publish.report.shards import shard

    abroad = {
        place
        for finding in seen.findings
        if finding.document_id in batch
        for place in seen.places[finding.finding_id]
        if place.document_id != finding.document_id
    }
    texts = stored.texts(connection, abroad)
    for key, details in stored.details(connection, batch):
        name = f"documents/{key}"
        write_if_changed(folder / f"{key}.js", script(name, shard(details, now[key].pages, texts)))


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _fingerprints(connection: DuckDBPyConnection, seen: Overview) -> dict[str, str]:
    """Per document, what its shard is made of: its rows, those that its findings rest on in other
    documents, and the code that lays them out."""
    from publish.report import stored

    rows = stored.fingerprints(connection)
    others: dict[str, set[str]] = defaultdict(set)
    for finding in seen.findings:
        others[finding.document_id] |= {
            place.document_id for place in seen.places[finding.finding_id]
        }
    code = _code()
    return {
        document.document_id: _digest(
            [
                code,
                rows[document.document_id],
                *(rows.get(key, "") for key in sorted(others[document.document_id])),
            ]
        )
        for document in seen.documents
    }


def _code() -> str:
    """A digest of the modules that decide what a shard holds: another version writes anew."""
    sources = [*_HERE.glob("*.py"), *(_HERE.parent.parent / "validate").rglob("*.py")]
    return _digest([path.read_text("utf-8") for path in sorted(sources)])


def _digest(parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _pictured(seen: Overview) -> dict[str, set[int]]:
    """The pages of each document (from 1) that get a picture."""
    if sum(map(len, seen.read_pages.values())) <= MOST_PICTURES:
        return {key: set(pages) for key, pages in seen.read_pages.items()}
    wanted: dict[str, set[int]] = defaultdict(set)
    for places in seen.places.values():
        for place in places:
            wanted[place.document_id].update(seen.pages.get(place, ()))
    return wanted


def _read_manifest(report: Path) -> dict[str, _Known]:
    """What the last report held; nothing where it cannot be read: all is written anew then."""
    try:
        stored = json.loads((report / _DATA / _MANIFEST).read_text("utf-8"))
        return {
            key: _Known(
                item["fingerprint"],
                Pages(
                    {int(page): tuple(size) for page, size in item["sizes"].items()},
                    {int(page): name for page, name in item["pictures"].items()},
                ),
            )
            for key, item in stored.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_manifest(report: Path, now: Mapping[str, _Known]) -> None:
    text = json.dumps(
        {
            key: {
                "fingerprint": item.fingerprint,
                "sizes": item.pages.sizes,
                "pictures": item.pages.pictures,
            }
            for key, item in sorted(now.items())
        },
        separators=(",", ":"),
    )
    write_if_changed(report / _DATA / _MANIFEST, text)


def _remove_others(folder: Path, keep: set[str]) -> None:
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_file() and path.name not in keep:
                path.unlink()


def _copy_static(report: Path) -> None:
    source = _HERE / _STATIC
    for path in sorted(source.rglob("*")):
        if path.is_file():
            write_if_changed(report / _STATIC / path.relative_to(source), path.read_text("utf-8"))


def _frame(lang: str, version: str) -> str:
    """``index.html``: the frame into which the scripts put what is opened."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(INDEX).render(lang=lang, version=version, scripts=_SCRIPTS)
