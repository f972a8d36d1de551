"""On Record: who said, proposed and promised what, and when, as tables."""
