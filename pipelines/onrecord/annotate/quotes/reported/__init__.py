"""Speech without marks: the cue that reports it, the source before or behind, the content."""
