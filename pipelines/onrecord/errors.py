"""The one thing that all our exceptions share."""


class UserError(Exception):
    """Something that the person at the command line can mend. The message says what happened, where, and what to do;
    it is printed without a traceback."""
