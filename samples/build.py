"""Builds the sample PDFs from the transcribed programme: ``make samples``."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    sys.path.insert(0, str(HERE.parent))
    from samples.programme import load
    from samples.render_docx import write_docx
    programme = load()
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / "piimss-2020-2024.docx"
        write_docx(programme, source)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf", "--outdir", work, str(source)], check=True, stdout=subprocess.DEVNULL)
        shutil.copy(Path(work) / "piimss-2020-2024.pdf", HERE / "piimss-2020-2024.pdf")
    return 0


if __name__ == "__main__":
    sys.exit(main())
