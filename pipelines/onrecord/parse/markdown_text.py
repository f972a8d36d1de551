"""Markdown as plain text."""

import re

# CommonMark, with what publishing systems add: fences of +++, attributes in {: }, pictures as [#image: ...].
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|\[#\w+:[^\]\n]{0,500}\]")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?:<[^>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)"
                   r"(?:\s+[\"'][^\n]{0,200}[\"'])?\)")  # fmt: skip
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,500})\]\[[^\]\n]{0,100}\]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,100}\]:\s*\S+.{0,300}$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:[-*_=][ \t]*){3,}|\+\+\+.*|```.*|~~~.*|\{:[^}\n]{0,300}\})[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_ITEM = re.compile(r"^ {0,3}[*+-][ \t]+(?=\S)", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|$-])")


def to_plain_text(markdown: str) -> str:
    """The words of a text in Markdown, its paragraphs kept."""
    text = _PICTURE.sub("", markdown)
    for pattern, kept in ((_LINK, r"\1"), (_REFERENCE, r"\1"), (_DEFINITION, ""), (_HEADING, r"\1"), (_RULE, "")):
        text = pattern.sub(kept, text)
    text = _STRONG.sub(r"\2", _ITEM.sub("", _QUOTED.sub("", text)))
    return re.sub(r"\n{3,}", "\n\n", _ESCAPE.sub(r"\1", text))
