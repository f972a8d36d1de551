"""Lines that ask the reader to do something: subscribe, click, follow, write, vote, download, pay.

Each entry is one way in which news sites word it; entries are tried as one alternation.
"""

import re

from onrecord.knowledge.word_lists import one_of, patterns, with_meaning
from onrecord.parse.furniture.comments import UNPUBLISHED

_NEWSLETTER = r"(?:newsletters?|inbox|e-?mails?|alerts?|briefing|updates|top stories)"
# At the start of a line, after bullets, brackets and a question.
STARTS = (
    r"(?:sign[ -]?up|subscribe|register)(?: (?:here|for|to|now|today|and|at|with|by|on)\b|[.!:*]|$)",
    r"(?:click|tap) (?:here|for more|on|your|the|through|to (?:read|see|sign|subscribe|view|watch|get|listen|learn|"
    r"here))\b",
    r"newsletter sign[ -]?up",
    r"get (?:the|our|all|more|breaking|alerts|unlimited|daily|real-time|exclusive|today['’]s|a)\b.{0,200}\b"
    r"(?:newsletter|inbox|e-?mails?|alerts|in your phone|subscri|app\b)",
    r"get more .{2,100}\.com\b|get (?:instant|full|free|unlimited) access\b|get .{2,40} on your (?:cable|phone)",
    r"thank you for (?:signing up|subscribing|reading|supporting (?:our|real|independent))",
    r"by (?:signing up|subscribing|clicking)",
    r"you (?:can|must|need to) (?:unsubscribe|log in|be logged in)",
    r"you are reading .{2,60}\bnewsletter\b",
    r"(?:already|not) a (?:regular |current )?(?:subscriber|member)",
    r"email sign up|enter your e-?mail|invalid email",
    r"please (?:enter|verify|include a contact|re-?enter|upgrade your browser)",
    r"download (?:the|our) .{0,40}\bapp\b",
    patterns("prompt_phrase", "tagged_phrase"),
    r"(?:follow|like|find|connect with|visit) (?:us|me|him|her|them) (?:on|at)\b",
    r"follow (?:@|.{1,60}\bon (?:twitter|facebook|instagram|x\.com)|(?:our|the) (?:live )?(?:coverage|updates|blog)\b)",
    r"join (?:us on|(?:the|our) (?:conversation|discussion|commenting forum)|thought-provoking conversations)|"
    r"subscribers? (?:only|can)",
    r"would you like to comment on this|what do you think\? (?:leave|share|add|write|tell)|tell us what you think",
    r"(?:note: )?(?:we are )?(?:temporarily )?moderating (?:all )?comments",
    r"(?:this is a )?breaking (?:news|new) story\W{1,4}(?:more|updates?|details) (?:to follow|to come|soon)",
    r"to (?:report (?:an error|corrections)|see the full .{3,60}click "
    r"here)",
    r"(?:to|for) .{3,160},? click here[.!]?$",
    r"send (?:us )?(?:a |your )?(?:tips?|comments|feedback|questions|corrections)|(?:got|have) a (?:news )?tip",
    r"(?:send|share|e-?mail|write|contact|tell|ask|let us know|have you|got a|got any|do you have|to receive)\b"
    r".{0,200}\S@\w[\w-]*\.\w{2}.{0,90}$",
    r"watch [^.!?]{3,80}:$|listen to (?:the|this) (?:\w+ )?(?:episode|podcast)$",
    r"check out (?:the|our|this|more|my)\b[^.!?]{3,120}[.!]?$|visit .{3,60} for (?:more|breaking|the latest)\b",
    r"read (?:more|previous stories) (?:in|on|about|at)\b[^.!?]{3,100}[.:]?$",
    r"(?:read|see|for) more (?:of )?[^.!?]{2,40} coverage\b[^.!?]{0,60}[.!]?$",
    r"share your (?:thoughts|views|story)",
    r"we use cookies|this (?:site|website) uses|we value your privacy",
    r"watch the latest video|catch up on|catch .{1,60} live\b|tune in (?:to|on|at|for)\b",
    r"watch .{2,80}\b(?:\d{1,2}(?::\d\d)? ?[ap]\.?m\.?|on (?:your )?(?:cable|directv|dish))\b",
    r"read the (?:original|full) (?:article|story|post)|don['’]t see the (?:graphic|chart|"
    r"video)",
    r"(?:read|see|hear|listen to|view|find|check out|download) [^.!?]{3,120}\bhere(?:[.!]?$|\. (?:and )?read\b)",
    r"(?:watch|listen to|see) (?:the|a|an|his|her|their|it|more|video|clips?|full|(?-i:[A-Z]))"
    r"[^.!?]{2,120}\b(?:below|above|here)"
    r"(?:,? (?:via|from|courtesy of) [^.!?]{2,40})?[.:!]?$",
    r"(?:find|follow|read|see|watch|visit|online|more|learn|check|get)\b[^.!?]{0,160}[: ]https?://\S+"
    r"(?: and https?://\S+)? ?\.?$",
    r"for more .{3,120}\b(?:go to|visit|see) .{0,80}(?:https?:|www\.|\.com)|[^.!?:]{2,60}: https?://\S+$",
    r"(?:support|fund) (?:\w+['’]s|our|real|independent|local|quality|strong) .{0,30}journalism",
    r"(?:donate|contribute) (?:now|today|here)\b",
    r"your subscription to .{3,60} (?:funds|supports|helps|makes)\b",
    r"write to .{3,60} at \S+@|contact .{2,60} at .{0,40}(?:@|\d{3})",
    r"vote now",
    r"if you (?:have|like|enjoyed?) .{0,120}(?:newsletter|subscri|please consider|contribut|donat|join\b|proposition)",
    r"get .{2,60} delivered (?:through|to) your (?:letter ?box|door|home)|\d+ issues for [£$€]\d",
    r"like (?:this (?:story|article)|(?:the|what) .{0,30}(?:reporting|read(?:ing)?))\b.{0,20}\?|looking for more\?",
    r"(?-i:TAGS) |(?:filed under|tags|tagged(?: with)?|categor(?:y|ies)|topics)\s?:",
    r"app users|on (?:mobile|desktop|app)\?|having trouble",
)
START = re.compile(rf"(?:[*•\s>(\[–-]{{0,6}})(?:want .{{1,120}}\? )?(?:please )?(?:{'|'.join(STARTS)})", re.I)
# Anywhere in a line.
_WITHIN = (
    r"\bdelivered (?:directly |straight |daily |right |free )?(?:to|into) your (?:inbox|e-?mail)",
    r"straight to your inbox|to your inbox\b|in your inbox\b",
    r"by signing up,? you agree|please verify you['’]?re not a robot|protected by recaptcha",
    r"(?:e-?mail )?newsletters? (?:here|sign ?up)\b|newsletter\b.{0,60}\bsign up\b",
    rf"{UNPUBLISHED}|sign up (?:here|now|today)[.!]?$",
    rf"(?-i:(?:^|[.!?] )Sign up) (?:for|to (?:receive|get)) .{{0,80}}\b{_NEWSLETTER}\b",
    r"(?-i:[.!?] Sign up) (?:here|now|today|to (?:receive|get) our)\b|(?-i:[.!?:] Subscribe) to\b",
    r"(?-i:[.!?] Click) (?:to|below)\b|scroll down (?:to|for)\b|support our (?:work|journalism|mission)\b|"
    r"your purchase helps support",
    r"^[^“\"]{0,200}\b(?:you are|you['’]re|your|please) .{0,30}\bad[- ]?block",
    r"(?:reached|used) your (?:limit|monthly)|free articles? (?:remaining|left|this month)",
    r"subscribe to (?:continue|read)\b",
    patterns("prompt_phrase_within"),
    r"^[^“\"]{0,300}\byour (?:support|donation|gift|contribution) (?:powers|helps|makes|keeps|funds)\b",
    r"^[^“\"]{0,300}\bmake a (?:tax-deductible )?(?:gift|donation|contribution) (?:today|now|here)\b",
    r"^[^“\"]{0,300}\bwe(?:['’]d (?:like|love) to| want to) hear (?:from you|what you think)",
    r"^[^“\"]{0,300}\bwe (?:invite|encourage) you to (?:express|share|contact|write|submit|send)\b",
    r"subscribe (?:now|today)(?: (?:to|for|at)\b|[.!]?$)|become a (?:member|subscriber) (?:today|now)",
    r"to (?:read|see) more,? (?:sign up|subscribe)",
    r"keep (?:this|our) (?:news|journalism|reporting|site|coverage) free",
    r"^[^.!?]{0,100}[.!?]? ?(?:click|tap) here\b.{0,80}$|[.!?–—-] ?click here(?: now)?[.!]?$",
    r"\bvote here\b.{0,20}$|\? vote now\b.{0,30}$",
    r"you can (?:also )?follow (?:him|her|them|us) (?:on|at)",
    r"(?:^|[^\w\s,] |\b(?:and|or|please|you (?:can|may)) )follow (?:him|her|them|us|me) "
    r"(?:(?:on|at) (?:twitter|facebook|instagram|@|http)|@)",
    r"\bfollow (?:our|the) coverage (?:here|on twitter)\b|\bwherever you (?:get|listen to) (?:your )?podcasts|"
    r"\bsubscribe to the podcast\b",
    r"\bby signing up for our\b|\bconsider subscribing to (?:our|the)\b|\bavailable only to (?:paid )?subscribers\b|"
    r"^[^“\"]{0,300}\bplease (?:send us an )?e-?mail\b.{0,30}\S@\S",
    r"(?-i:[.!?] Make) a (?:one-time |monthly |recurring )?(?:tax-deductible )?donation\b",
    r"(?-i:[.!?] Follow [A-Z@]).{1,40} on (?:twitter|facebook|instagram)\b",
    r"(?-i:[.!?] Join) our\b.{0,40}\b(?:membership|community|newsletter)|\[email\Wprotected\]",
    r"\b(?:pitch|e-?mail) us at \S+@",
)
_ANYWHERE = re.compile("|".join(_WITHIN), re.I)
# A line that holds none of these cannot match ANYWHERE: spares trying it at every character of every paragraph.
HINTS = (
    "mail", "inbox", "sign", "robot", "newsletter", "recaptcha", "subscri", "contribution", "member", "indispensable",
    "click", "tap ", "follow", " free", "vote ", "pitch", "feeds", "chip in", "scroll", "support our", " hear ",
    "purchase", "block", "limit", "since you", "favo", "donation", "gift", "your support", "monthly", "you to",
    "join our", "protected", "coverage", "podcast", "donation",
)  # fmt: skip


REPORT = 100  # characters
_REPORTED = re.compile(
    r"\b(?:[A-Z][\w'’-]+|ministry|minister|company|spokes\w+|officials?|mayor|police|government|president|court|union|he|she|"
    rf"they)(?: also)? (?:{one_of(with_meaning('reports', 'saying_form'))}|told|promised|announced|warned)\b"
)


def is_prompt(line: str) -> bool:
    """Whether a line speaks to the reader of the page and not to the reader of the article."""
    if START.match(line):
        return True
    if len(line) >= REPORT and _REPORTED.search(line):
        return False  # news that holds such a phrase: "The ministry said it wants to hear what you think"
    lowered = line.casefold()
    return any(hint in lowered for hint in HINTS) and bool(_ANYWHERE.search(line))
