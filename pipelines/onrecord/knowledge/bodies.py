"""Common nouns for bodies: what a company, a ministry or a union is called where its name is not said.

Each noun stands once in the list `body`, with its kind; wider sets are unions. All are singular and in lower case.
Extractors read these and add only what is their own.
"""

from onrecord.knowledge.word_lists import listed, with_meaning

ANY = with_meaning("any", "body")
COMPANY = with_meaning("company", "body")
MAKERS = with_meaning("maker", "body")
BUSINESSES = COMPANY | MAKERS | with_meaning("business", "body")
MEDIA = with_meaning("medium", "body")
# Bodies of a state that are heard as the state itself: the government will.
STATE = with_meaning("state", "body")
FORCES = with_meaning("force", "body")
PUBLIC = STATE | FORCES | with_meaning("public", "body")
CIVIC = with_meaning("civic", "body")
LEARNING = with_meaning("learning", "body")
SINGERS = listed("singers")
BODIES = listed("body")
# Of these, what is a body only where it speaks or acts: a mission is a task, a service is rendered.
THINGS = listed("body_or_thing")
TWO_WORDS = listed("body_of_two_words")
# Many people in the singular: described by what they share, they are a group.
COLLECTIVES = listed("collective")
QUANTITY = listed("quantity")
SHARES = QUANTITY | {"%", "percent", "third", "quarter"}  # of the voters
SOME = frozenset({"some", "many", "most", "several", "both", "few", "others"})  # of the officials
