"""Offices and titles as they are printed: which words make a role, whose country it implies, when two are the same."""

import re
from functools import lru_cache

from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Organization, State
from onrecord.knowledge.names import find_names
from onrecord.knowledge.words import WORD, fold, word_set

# Nouns that head the description of a person by office, rank or trade.
ROLE_HEADS = word_set(
    """
    president premier chancellor minister secretary ambassador envoy representative spokesman spokeswoman
    spokesperson leader dictator ruler king queen prince princess emir sultan sheikh pope ayatollah chairman
    chairwoman chair chairperson chief commander general admiral colonel captain major lieutenant sergeant marshal
    director administrator commissioner governor mayor senator congressman congresswoman lawmaker representative
    speaker deputy judge justice prosecutor attorney lawyer official officer diplomat delegate negotiator adviser
    advisor aide analyst expert professor researcher scholar fellow scientist specialist economist historian
    editor reporter correspondent journalist columnist author blogger anchor host coordinator manager executive
    ceo founder co-founder partner owner activist campaigner candidate nominee politician mp member head counsel
    counselor counsellor undersecretary under-secretary secretary-general inspector monitor rapporteur strategist
    wife husband son daughter brother sister father mother widow grandson nephew counterpart defector dissident
    farmer teacher student doctor engineer resident soldier pilot prisoner detainee cleric imam bishop cardinal
    archbishop rabbi dean physicist lecturer consultant trader broker actor actress singer player coach
    businessman billionaire tycoon producer fm pm czar liaison tsar rep sen gov gen col lt maj capt sgt adm cmdr brig dr
    prof justice judge
    """
)
# Short titles that may precede a surname; they are no role worth keeping by themselves.
TITLES = word_set(
    """
    mr mrs ms miss messrs dr sir dame lord lady rev sen rep gov gen col lt maj cpt capt sgt adm prof hon cmdr brig ltc
    madame monsieur st judge justice justices senators sens reps govs
    """
)
# Titles of a person that tell the gender; they stand right before a name or begin it.
HONORIFIC = re.compile(
    r"(?<!\w)(?:(?P<f>mrs|ms|miss|lady|dame|madam|madame|baroness)|(?P<m>mr|sir|lord|baron|monsieur))\b\.?\s*\Z",
    re.IGNORECASE,
)
HONORIFIC_REACH = 10  # characters before a name
FEMALE = word_set("mrs ms miss madame dame lady she her queen princess spokeswoman chairwoman congresswoman")
MALE = word_set("mr sir lord monsieur he him king prince spokesman chairman congressman")
# Words that qualify a role.
ROLE_MODIFIERS = word_set(
    """
    former then-president ex acting deputy vice senior chief top assistant associate special first second interim
    current longtime veteran new outgoing incoming designate permanent executive principal national international
    foreign prime defense defence interior finance security treasury state press house white presidential military
    supreme crown general secretary ministry department government opposition party nuclear trade energy
    home external internal affairs relations unification justice information communications oil intelligence army
    navy air force staff joint chiefs policy public honorary lead late retired political economic editor-in-chief
    managing regional global research visiting adjunct emeritus distinguished independent republican democratic
    democrat conservative labour house senate congressional united nations un u.n. eu nato iaea us u.s. uk u.k.
    world attorney solicitor surgeon postmaster campaign communications cabinet council counter-terrorism border
    """
)
LINKS = word_set("of for to at in on and the 's ’s & to with")
SYNONYMS = (
    ("fm", "foreign minister"),
    ("pm", "prime minister"),
    ("minister of foreign affairs", "foreign minister"),
    ("minister for foreign affairs", "foreign minister"),
    ("external affairs minister", "foreign minister"),
    ("foreign secretary", "foreign minister"),
    ("top diplomat", "foreign minister"),
    ("minister of defense", "defense minister"),
    ("minister of defence", "defense minister"),
    ("defence", "defense"),
    ("secretary of defense", "defense secretary"),
    ("secretary of the treasury", "treasury secretary"),
    ("secretary of commerce", "commerce secretary"),
    ("secretary of homeland security", "homeland security secretary"),
    ("ambassador to the united nations", "un ambassador"),
    ("permanent representative to the united nations", "un ambassador"),
    ("ambassador to the un", "un ambassador"),
    ("ambassador to un", "un ambassador"),
    ("united nations", "un"),
    ("envoy to the un", "un ambassador"),
    ("un envoy", "un ambassador"),
    ("director of the cia", "cia director"),
    ("director of the fbi", "fbi director"),
    ("security adviser", "security advisor"),
    ("secretary general", "secretary-general"),
    ("un chief", "un secretary-general"),
    ("spokeswoman", "spokesperson"),
    ("spokesman", "spokesperson"),
    ("dictator", "leader"),
)
# Offices that are held by one person of a state at a time: a bare "the president" can mean the holder.
SINGULAR = frozenset(
    {
        "president", "prime minister", "foreign minister", "secretary of state", "defense secretary",
        "defense minister", "treasury secretary", "un ambassador", "vice president", "chancellor", "leader", "premier",
        "national security advisor", "un secretary-general", "king", "queen", "crown prince", "attorney general",
        "white house press secretary",
    }
)  # fmt: skip


