"""``python -m cuadra``."""

from cuadra.cli import main

main()
