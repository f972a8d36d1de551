"""Common nouns for bodies: what a company, a ministry or a union is called where its name is not said.

Each noun stands in one set; wider sets are unions. Extractors read these and add only what is their own. Lists that
mean something else stay with their modules: the words inside names (`names_bodies`), the bodies that somebody can call
their own (`proposals.reading`). All are singular and in lower case.
"""

from onrecord.knowledge.words import word_set

# What any body can be called that was named before.
ANY = word_set("body group organization organisation")
# What any business can be called.
COMPANY = word_set("company firm corporation")
MAKERS = word_set("manufacturer automaker carmaker")
BUSINESSES = (
    COMPANY
    | MAKERS
    | word_set(
        """
        conglomerate startup start-up business enterprise airline bank lender insurer carrier utility retailer
        cooperative fund trust cartel drugmaker chipmaker planemaker steelmaker shipbuilder hospital pharmacy industry
        """
    )
)
MEDIA = word_set("newspaper paper outlet magazine website network broadcaster newswire channel daily")
# Bodies of a state that are heard as the state itself: the government will.
STATE = word_set("government administration ministry cabinet presidency authority regime junta")
FORCES = word_set("police gendarmerie military army navy force corps battalion brigade regiment militia squad")
PUBLIC = (
    STATE
    | FORCES
    | word_set(
        """
        department bureau office agency secretariat treasury chancellery embassy consulate parliament legislature
        congress senate assembly chamber council committee commission board panel court tribunal judiciary jury
        regulator watchdog service mission
        """
    )
)
# What people found, join or study at.
CIVIC = word_set(
    """
    party union charity institute campaign association federation foundation league club team society alliance coalition
    bloc movement forum faction front caucus lobby guild church brotherhood
    """
)
SINGERS = word_set("band orchestra choir")
LEARNING = word_set("university college school academy centre center laboratory lab observatory think-tank")
BODIES = ANY | BUSINESSES | MEDIA | PUBLIC | CIVIC | LEARNING
# Of these, what is a body only where it speaks or acts: a mission is a task, a service is rendered.
THINGS = word_set("body campaign center centre chamber channel daily mission service website")
# Bodies whose noun alone is something else.
TWO_WORDS = frozenset(
    {"think tank", "coast guard", "national guard", "high command", "upper house", "lower house", "publishing house"}
)
# Many people in the singular: described by what they share, they are a group.
COLLECTIVES = word_set(
    """
    family tribe clan sect congregation crew staff crowd leadership management opposition delegation public community
    clergy audience population youth electorate
    """
)

QUANTITY = word_set("thousand hundred dozen million score ten number majority handful pair couple crowd")
