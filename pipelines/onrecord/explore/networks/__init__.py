"""Discourse networks of a release: who agrees with whom, on what and when.

What a position is, which of them fall into a window, and what congruence and conflict count is declared once, in
`schemas/views`, for every user of SQL. Here these views become files for network software: `graph` and `graphml` for
Gephi, visone and networkx, `dna` for the Discourse Network Analyzer and rDNA.
"""

NETWORKS = ("affiliation", "congruence", "conflict", "subtract")
UNITS = ("actor", "state")
# As rDNA calls them: what of the same is counted, and the columns of the normalized weights.
DUPLICATES = ("include", "document", "acrossrange")
NORMALIZATIONS = {"no": "weight", "average": "average_activity", "jaccard": "jaccard", "cosine": "cosine"}
# What a statement gets in DNA that is known to lie between two days only: nothing, the first or the last.
DAYS = ("exact", "earliest", "latest")
