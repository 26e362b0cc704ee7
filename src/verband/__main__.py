"""`python -m verband` is the command `verband`."""

from verband.cli import main

main()
