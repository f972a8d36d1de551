"""The values that flow through the core: a seed, a parsed document and what is found in it.

Every span counts Unicode code points of `Document.text` from 0, end exclusive. A finding holds offsets only;
its text is the slice, so the two cannot disagree.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_JSON_NAME = re.compile(r"(?:#\d+|\.(?:jsonl?|ndjson|jl)(?:\.(?:gz|bz2|xz|zst))?)$", re.IGNORECASE)  # of a Seed


class Reason(StrEnum):
    """Why something was refused, with what that means. Published in rejections.reason: add codes, never rename one."""

    meaning: str

    def __new__(cls, code: str, meaning: str) -> "Reason":
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    UNREADABLE = "unreadable", "the file vanished, or may not be read, while we came to it"
    UNSUPPORTED_FORMAT = "unsupported_format", "no reader for this kind of file"
    NOT_A_FILE = "not_a_file", "a folder, link, pipe or device where an article should be"
    EMPTY = "empty", "no characters but white space"
    BINARY = "binary", "bytes that are not text"
    BAD_ENCODING = "bad_encoding", "text in no encoding that we can tell for sure"
    TOO_LARGE = "too_large", "more characters than an article can have"
    BAD_RECORD = "bad_record", "a record that is not a JSON object with a text"
    BAD_METADATA = "bad_metadata", "a given fact that cannot be read, such as a date; the article is kept without it"
    TRAILING_BYTES = "trailing_bytes", "bytes behind the end of a packed file; what is packed is read"
    NO_BODY = "no_body", "nothing is left once headline, captions, prompts and comments are taken out"
    NOT_ENGLISH = "not_english", "the body is in another language"
    TIMEOUT = "timeout", "reading the article took more time than any article needs"
    INTERNAL_ERROR = "internal_error", "our own code failed on this article"
    BAD_CORRECTION = "bad_correction", "a correction that cannot be read, or that the row or its article does not allow"
    CORRECTION_GONE = "correction_gone", "what was corrected is in no article any more"
    CORRECTION_CONTRADICTED = "correction_contradicted", "corrections that do not agree; none of them is applied"
    DUPLICATE_CONTENT = "duplicate_content", "the same raw text is already an article under another name"


class Stage(StrEnum):
    """The step that refused it. Published in rejections.stage."""

    READ = "read"
    PARSE = "parse"
    ANNOTATE = "annotate"
    ASSEMBLE = "assemble"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Rejected:
    reason: Reason
    stage: Stage
    source_file: str
    source_sha256: str | None
    detail: str  # the offending characters, as found, or the reason in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Facts that came beside the text: in a record, in a page's markup, in the folder's outlet.yml.

    They win over the text, and a record's win over its folder's.
    """

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    dateline: str | None = None  # the place that an export of an archive names beside the text
    rights: str | None = None  # who holds them, or under which licence the text is; a name, a notice or an address
    published: date | None = None
    published_at: datetime | None = None  # the moment, where `published` is the day that it was in UTC
    published_bounds: tuple[date, date] | None = None  # instead, where the day is not sure: a month, or 10/07/2017
    locale: str | None = None  # en-GB: how the outlet writes dates. From outlet.yml or the page
    timezone: str | None = None  # Europe/London: where the outlet is. From outlet.yml
    retrieved: datetime | None = None  # when the article was downloaded, in UTC
    modified: datetime | None = None  # when the outlet last changed it, in UTC

    @property
    def as_of(self) -> datetime | None:
        """The last moment that is told of: of two records of one article, the later one is the newer."""
        return max(filter(None, (self.retrieved, self.modified)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One article as received: decoded, otherwise untouched."""

    source_file: str  # folder name and path below it, or a URL; '#<line>' follows for a record
    source_sha256: str  # of the bytes of the file or of the record
    text: str
    form: str = "text"  # text | html: what `text` is written in
    repairs: tuple[str, ...] = ()  # what decoding had to mend; see Document.repairs
    given: Given = Given()

    @property
    def is_record(self) -> bool:
        """Whether it comes from a JSON file, which says itself what is text and what is not."""
        return _JSON_NAME.search(self.source_file) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When an article appeared, as far as it says. `day` is set only if it is certain to the day."""

    basis: str = "unknown"  # given | stated | inferred | unknown
    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    evidence: str | None = None
    rule: str | None = None  # what inferred it: post, picture, event, bounds ..


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the seed that is not body text. Offsets count code points of `parse.received(seed).text`."""

    start: int
    end: int
    rule: str  # title | byline | date | section | caption | prompt | related | comment | copyright | ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed article."""

    article_id: str
    source_file: str
    source_sha256: str
    text: str  # clean body: paragraphs in order, split by one blank line
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    section: str | None = None
    rights: str | None = None
    language: str = "en"
    published: Publication = Publication()
    as_of: datetime | None = None  # see Given.as_of
    repairs: tuple[str, ...] = ()  # what had to be mended to read it. Allowed values: schemas/articles.yml
    truncated: bool = False  # whoever delivered the text has cut off its end
    captions: tuple[str, ...] = ()  # distinct, in order: no part of the body, but they name people and dates
    cuts: tuple[Cut, ...] = ()
    headline_end: int = 0  # where the headline ends that `text` begins with, as in a record that gives no title


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A temporal expression. Field meanings and their allowed values: schemas/dates.yml."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None = None
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    granularity: str | None = None
    anchor: str = "none"
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, state, organization or group. Field meanings: schemas/actors.yml."""

    actor_id: str
    name: str
    type: str
    country: str | None = None
    sector: str | None = None
    wikidata_id: str | None = None
    parent_actor_id: str | None = None
    organization_actor_id: str | None = None
    roles: tuple[str, ...] = ()
    gender: str | None = None
    party: str | None = None
    link_method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that refers to an actor. Field meanings: schemas/mentions.yml."""

    start: int
    end: int
    actor_id: str
    form: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Content with the cue that reports it and the local mention of its source, before the source is resolved.

    `how` names the evidence for the source (quotes.attribution); `group` is the same for pieces of one utterance.
    `extent` is the source with its appositions, where it was read with them.
    """

    start: int
    end: int
    kind: str  # direct | mixed | indirect
    source: tuple[int, int] | None
    extent: tuple[int, int] | None = None
    cue: tuple[int, int] | None
    addressee: tuple[int, int] | None = None
    group: int
    how: str
    confidence: float
    attitude: str = "assertion"  # assertion | belief | knowledge | eventuality
    polarity: str = "said"  # said | denied | asked | hypothetical


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An attribution with its speaker resolved. Field meanings: schemas/quotes.yml."""

    start: int
    end: int
    kind: str
    speaker_actor_id: str | None
    joint_speakers: tuple[str, ...] = ()  # who says it together with the speaker: "Russia and China argued"
    speaker: tuple[int, int] | None
    cue: tuple[int, int] | None
    addressee_actor_id: str | None = None
    group: int
    said_earliest: date | None = None
    said_latest: date | None = None
    attribution: str
    attitude: str = "assertion"
    polarity: str = "said"
    within: tuple[int, int] | None = None  # the words of the quote that it stands in
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor that takes part in a proposal."""

    actor_id: str
    role: str  # proposer | target | affected
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a proposal is about where the codebook knows no issue; those of several articles become an issue."""

    key: str  # equal for one topic: its label in lower case
    label: str  # predicate and object in base forms, names as print has them
    is_thing: bool  # the label is the object alone: to have it, keep it or bring it about is to support it
    stance: str  # support | oppose | conditional: the proposer's on the label


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An act by which somebody wants something done or not done. Field meanings: schemas/proposals.yml."""

    start: int
    end: int
    type: str
    plover: str | None = None
    plover_mode: str | None = None
    action: str | None = None
    issue_id: str | None = None
    stance: str | None = None
    issue_similarity: float | None = None
    topic: Topic | None = None  # only without an issue
    wanted: str = "yes"
    modality: str = "asserted"
    cue: tuple[int, int] | None
    instrument: str | None = None
    instrument_ref: str | None = None
    quote: Quote | None = None
    date: Date | None = None
    parties: tuple[Party, ...] = ()
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """What may have been a proposal and is none, and why; the rest as in Proposal."""

    start: int
    end: int
    type: str
    cue: tuple[int, int] | None
    rule: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """Everything found in one document, each kind in text order."""

    doc: Document
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[Date, ...] = ()
    quotes: tuple[Quote, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    turned_down: tuple[TurnedDown, ...] = ()
    rejected: tuple[Rejected, ...] = ()
