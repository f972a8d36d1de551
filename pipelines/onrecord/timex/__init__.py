"""The date grammar: temporal expressions and what they mean, without knowing when the article appeared.

Pure text to expressions (`grammar.read`), and expressions to values once there is something to count from
(`resolve`). Both `annotate.dates` and `parse.publication` stand on it.
"""