# Offices of a state and those who seek them, whether or not they say of which.
NATIONAL = re.compile(
    r"(?:vice[- ])?president|prime minister|premier|opposition leader|(?:presidential )?candidate", re.IGNORECASE
)
RULERS = frozenset({"leader", "supreme leader", "president", "prime minister", "premier", "chancellor", "king"})
# What a general description can stand for: the heads of the roles that it covers.
COVERS = {
    "official": word_set(
        """
        official secretary undersecretary under-secretary minister director adviser advisor administrator
        commissioner chief spokesman spokeswoman spokesperson deputy ambassador envoy representative officer
        coordinator
        """
    ),
    "diplomat": word_set("diplomat ambassador envoy minister representative negotiator delegate secretary"),
    "envoy": word_set("envoy ambassador representative"),
    "lawmaker": word_set("lawmaker senator congressman congresswoman representative mp"),
    "congressman": word_set("congressman representative"),
    "congresswoman": word_set("congresswoman representative"),
    "analyst": word_set("analyst expert professor fellow researcher scholar specialist scientist director"),
    "spokesperson": word_set("spokesman spokeswoman spokesperson"),
    "spokesman": word_set("spokesman spokesperson"),
    "spokeswoman": word_set("spokeswoman spokesperson"),
}
# Titles as they are shortened before a name.
SPELT = {"gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "prof": "professor"}
COVERS["expert"] = COVERS["researcher"] = COVERS["scholar"] = COVERS["academic"] = COVERS["analyst"]
COVERS["legislator"] = COVERS["lawmaker"]


def honorific_gender(text: str, start: int, end: int) -> str | None:
    """The gender (m or f) that the honorific at the beginning of the name text[start:end] or right before it tells."""
    found = HONORIFIC.search(text[start:end].split(" ", 1)[0]) or HONORIFIC.search(
        text, max(start - HONORIFIC_REACH, 0), start
    )
    return None if found is None else "f" if found["f"] else "m"


def covers(head: str, role: str) -> bool:
    """Whether somebody of the printed role can be called by the general word: a secretary is an `official`."""
    return bool(COVERS.get(head, frozenset({head})) & {SPELT.get(w, w) for w in map(fold, WORD.findall(role))})


@lru_cache(maxsize=4096)
def canonical_role(role: str) -> str:
    """A role in lower case with its usual wording, for comparison: `FM` and `Minister of Foreign Affairs` are equal."""
    text = " ".join(re.sub(r"[.,]", "", fold(role)).split())
    text = text.removeprefix("the ").removeprefix("us ").removeprefix("former ").removeprefix("then-")
    for variant, usual in SYNONYMS:
        if variant in text:
            text = re.sub(rf"\b{re.escape(variant)}\b", usual, text)
    return text


# Words that make another office of the one that they qualify.
RANKS = word_set("deputy vice assistant associate under undersecretary shadow")
LEFT = re.compile(r"\s*(?:former|ex|late|retired|one-time|onetime)\b", re.IGNORECASE)


def has_left_role(role: str) -> bool:
    """`former president`: an office that the person held once."""
    return LEFT.match(role) is not None


def same_rank(one: str, other: str) -> bool:
    return RANKS & set(fold(one).split()) == RANKS & set(fold(other).split())


def same_role(printed: str, known: str) -> bool:
    """Whether a printed role can mean a known one: equal, or a shorter form of it (`Secretary` is not enough).

    A deputy minister is no minister.
    """
    a, b = canonical_role(printed), canonical_role(known)
    if a == b:
        return True
    if not same_rank(a, b):
        return False
    if a in ("leader", "ruler"):
        return b in RULERS
    return len(a.split()) > 1 and (f" {a} " in f" {b} " or (f" {b} " in f" {a} " and len(b.split()) > 1))


CUT_BEFORE = re.compile(
    r"\A(?:\W+|(?:both|not|or|and|but|either|neither|rather|then|calling|our|my|your|this|that|it)\b(?:['’]s)?\s*)+",
    re.IGNORECASE,
)
CUT_AFTER = re.compile(
    r"(?:[\s,]+(?:of|for|to|at|in|on|and|or|the|a|an|with|from|by|his|her|mr|mrs|ms)\b\.?)*[\s,]*\Z", re.IGNORECASE
)


def tidy_role(role: str) -> str:
    """A role without what a cut left on its sides: `Both Senate Majority Leader`, `president of`; else empty."""
    role = CUT_AFTER.sub("", CUT_BEFORE.sub("", role))
    words = {fold(word) for word in re.findall(r"\w+", role)}
    cut = role.endswith("-") or bool(words & PRONOUNS) or not words & (ROLE_HEADS | TITLES)
    return "" if cut else role


PRONOUNS = word_set("i he she they him them we you")
# A role of a state of the US is an American one; Georgia, the country, has other offices.
AMERICAN_STATES = re.compile(
    r"\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana"
    r"|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana"
    r"|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania"
    r"|Rhode Island|South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Wisconsin|Wyoming)\b(?!-)"
)
GEORGIAN = re.compile(
    r"\bGeorgia(?:['’]s)? (?:[A-Z]\w+ )?(?:governor|gov|sen|senator|congress(?:man|woman)"
    r"|gubernatorial|secretary of state|attorney general)\b",
    re.IGNORECASE,
)
STAFF = re.compile(
    r"\b(?P<leader>[A-Z][\w’'-]+?)(?:['’]s)?[\s-](?:\w+[\s-]){0,3}?(?:campaign|administration|transition)\b"
)


def country_of_staff(role: str, knowledge: Knowledge) -> str | None:
    """The country of the leader whose campaign or administration a role is of: `Trump campaign adviser`."""
    for match in STAFF.finditer(role):
        countries = {person.country for person in knowledge.surnames.get(fold(match["leader"]), ()) if person.offices}
        if len(countries) == 1:
            return countries.pop()
    return None


def country_of_role(role: str, knowledge: Knowledge) -> str | None:
    """The country that a role is of: an adjective, a possessive or a body in it.

    `ambassador to Japan` is not of Japan, and `Ukraine ambassador` does not say which side it is on, nor `Russia
    expert`. A company employs people of any country, and `U.S. and European officials` are of no single one. An
    economist is not The Economist.
    """
    head = re.split(r"\b(?:(?<!\bup )to|for|in|on|at)\b", role, maxsplit=1)[0]  # up to 90 Chadian rebels
    if GEORGIAN.search(head):
        return "USA"
    for hit in find_names(head, knowledge):
        entity = hit.entry.entity
        if hit.entry.kind == "people":  # co-founder of the Young Turks
            continue
        if isinstance(entity, State):
            posting = hit.entry.kind == "name" and SUBJECT.match(head, hit.end)
            joined = JOINED.match(head, hit.end) and not head[: hit.start].endswith("of ")
            return None if posting or joined else entity.iso3
        is_trade = fold(head[hit.start : hit.end]) in ROLE_HEADS
        if isinstance(entity, Organization) and entity.country and entity.sector != "company" and not is_trade:
            return entity.country
    return "USA" if AMERICAN_STATES.search(head) else country_of_staff(role, knowledge)


# What one does about a country, whose name before it is not where one is from.
SUBJECT = re.compile(
    r"\s+(?:and \w+ )?(?:\w+ )?(?:ambassador|envoy|expert|analyst|specialist|scholar|watcher|researcher|correspondent"
    r"|hand|hawk|desk|program(?:me)?|project|studies)\b",
    re.IGNORECASE,
)
JOINED = re.compile(
    r",? (?:and|or) [A-Z]|, [A-Z]\w+,? (?:and|or) [A-Z]"
)  # British and German, British, French and German


def without_country(role: str, knowledge: Knowledge) -> str:
    """`Russia's veteran Foreign Minister` -> `veteran Foreign Minister`."""
    rest = re.sub(r"^(?:the|an?|his|her|its|their)\s+", "", role.strip(), flags=re.IGNORECASE)
    for hit in find_names(rest, knowledge):
        if hit.start == 0 and isinstance(hit.entry.entity, State) and hit.entry.kind != "metonym":
            rest = re.sub(r"^(?:['’]s?)?\s*", "", rest[hit.end :])
        break
    return rest.strip()


# Words that do not tell of what somebody is an official.
VAGUE = word_set(
    """
    senior top high-ranking high former unnamed unidentified anonymous us u.s department ministry of the and for
    to at in on government state states united
    """
) - {"state"}
