"""The analysis of a document's sentences, and what is read off it: spans, trees, subjects, pronouns."""
