"""Captions and photo credits: whole lines, and where one ends that a paragraph is glued to."""

import re

from onrecord.knowledge.word_lists import alternation, listed, one_of, patterns, with_meaning

LONGEST = 1200  # characters in a caption line
AGENCY = rf"(?:{alternation('photo_agency', 'credited_outlet')})"
LEADING = one_of(with_meaning("lead", "photo_agency"))
# Whose name alone in brackets or behind `via` is a credit.
ALONE = one_of(with_meaning("alone", "photo_agency", "photo_source"))
AGENCY_PHOTO = rf"(?:{LEADING}|{one_of(with_meaning('photo', 'credited_outlet'))})"
WORD = r"[\w.'’&-]{1,30}"
PERSON = rf"{WORD}(?: {WORD}){{0,4}}"
CAPITAL = r"[A-Z][\w.'’&-]{0,30}"
NAMED = rf"{CAPITAL}(?:[ —]{CAPITAL}){{1,3}}"
VIA = rf"(?: (?:Photo|Images?|photo|file photo|File|Pool|POOL)| via [\w. ]{{2,30}}|/ ?{AGENCY})"
CREDIT = (
    rf"(?:{PERSON} ?/ ?{AGENCY}\b{VIA}{{0,3}}|{AGENCY}(?: [Pp]hotos?)? ?/ ?{PERSON}|"
    rf"{AGENCY_PHOTO} (?:[Ff]ile )?[Pp]hotos?\b|{one_of(with_meaning('alone', 'photo_agency'))}|{PERSON} via {AGENCY})"
)
# At the start of a line only photo agencies: broadcasters and papers stand there as `ABC/Washington Post poll`.
FIRST = (
    r"(?=[^/]{0,60}[a-z])(?:[A-Z][\w.'’-]{0,20}[ ,]{1,2}){1,3}[A-Z][\w.'’-]{0,20} ?/ ?"
    rf"(?:{LEADING}|{alternation('photo_source')})\b(?!(?: \w+)? (?:poll|survey))|"
    rf"[A-Z]{{2,4}}/(?:{LEADING})\b|"
    rf"(?:[A-Z][\w.'’-]*[ ,/]{{1,2}}){{1,6}}[Vv]ia (?:{LEADING}|{ALONE})\b"
)
# A credit at the very end of a line, after a sentence, a bracket, a bar or a dash, or alone.
AFTERWARDS = r"(?:,? (?:19|20)\d\d|,? (?:[Ff]ile|FILE)(?: photo)?|/[\w .]{2,30}|; ?[A-Z][\w ]{1,20}){0,2}\.?[)\]]?$"
AT_END = re.compile(
    rf"(?:^|[.!?\"”’)\]] ?|[(\[|–—-] ?)(?:(?:Photo|PHOTO|Photograph|Image|Credit):? ?)?{CREDIT}{AFTERWARDS}"
    rf"|[a-z\d] (?:{PERSON} ?/ ?{AGENCY}\b{VIA}{{0,3}}|{PERSON} via {AGENCY}){AFTERWARDS}"
    # Behind a sentence any photographer and any outlet, without a full stop: `… on Monday. Jo Field/Quay Staff`.
    rf"|[.!?\"”’)\]] {NAMED} ?/ ?(?:{CAPITAL} ?){{1,4}}(?:/ ?(?:via )?{CAPITAL})?$"
    rf"|(?:^|[.!?\"”’)\]] ){NAMED} for {AGENCY}$"
)
LABELLED_AT_END = re.compile(
    r"(?:^|[\s(\[|.,])(?:[Pp]hotos?|[Pp]hotographs?|[Pp]icture|[Ii]mages?|[Cc]redit|(?:[Pp]hoto|[Ii]mage|"
    r"[Pp]icture|[Vv]ideo) [Cc]redit|[Pp]hoto/[Vv]ideo|PHOTO|[\w. ]{0,20}(?:file )?photo|[Cc]ourtesy)"
    r" ?(?::| by ) ?[A-Z©][^.:!?]{1,80}(?:\.? ?[)\]]|\.?$)$"
)
IN_BRACKETS_AT_END = re.compile(
    r"[(\[][^()\[\]]{2,60}/ ?[A-Z][\w .'’/-]{1,60}[)\]]$|"
    rf"[(\[][^()\[\]]{{0,80}}\b(?:[Pp]hoto|{ALONE})\b[^()\[\]]{{0,60}}[)\]]$|"
    rf"\((?:{LEADING})(?: \w{{3,8}})?: ?[A-Z][^()]{{2,40}}\)$"
)
AFTER_BAR = re.compile(
    rf"\| ?(?:{PERSON} ?/ ?(?:for )?[A-Z][\w ]{{1,30}}?(?: Photo| Images)?|{AGENCY} [Pp]hoto|"
    rf"(?:{LEADING}|{one_of(with_meaning('behind_bar', 'credited_outlet'))})\b(?: [Pp]hoto| Images| Illustration)?|"
    rf"{PERSON}, {AGENCY}$)(?=[\s.;,/]|$)"
)
MARKED = re.compile(
    r"(?:(?:Image|Media|Video|Photo|Picture|Photograph) (?:[Cc]opyright|[Cc]aption|[Ss]ource|[Cc]redit)\b|"
    rf"{patterns('image_button', 'player_notice', 'caption_phrase')}|"
    r"(?:Image|Photo|Picture)s? (?:courtesy|provided|released|taken) |"
    r"Photo [Ii]llustration|FILE ?(?:PHOTO)? ?[–—:-]|FILE\. |File [Pp]hoto\b|"
    rf"{AGENCY_PHOTO} [Pp]hoto\b|"
    r"P(?:hoto|HOTO|hotograph|"
    r"hotographer)s? ?: |(?:Photo|Photograph|Illustration)s? by [A-Z]|"
    r"Image: |In this (?:[\w.,/ -]{1,40} )?(?:file )?(?:photo|photograph|image|picture|frame)\b|This (?:[\w.,/ "
    r"-]{1,40} )?photo (?:provided|released|taken)\b|"
    r"This combination of (?:\w+ )?(?:photos|images|pictures)\b|(?:next|prev) Image|C(?:redit|REDIT)(?::|\.\.\.) "
    rf"?[A-Z]|{FIRST})"
)
# `Fish landed at the quay, in tonnes Source: Harbour Office`: what stands in and under a chart; no sentence ends there.
CHART = re.compile(r"[\w%)] Source: ?[A-Z][\w &,'’./-]{1,80}(?<!\.)$")
GALLERY = re.compile(patterns("gallery_phrase"))
VIDEO = re.compile(patterns("video_phrase"))
ALBUM = re.compile(r"(?:Photos|Gallery): (?P<name>.{3,120}?) (?:Photos|Gallery): (?P=name)")
# `… (Photo: Jo Field, AP) Body`, `… | Jo Field/AP Photo Body`: where the paragraph after the caption starts.
GLUED = re.compile(
    rf"\((?:Photo|Image|Picture|(?:{LEADING}) Photo|Photograph)[:/] ?[^()]{{2,80}}\)|"
    rf"\((?:{PERSON}/{AGENCY}(?: Photo)?|{AGENCY} Photo)\)(?= [A-Z])"
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
HIGHLIGHTS = tuple(map(str.casefold, listed("highlights_heading")))
BODY_AFTER = 160  # characters after a credit from which they are a paragraph and not the rest of the caption


def is_caption(line: str) -> bool:
    """Whether a line is a caption or a photo credit by its marks."""
    if ALBUM.match(line) or VIDEO.match(line):
        return True
    if len(line) > LONGEST or end_of_glued_caption(line):
        return False
    tail = line[-220:]
    if MARKED.match(line):
        return True
    lowered = line.casefold()
    is_open = line[-1].isalpha() and " for " in tail  # no full stop: `Jo Field for TIME`
    return (is_open or any(hint in lowered for hint in HINTS)) and bool(
        AT_END.search(tail)
        or LABELLED_AT_END.search(tail)
        or IN_BRACKETS_AT_END.search(tail)
        or AFTER_BAR.search(line)
        or GLUED.search(line)
        or CHART.search(tail)
        or GALLERY.search(line)
    )


def end_of_glued_caption(line: str) -> int | None:
    """Where the caption ends that stands in front of a paragraph on the same line; None if there is none."""
    match = GLUED.search(line[:600])
    if match is None or len(line) - match.end() < BODY_AFTER:
        return None
    if line[match.end() : match.end() + 30].casefold().lstrip().startswith(HIGHLIGHTS):
        return None
    return match.end()
