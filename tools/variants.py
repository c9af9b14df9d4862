"""How much of the same fichas is read right, however they are printed?

Prints every variant of ``samples.variants``, reads it, and counts its fields: exact, flagged
(said to be unread or doubtful) and wrong. Exit status 1 where any is wrong, or more are flagged
than the variant allows.

    python tools/variants.py [WORDS OF A NAME] [--step N] [--show]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

import extract
from samples.card_variants import card_variants
from samples.figure_variants import figure_variants
from samples.invented import invented
from samples.variants import published, variants


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--step", type=int, default=1, help="take every STEP-th ficha alone")
    parser.add_argument("--show", action="store_true", help="print what differs")
    arguments = parser.parse_args()
    print(f"{'variant':<42}{'fields':>8}{'exact':>8}{'flagged':>9}{'wrong':>7}{'noise':>7}{'s':>7}")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "variant.pdf"
        fichas = [*published(), *invented()][:: arguments.step]
        for variant in chain(variants(fichas), card_variants(), figure_variants()):
            if arguments.name not in f"{variant.group}: {variant.name}":
                continue
            variant.build(path)
            started = time.perf_counter()
            found = variant.count(extract.read(path))
            seconds = time.perf_counter() - started
            within = len(found.flagged) <= variant.may_flag * found.fields
            failed |= bool(found.wrong) or not within
            print(
                f"{variant.group + ': ' + variant.name:<42}{found.fields:>8}{found.exact:>8}"
                f"{len(found.flagged):>9}{len(found.wrong):>7}{len(found.noise):>7}{seconds:>7.2f}"
                f"{'' if within and not found.wrong else '  <--'}"
            )
            if arguments.show:
                for word, differences in (("wrong", found.wrong), ("flagged", found.flagged)):
                    for each in differences:
                        print(f"    {word} {each.key}: {each.printed!r} read {each.read!r}")
                for text in found.noise:
                    print(f"    noise {text}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
