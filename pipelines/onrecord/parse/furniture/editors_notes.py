"""What an outlet says about the article itself: who helped, where it first appeared, what was corrected, whose it is.

Corrections and editors' notes are notes: they tell of an earlier version, in the outlet's voice. They stay visible
among the cuts of a document.
"""

import re

from onrecord.knowledge.word_lists import alternation, patterns

_COPYRIGHT = re.compile(
    r"(?:^|[\s(|•–—-])(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?(?:by )?(?:19|20)\d\d\b|(?:^|[\s(|•–—-])© ?[A-Z]|"
    r"^\(c\) [A-Z]|^copyright (?:by |[^.]{2,60}$)|"
    rf"{patterns('rights_phrase')}|"
    r"^for (?:reprint|licensing) |\ball rights reserved\b|"
    r"^(?:re(?:printed|published)|adapted|excerpted) (?:from|with|by)\b",
    re.I,
)
COPYRIGHT_HINTS = (
    "©", "(c)", "copyright", "material", "content", "reprint", "licens", "rights", "republish", "adapted", "excerpt",
)  # fmt: skip
_KIND = alternation("kind_of_text")
NAME = r"(?:[A-Z][\w.'’-]*|and|in|of|the|with|at|for)"
NAMES = rf"(?:{NAME}[ ,;&]{{1,3}}){{1,30}}"
_PLACES = r"[A-Z][\w.,'’ -]{1,80}"
# The whole line. What stands in brackets before it may be a bullet or a dash.
CREDIT = re.compile(
    r"[(\[*•⦁—–\s-]{0,4}(?:"
    r".{0,400}\b(?:contributed|contributing)(?: reporting| research| writing)?,? (?:to|for) (?:th(?:is|e|ese) "
    r")(?:\w+ ){0,2}?"
    rf"(?:{_KIND})s?\b.{{0,60}}|"
    r".{3,300} contributed (?:reporting|research)\b.{0,200}|"
    rf"{NAMES}contributed\.|"
    r"(?:[A-Z][^.\n]{1,120} contributed from [A-Z][^.\n]{2,60}\. ?){1,4}|"
    rf"{NAMES}reported (?:this story )?from {_PLACES}[.;](?: .{{2,300}}\b(?:reported|contribut\w+)\b.{{0,200}})?|"
    r"(?i:with assistance|contributing|contributors?|contributed|(?:with )?additional reporting|with reporting|"
    r"compiled|edited|"
    r"produced)(?i:: ?| (?:by|from):? )(?-i:[A-Z]).{1,300}|"
    r"\([Rr]eporting by .{3,300}|[Rr]eporting(?: and writing)? by .{3,300}\b[Ee]diting by .{3,100}|"
    rf"(?:[Rr]eporting|[Ww]riting|[Ee]diting) by {NAMES}{NAME}\)?\.?|"
    r"With (?:[A-Z]\w+ ){0,3}(?:[Ww]ires?|[Ww]ire (?:services?|reports?))\.?|"
    r"[A-Z][\w .'’-]{2,50} in [A-Z][\w .]{2,30} at \S+@\S+;?|"
    r"\((?:Corrects|Adds|Updates|Recasts|Refiles|Fixes|Removes|Clarifies|Repeats) [^()]{3,300}\)?"
    r")"
)
_NOTE_STARTS = (
    r"(?:corrections?(?: and clarifications?)?|clarifications?|errat(?:um|a))(?:, [A-Z][\w.,: ]{3,40})?: ",
    r"(?:correction|clarification|update|updated?)\b.{0,60}(?:earlier version|previous "
    r"version|original version)",
    r"editor['’]?s['’]? note\b|note to (?:readers|editors)",
    rf"this (?:{_KIND})\b.{{0,40}}\b(?:has been (?:updated|corrected|amended|"
    r"revised)|was (?:originally|first|last) (?:published|posted|updated)|"
    r"(?:originally|first) (?:appeared|published|ran)|"
    r"will be updated|is being updated|was updated|is developing|was produced|was reported|was featured|"
    r"appear(?:ed|s) in|is (?:part of|from the .{3,40}\b(?:issue|edition) of)|was published in partnership|"
    r"contains (?:material|information) from)",
    r"(?:this|it) (?:(?:article|story|column|piece) )?(?:also |first )?appear(?:s|ed) in the .{3,60}\b(?:issue|"
    r"edition)\b",
    r"this is a (?:developing|breaking) (?:news )?story",
    patterns("transcript_phrase", "note_phrase"),
    r"breaking (?:news )?story|an? (?:earlier|previous|prior|original) version of this",
    r"[A-Z][^.!?]{2,80} (?:is|was) made possible (?:in part )?by\b|"
    r".{2,120}\. (?:this|the) (?:series|story|reporting|project) (?:was|is) (?:made possible|funded|supported) by "
    r"an?\b|"
    r"information for this (?:article|story) was|this (?:series|story|reporting|project) (?:was|is) made possible by",
    rf"update: this (?:explainer|{_KIND})",
    r"[A-Z][\w.'’ -]{3,40}: \d{3}-\d{3}-\d{4}; \S+@",
    r"(?:the )?(?:opinions?|views?)(?: and opinions)? expressed|this article is based (?:in part )?on wire",
    r"(?:(?:this|the) (?:post|story|article) (?:was )?)?(?:last |first )?(?:updated|posted|published):? (?:at |on )?"
    r".{0,30}\d{1,2}[:.]\d\d.{0,60}$|first (?:posted|published)$",
    r"(?:all )?(?:photos|images|pictures) (?:by|courtesy)|.{3,80} can be (?:reached|contacted) at\b",
    r"(?:editorials|columns|opinions?) (?:are|is) (?:written|developed|decided) by\b",
    r"[A-Z][\w ]{2,40} is an? (?:\w+ )?(?:(?:weekly|daily|regular|reported|monthly) )?column"
    r"(?:,| (?:by|written|that|about)\b)",
    r"@\w{2,30}$|[\w.+-]+@[\w-]+\.[\w.]{2,20}$|sources?: .{2,60}$|media: ?\d+$",
    r"a version of this (?:article|story|column)\b|stay tuned for updates",
    r"(?:e-?mail|twitter|follow|contact)(?: \w+){0,3}[: ]{1,3}(?:@|\S+@)",
    r"printed from (?:https?:|www\.)\S+",
    r"to contact the (?:reporters?|authors?|editors?|writers?)\b",
)
_NOTE_START = re.compile(rf"[(\[*•⦁—–_\s-]{{0,4}}(?:{'|'.join(_NOTE_STARTS)})", re.I)
_CREDIT_HINTS = ("contribut", "report", "edit", "compiled", "produced", "assist", "writing", "wire", "@", "(")
# `—Jo Field,` / `and Ada Oak` / `contributed to this article.`: a credit that was broken into lines.
BROKEN = re.compile(r"contributed (?:to|reporting)\b")
NAMES_ALONE = re.compile(r"(?:[—–-]{1,2} ?|and )?(?:[A-Z][\w.'’-]*(?: (?:and )?|, (?:and )?|,?$)){1,16}")


def is_copyright(line: str) -> bool:
    """Whether a line says whose the text is."""
    lowered = line.casefold()
    return any(hint in lowered for hint in COPYRIGHT_HINTS) and bool(_COPYRIGHT.search(line))


def is_note(line: str) -> bool:
    """Whether a line is the outlet's own remark on the article: credits of helpers, corrections, provenance."""
    if _NOTE_START.match(line):
        return True
    lowered = line.casefold()
    return any(hint in lowered for hint in _CREDIT_HINTS) and bool(CREDIT.fullmatch(line))
