"""Pull quotes, display lines and repeated paragraphs: lines whose words another line of the body has."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.knowledge.word_lists import listed
from onrecord.parse.furniture.hyperlinks import TWEET
from onrecord.parse.lines import Line

_SIGNATURE = re.compile(r"[\s\"”’][—–-]{1,2} ?[A-Z][^.!?]{2,120}$")
_SIGNATURE_LINE = re.compile(r"[—–-]{1,2} ?[A-Z][^.!?]{2,100}")
# `We will open it by May. Ada Quill, chair of the council`: a display line that names its speaker without a dash.
_BEHIND_NO_TITLE = "".join(rf"(?<!\b{title})" for title in sorted(listed("title_short", "honorific_short")))
_NAMED_BELOW = re.compile(
    rf"{_BEHIND_NO_TITLE}[.!?][\"”’]? (?=[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{1,3}}(?:, [^.!?:]{{2,60}})?$)"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{12,400})[”\"]")
SENTENCES = re.compile(r"(?<=[.!?])[\"”’]? (?=[\"“‘]?[A-Z])")
_SPEAKER = re.compile(r"[A-Z][A-Z.,'’ -]{2,60}:")  # of a transcript: people do say the same thing twice
_SHORTEST_REPEAT = 6  # words
_LONGEST_REPEAT = 500  # words; a longer line is a page
_LONGEST_COMPOSED = 80  # words in a display line of several sentences
_SIGNED_SHARE = 0.6  # of the words of a signed display line that must come again
_PLACES = 4  # of one run of words that are remembered
_TOP = 10  # lines within which display lines are set above a body


class Words(NamedTuple):
    """The words of each line that is still body text, and where each run of `_SHORTEST_REPEAT` words was seen first.

    Only a few places are remembered for a run, so the time is linear.
    """

    of: dict[int, list[str]]
    places: dict[tuple[str, ...], list[tuple[int, int]]]


def label_repeats(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    """Adds to `rules` the lines from `first` to `end` that only show again what a line of the body says.

    Lines are judged in order, each against the lines that are still kept: one copy always stays.
    """
    words = _index(lines, [at for at in range(first, end) if at not in rules])
    _label_display_block(lines, words, rules)
    for at in words.of:
        text = lines[at].text
        if at in rules or _SPEAKER.match(text) or TWEET.match(text):
            continue
        if _has(words, words.of[at], at, rules) or _is_composed(words, text, at, rules):
            rules[at] = "pull_quote"
        elif shown := _signed(text):
            is_shown = any(_has(words, _words(run), at, rules, equal=True) for run in (shown, *_QUOTED.findall(shown)))
            if is_shown or _is_composed(words, shown, at, rules, share=_SIGNED_SHARE):
                rules[at] = "pull_quote"
        elif rules.get(at - 1) == "pull_quote" and _SIGNATURE_LINE.fullmatch(text):
            rules[at] = "pull_quote"
    seen: set[str] = set()
    for at in words.of:  # what is too short to be looked up, among lines that were found
        if at not in rules and rules.get(at - 1) == rules.get(at + 1) == "pull_quote" and lines[at].text in seen:
            rules[at] = "pull_quote"
        if at not in rules:
            seen.add(lines[at].text)


def _index(lines: Sequence[Line], kept: Sequence[int]) -> Words:
    words = Words({at: _words(lines[at].text) for at in kept}, {})
    for at, own in words.of.items():
        for start, run in enumerate(zip(*(own[skip:] for skip in range(_SHORTEST_REPEAT)), strict=False)):
            found = words.places.setdefault(run, [])
            if len(found) < _PLACES:
                found.append((at, start))
    return words


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _has(words: Words, run: list[str], own: int, rules: dict[int, str], *, equal: bool = False) -> bool:
    """Whether a kept line other than `own` has the run of words: a longer or an earlier one, or with `equal` any."""
    if not _SHORTEST_REPEAT <= len(run) <= _LONGEST_REPEAT:
        return False
    return any(
        at != own
        and at not in rules
        and words.of[at][start : start + len(run)] == run
        and (equal or len(words.of[at]) > len(run) or at < own)
        for at, start in words.places.get(tuple(run[:_SHORTEST_REPEAT]), ())
    )


def _is_composed(words: Words, text: str, own: int, rules: dict[int, str], *, share: float = 1.0) -> bool:
    """Whether a line is put together from sentences of longer lines, as a display line above a body is.

    `share` of its words must be in sentences long enough to be looked up.
    """
    runs = [_words(sentence) for sentence in SENTENCES.split(text)]
    long = [run for run in runs if len(run) >= _SHORTEST_REPEAT]
    total = sum(map(len, runs))
    return (
        len(long) >= 2
        and total <= _LONGEST_COMPOSED
        and sum(map(len, long)) >= share * total
        and all(_has(words, run, own, rules) for run in long)
    )


def _signed(text: str) -> str | None:
    """The words of a display line that ends with the name of who said them."""
    if signature := _SIGNATURE.search(text):
        return text[: signature.start() + 1]
    named = _NAMED_BELOW.search(text)
    return text[: named.start() + 1] if named else None


def _label_display_block(lines: Sequence[Line], words: Words, rules: dict[int, str]) -> None:
    """Two or more lines at the top that all come again below are set above the body: the lines below are the body.

    A longer run is no display block but a body that the page holds twice.
    """
    kept = list(words.of)[:_TOP]
    block: list[int] = []
    for at in kept:
        own, text = words.of[at], lines[at].text
        if _SPEAKER.match(text) or not (_comes_again(words, own, at) or _is_composed(words, text, at, rules)):
            break
        block.append(at)
    if 2 <= len(block) < min(_TOP, len(words.of)):
        rules.update(dict.fromkeys(block, "pull_quote"))


def _comes_again(words: Words, run: list[str], own: int) -> bool:
    if not _SHORTEST_REPEAT <= len(run) <= _LONGEST_REPEAT:
        return False
    found = words.places.get(tuple(run[:_SHORTEST_REPEAT]), ())
    return any(at > own and words.of[at][start : start + len(run)] == run for at, start in found)
