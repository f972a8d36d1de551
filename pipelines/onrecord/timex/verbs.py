"""Verbs by what their form says of time: one list of them, by kind."""

from typing import Final

# Words of each kind; contractions stand as they are split, "'ll" and "didn't".
FORMS: Final = {
    kind: tuple(words.split())
    for kind, words in {
        "will": "will 'll won't shall",
        "would": "would 'd wouldn't",
        "modal": "may might can must should cannot can't shouldn't",
        "could": "could",
        "is": "is are am isn't aren't 're 'm",
        "was": "was were wasn't weren't",
        "has": "has have hasn't haven't 've",
        "had": "had hadn't",
        "does": "do does doesn't don't",
        "did": "did didn't couldn't",
        "be": "be being",
        "been": "been",
        "due": "due scheduled expected slated planned set poised about upcoming coming forthcoming deadline likely "
        "tentatively",
        "if": "if unless",
        "ask": "plan plans intend intends aim aims hope hopes expect expects want wants need needs prepare prepares "
        "urge urges seek seeks try tries vow vows pledge pledges threaten threatens ready going",
        "asked": "asked told ordered urged wanted hoped vowed pledged promised threatened agreed decided proposed "
        "warned invited required instructed summoned intended aimed prepared",
        "past": "ago arose ate awoke bade beat became befell began bet bit blew bore bought broke brought built burnt "
        "came caught chose clung crept dealt drank dreamt drew drove dug fed fell felt fled flew flung forbade "
        "foresaw foretold forgave forgot fought found froze gave got grew heard held hid hung kept knelt knew "
        "laid leapt learnt led left lent lit lost made meant met mistook misunderstood outgrew overcame "
        "overran oversaw overthrew overtook paid ran rang rebuilt redid repaid resold rewrote rode rose said "
        "sang sank sat saw sent shone shook shot shrank slept slid slung smelt sold sought spat sped spelt "
        "spent spilt spoilt spoke sprang spun stank stole stood strode strove struck strung stuck stung swam "
        "swept swore swung taught thought threw took tore understood undertook underwent undid unwound upheld "
        "went wept withdrew withheld withstood woke won wore wove wrote wrung",
        "done": "awoken beaten begun bitten blown borne broken chosen done drawn driven eaten fallen flown forbidden "
        "forgiven forgotten frozen given gone grown hidden known mistaken overtaken proven ridden risen seen "
        "sewn shaken shown shrunk spoken stolen strewn stricken sung sunk sworn swum taken thrown torn trodden "
        "undergone undertaken withdrawn woken worn woven written",
        "put": "bid broadcast burst cast cost cut hit hurt let put quit read shed shut split spread thrust",
    }.items()
}
# Words that end like a past form and are none.
NOT_PAST: Final = (
    "united", "unspecified", "need", "indeed", "speed", "exceed", "proceed", "succeed", "hundred", "sacred", "bed",
    "feed",
)  # fmt: skip
# Verbs whose forms in the present are hardly ever nouns.
SELDOM_NOUNS: Final = frozenset((
    "accept", "admit", "adopt", "agree", "announce", "appear", "apply", "appoint", "arrive", "assume", "become",
    "begin", "bring", "buy", "choose", "come", "convene", "decide", "deliver", "depart", "depend", "descend",
    "die", "disappear", "earn", "elect", "enter", "expand", "expire", "explain", "fly", "get", "give", "go",
    "hear", "hold", "inal", "introduce", "join", "keep", "learn", "leave", "lose", "make", "marry", "meet",
    "occur", "oppose", "pay", "prepare", "provide", "publish", "put", "receive", "recommence", "relaunch",
    "remain", "reopen", "resign", "resume", "retire", "say", "see", "seek", "sell", "send", "serve", "sit",
    "speak", "spend", "stay", "swear", "take", "tell", "travel", "try", "unveil", "welcome", "write",
))  # fmt: skip
# Verbs that news tells what is to come with, and nouns as often.
STEPS: Final = (
    "start", "end", "open", "close", "vote", "return", "play", "face", "march", "strike", "walk", "run", "rise", "fall",
    "drop", "change", "move", "stop",
)  # fmt: skip
