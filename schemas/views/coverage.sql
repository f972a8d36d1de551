-- What each outlet made of an utterance that several outlets report: one row per utterance and outlet, over
-- current_quotes. outlet is its name, else the host of its articles' addresses; null where neither is known, and such an
-- article stands alone. Counted are different words, capitals and marks aside: kept are those of the fullest wording
-- (fullest) that the outlet has in any of its quotes of it (words), cut those that it has not, changed those that it has
-- instead. kind: direct if it quotes any as a sentence, else mixed, else indirect. method and similarity: how its closest
-- quote was found to be of this utterance, as in quotes. confidence: that of the least sure of its quotes. told: the last
-- day on which its first article can have appeared, lag the days from the first outlet's to it; null where unknown.
-- coverage_between does the same for a window of time or for sure quotes alone.
FROM coverage_between()
