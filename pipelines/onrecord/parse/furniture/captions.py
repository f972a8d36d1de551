"""Captions and photo credits: whole lines, and where one ends that a paragraph is glued to."""

import re

from onrecord.knowledge.word_lists import alternation, listed, one_of, patterns, with_meaning

LONGEST = 1200  # characters in a caption line
_AGENCY = rf"(?:{alternation('photo_agency', 'credited_outlet')})"
_LEADING = one_of(with_meaning("lead", "photo_agency"))
# Whose name alone in brackets or behind `via` is a credit.
_ALONE = one_of(with_meaning("alone", "photo_agency", "photo_source"))
_AGENCY_PHOTO = rf"(?:{_LEADING}|{one_of(with_meaning('photo', 'credited_outlet'))})"
WORD = r"[\w.'’&-]{1,30}"
_PERSON = rf"{WORD}(?: {WORD}){{0,4}}"
_CAPITAL = r"[A-Z][\w.'’&-]{0,30}"
NAMED = rf"{_CAPITAL}(?:[ —]{_CAPITAL}){{1,3}}"
_VIA = rf"(?: (?:Photo|Images?|photo|file photo|File|Pool|POOL)| via [\w. ]{{2,30}}|/ ?{_AGENCY})"
CREDIT = (
    rf"(?:{_PERSON} ?/ ?{_AGENCY}\b{_VIA}{{0,3}}|{_AGENCY}(?: [Pp]hotos?)? ?/ ?{_PERSON}|"
    rf"{_AGENCY_PHOTO} (?:[Ff]ile )?[Pp]hotos?\b|{one_of(with_meaning('alone', 'photo_agency'))}|"
    rf"{_PERSON} via {_AGENCY})"
)
# At the start of a line only photo agencies: broadcasters and papers stand there as `ABC/Washington Post poll`.
_FIRST = (
    r"(?=[^/]{0,60}[a-z])(?:[A-Z][\w.'’-]{0,20}[ ,]{1,2}){1,3}[A-Z][\w.'’-]{0,20} ?/ ?"
    rf"(?:{_LEADING}|{alternation('photo_source')})\b(?!(?: \w+)? (?:poll|survey))|"
    rf"[A-Z]{{2,4}}/(?:{_LEADING})\b|"
    rf"(?i:obtained) by {_AGENCY}$|"
    rf"(?:[A-Z][\w.'’-]*[ ,/]{{1,2}}){{1,6}}[Vv]ia (?:{_LEADING}|{_ALONE})\b"
)
# A credit at the very end of a line, after a sentence, a bracket, a bar or a dash, or alone.
_AFTERWARDS = r"(?:,? (?:19|20)\d\d|,? (?:[Ff]ile|FILE)(?: photo)?|/[\w .]{2,30}|; ?[A-Z][\w ]{1,20}){0,2}\.?[)\]]?$"
_AT_END = re.compile(
    rf"(?:^|[.!?\"”’)\]] ?|[(\[|–—-] ?)(?:(?:Photo|PHOTO|Photograph|Image|Credit):? ?)?{CREDIT}{_AFTERWARDS}"
    rf"|[a-z\d] (?:{_PERSON} ?/ ?{_AGENCY}\b{_VIA}{{0,3}}|{_PERSON} via {_AGENCY}){_AFTERWARDS}"
    # Behind a sentence any photographer and any outlet, without a full stop: `… on Monday. Jo Field/Quay Staff`.
    rf"|[.!?\"”’)\]] {NAMED} ?/ ?(?:{_CAPITAL} ?){{1,4}}(?:/ ?(?:via )?{_CAPITAL})?$"
    rf"|(?:^|[.!?\"”’)\]] ){NAMED} for {_AGENCY}$"
)
_LABELLED_AT_END = re.compile(
    r"(?:^|[\s(\[|.,])(?:[Pp]hotos?|[Pp]hotographs?|[Pp]icture|[Ii]mages?|[Cc]redit|(?:[Pp]hoto|[Ii]mage|"
    r"[Pp]icture|[Vv]ideo) [Cc]redit|[Pp]hoto/[Vv]ideo|PHOTO|[\w. ]{0,20}(?:file )?photo|[Cc]ourtesy)"
    r" ?(?::| by ) ?[A-Z©][^.:!?]{1,80}(?:\.? ?[)\]]|\.?$)$"
)
_IN_BRACKETS_AT_END = re.compile(
    r"[(\[][^()\[\]]{2,60}/ ?[A-Z][\w .'’/-]{1,60}[)\]]$|"
    rf"[(\[][^()\[\]]{{0,80}}\b(?:[Pp]hoto|{_ALONE})\b[^()\[\]]{{0,60}}[)\]]$|"
    rf"\((?:{_LEADING})(?: \w{{3,8}})?: ?[A-Z][^()]{{2,40}}\)$"
)
_AFTER_BAR = re.compile(
    rf"\| ?(?:{_PERSON} ?/ ?(?:for )?[A-Z][\w ]{{1,30}}?(?: Photo| Images)?|{_AGENCY} [Pp]hoto|"
    rf"(?:{_LEADING}|{one_of(with_meaning('behind_bar', 'credited_outlet'))})\b(?: [Pp]hoto| Images| Illustration)?|"
    rf"{_PERSON}, {_AGENCY}$)(?=[\s.;,/]|$)"
)
_MARKED = re.compile(
    r"(?:(?:Image|Media|Video|Photo|Picture|Photograph) (?:[Cc]opyright|[Cc]aption|[Ss]ource|[Cc]redit)\b|"
    rf"{patterns('image_button', 'player_notice', 'caption_phrase')}|"
    r"(?:Image|Photo|Picture)s? (?:courtesy|provided|released|taken) |"
    r"Photo [Ii]llustration|FILE ?(?:PHOTO)? ?[–—:-]|FILE\. |File [Pp]hoto\b|"
    rf"{_AGENCY_PHOTO} [Pp]hoto\b|"
    r"P(?:hoto|HOTO|hotograph|"
    r"hotographer)s? ?: |(?:Photo|Photograph|Illustration)s? by [A-Z]|"
    r"Image: |In this (?:[\w.,/ -]{1,40} )?(?:file )?(?:photo|photograph|image|picture|frame)\b|This (?:[\w.,/ "
    r"-]{1,40} )?photo (?:provided|released|taken)\b|"
    r"This combination of (?:\w+ )?(?:photos|images|pictures)\b|(?:next|prev) Image|C(?:redit|REDIT)(?::|\.\.\.) "
    rf"?[A-Z]|{_FIRST})"
)
# `Fish landed at the quay, in tonnes Source: Harbour Office`: what stands in and under a chart; no sentence ends there.
_CHART = re.compile(r"[\w%)] Source: ?[A-Z][\w &,'’./-]{1,80}(?<!\.)$")
_GALLERY = re.compile(patterns("gallery_phrase"))
_VIDEO = re.compile(patterns("video_phrase"))
_ALBUM = re.compile(r"(?:Photos|Gallery): (?P<name>.{3,120}?) (?:Photos|Gallery): (?P=name)")
# `… (Photo: Jo Field, AP) Body`, `… | Jo Field/AP Photo Body`: where the paragraph after the caption starts.
_GLUED = re.compile(
    rf"\((?:Photo|Image|Picture|(?:{_LEADING}) Photo|Photograph)[:/] ?[^()]{{2,80}}\)|"
    rf"\((?:{_PERSON}/{_AGENCY}(?: Photo)?|{_AGENCY} Photo)\)(?= [A-Z])"
)
# A line without any of these is no caption: saves trying the patterns on every paragraph.
HINTS = (
    "/",
    "|",
    "photo",
    "image",
    "picture",
    "caption",
    "copyright",
    "credit",
    "courtesy",
    "getty",
    " via ",
    "file",
    "video",
    "frame",
    "source",
    "media",
    *(f"({agency.lower()}" for agency in sorted(with_meaning("lead", "photo_agency"))),
)
_HIGHLIGHTS = tuple(map(str.casefold, listed("highlights_heading")))
_BODY_AFTER = 160  # characters after a credit from which they are a paragraph and not the rest of the caption


def is_caption(line: str) -> bool:
    """Whether a line is a caption or a photo credit by its marks."""
    if _ALBUM.match(line) or _VIDEO.match(line):
        return True
    if len(line) > LONGEST or end_of_glued_caption(line):
        return False
    tail = line[-220:]
    if _MARKED.match(line):
        return True
    lowered = line.casefold()
    is_open = line[-1].isalpha() and " for " in tail  # no full stop: `Jo Field for TIME`
    return (is_open or any(hint in lowered for hint in HINTS)) and bool(
        _AT_END.search(tail)
        or _LABELLED_AT_END.search(tail)
        or _IN_BRACKETS_AT_END.search(tail)
        or _AFTER_BAR.search(line)
        or _GLUED.search(line)
        or _CHART.search(tail)
        or _GALLERY.search(line)
    )


def end_of_glued_caption(line: str) -> int | None:
    """Where the caption ends that stands in front of a paragraph on the same line; None if there is none."""
    match = _GLUED.search(line[:600])
    if match is None or len(line) - match.end() < _BODY_AFTER:
        return None
    if line[match.end() : match.end() + 30].casefold().lstrip().startswith(_HIGHLIGHTS):
        return None
    return match.end()
