"""`python -m onrecord.cli`: the same as the installed command."""

from onrecord.cli import main

main()
