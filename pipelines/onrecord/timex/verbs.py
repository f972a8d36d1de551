"""Verbs by what their form says of time: one list of them, by kind."""

from typing import Final

# Words of each kind; contractions stand as they are split, "'ll" and "didn't".
FORMS: Final = {
    kind: tuple(words.split())
    for kind, words in {
        "will": "will 'll won't shall",
        "would": "would 'd wouldn't",
        "modal": "may might can must should could cannot can't shouldn't couldn't",
        "is": "is are am isn't aren't 're 'm",
        "was": "was were wasn't weren't",
        "has": "has have hasn't haven't 've",
        "had": "had hadn't",
        "does": "do does doesn't don't",
        "did": "did didn't",
        "be": "be being",
        "been": "been",
        "due": "due scheduled expected slated planned set poised about upcoming coming forthcoming deadline likely "
        "tentatively",
        "if": "if unless",
        "ask": "plan plans intend intends aim aims hope hopes expect expects want wants need needs prepare prepares "
        "urge urges seek seeks try tries vow vows pledge pledges threaten threatens ready going",
        "asked": "asked told ordered urged wanted hoped vowed pledged promised threatened agreed decided proposed "
        "warned invited required instructed summoned intended aimed prepared",
        "past": "said came went took made met held began won lost left fell rose gave got saw became wrote spoke sent "
        "fought brought thought built found ago arose ate blew bought broke caught chose crept dealt drew drank drove "
        "fed felt flew fled forbade forgot froze grew heard hid hung kept knew laid led lent lit meant overcame "
        "overthrew paid rang rode sang sank sat shook shrank slept slid sold sought sped spent sprang stole stood "
        "stuck struck swam swept swore swung taught threw tore understood undertook upheld withdrew withheld woke wore",
        "done": "taken given shown seen written spoken drawn thrown chosen broken stolen sworn known done gone",
        "put": "put cut hit shut quit let read cost bid spread",
    }.items()
}
# Words that end like a past form and are none.
NOT_PAST: Final = (
    "united", "unspecified", "need", "indeed", "speed", "exceed", "proceed", "succeed", "hundred", "sacred", "bed",
    "feed",
)  # fmt: skip
