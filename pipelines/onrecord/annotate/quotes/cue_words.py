"""Words that report speech, by what they take as content.

Lemmas, drawn from reporting verbs of the attribution literature (Pareti 2015; Newell, Margolin and Ruths 2018) and of
news style guides. Verbs of bare belief (think, believe, hope, want) are not here: nobody is on record with a belief.
"""

from onrecord.knowledge.bodies import BODIES
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import listed, meanings, with_meaning
from onrecord.knowledge.words import word_set

# Take a reported clause, with or without "that", or the quoted words themselves.
SAY = with_meaning("says", "reporting_verb")
# Take the quoted words, but no reported clause or only rarely.
UTTER = with_meaning("utters", "reporting_verb")
# Take somebody or something as object and a judgement in quotation marks: called it "a disgrace".
JUDGE = with_meaning("judges", "reporting_verb")
# Take "to" and a verb: offered to help, urged X to leave (the addressee stands between).
TO_DO = with_meaning("to_do", "reporting_verb")
ADDRESSED = with_meaning("addressed", "reporting_verb")
# Take a noun phrase as content: demanded an end to the blockade.
OBJECT = with_meaning("object", "reporting_verb")
# Take "that" and a clause often enough for the clause to be read off the words where the parser fails.
TAKES_THAT = with_meaning("that", "reporting_verb")
# Verb and preposition before the content: called for, accused X of.
PREPOSITION = {
    verb: frozenset(prepositions.split("|")) for verb, prepositions in meanings("verb_with_preposition").items()
}
# Nouns that hold speech: what they say is said by whoever issued them.
SPEECH_NOUN = with_meaning("cue", "speech_noun")
# Cues that relay what somebody else said.
RELAY = word_set("report quote cite")
QUOTED_AS = frozenset({"quote", "cite"})
MODAL = frozenset({"would", "could", "should", "might", "may", "can", "must", "will", "ca", "wo"})
PRONOUN_SELF = frozenset({"i", "we", "you", "one"})
# What these report may also be evidence: "the figures suggest …". They need a source that can speak.
EVIDENTIAL = with_meaning("evidential", "reporting_verb")
SPEAKER_NOUN = BODIES | ROLE_HEADS | listed("speaker_noun")
SPEAKER_ENDING = ("er", "or", "ist", "ian", "man", "woman", "men", "women", "ant", "ee", "yst", "ary", "ess")
GOES_ON = word_set("continue go proceed begin start keep come")  # "continued to insist that …"
SAID = {"said": "say", "says": "say", "told": "tell", "tweeted": "tweet", "tweets": "tweet"}
INVERTED = with_meaning("inverted", "saying_form")  # "Said Mr. Smith: …", which taggers take for a name
NO_SOURCE = frozenset({"this", "these", "there", "what", "all", "nothing", "everything", "something"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"})
# "led the critic to write …": the object of these is who writes.
OBJECT_CONTROL = listed("object_control")
RELATIVE = frozenset({"who", "which", "that", "whom"})
EVERY = SAY | UTTER | JUDGE | TO_DO | frozenset(PREPOSITION) | OBJECT
# "Declined to say": what follows these was not said.
WITHHOLDS = with_meaning("withholds", "polarity_word")
# Say that something is not so.
DENIES = with_meaning("denies", "polarity_word")
