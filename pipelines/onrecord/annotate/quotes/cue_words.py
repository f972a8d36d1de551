"""Words that report speech, by what they take as content.

Lemmas, drawn from reporting verbs of the attribution literature (Pareti 2015; Newell, Margolin and Ruths 2018) and of
news style guides. Verbs of bare belief (think, believe, hope, want) are not here: nobody is on record with a belief.
"""

from onrecord.knowledge.bodies import BODIES
from onrecord.knowledge.words import word_set

# Take a reported clause, with or without "that", or the quoted words themselves.
SAY = word_set(
    """
    say tell add note claim warn argue state announce insist suggest explain declare report write acknowledge admit
    confirm reiterate stress emphasize emphasise assert contend maintain predict vow pledge promise reveal indicate
    conclude observe remark recall allege complain deny concede caution reply respond tweet retweet repeat mention
    testify point assure remind disclose advise inform hint counter retort continue affirm reaffirm underline
    underscore estimate quip joke lament boast threaten proclaim brag muse opine protest swear clarify elaborate
    agree recommend communicate convey relay propose demand urge request read post blog comment recount relate
    surmise speculate forecast guarantee profess postulate posit rebut refute rule decree stipulate specify cite
    quote
    """
)
# Take the quoted words, but no reported clause or only rarely.
UTTER = word_set(
    """
    ask shout yell scream chant cry whisper mutter murmur bark snap sing exclaim growl sigh blurt interject rail
    answer conclude crack thunder fume gush rant bellow roar holler intone pray preach chime echo paraphrase scold
    chide taunt tease riff deadpan shoot fire insist
    """
)
# Take somebody or something as object and a judgement in quotation marks: called it "a disgrace".
JUDGE = word_set(
    """
    call describe decry label brand dub condemn denounce criticize criticise praise applaud hail slam blast dismiss
    ridicule mock deride characterize characterise term refer accuse blame welcome reject attack assail deplore
    bash cite quote express voice thank portray depict deem rate tout trumpet herald laud salute commend castigate
    lambast lambaste berate rebuke rip skewer trash disparage belittle liken compare defend apologize apologise
    reference invoke title entitle caption urge warn promise pledge vow pronounce attribute
    """
)
# Take "to" and a verb: offered to help, urged X to leave (the addressee stands between).
TO_DO = word_set(
    """
    propose threaten offer vow pledge promise demand urge press ask tell warn advise encourage implore beg request
    claim order instruct call appeal exhort recommend swear petition invite plead command
    """
)
ADDRESSED = word_set(
    """
    urge press ask tell warn advise encourage implore beg request order instruct call exhort invite command
    petition remind assure inform appeal notify brief
    """
)
# Take a noun phrase as content: demanded an end to the blockade.
OBJECT = word_set(
    "demand allege propose reiterate question deny reject suggest oppose dispute urge recommend stress reaffirm"
)
# Take "that" and a clause often enough for the clause to be read off the words where the parser fails.
TAKES_THAT = word_set(
    """
    say tell add note claim warn argue insist announce explain declare report write acknowledge admit confirm
    reiterate stress emphasize emphasise assert contend maintain allege complain concede state boast recount vow
    predict testify point
    """
)
# Verb and preposition before the content: called for, accused X of.
PREPOSITION = {
    "call": frozenset({"for"}),
    "accuse": frozenset({"of"}),
    "blame": frozenset({"for", "on"}),
    "warn": frozenset({"of", "against", "about"}),
    "press": frozenset({"for"}),
    "argue": frozenset({"for", "against"}),
    "complain": frozenset({"of", "about"}),
    "appeal": frozenset({"for"}),
    "ask": frozenset({"for"}),
    "insist": frozenset({"on"}),
    "describe": frozenset({"as"}),
    "denounce": frozenset({"as"}),
    "dismiss": frozenset({"as"}),
    "characterize": frozenset({"as"}),
}
# Nouns that hold speech: what they say is said by whoever issued them.
SPEECH_NOUN = word_set(
    """
    statement message letter report tweet post speech remark comment interview release email memo announcement
    declaration claim warning call demand allegation accusation assertion argument testimony editorial commentary
    dispatch communique communiqué article op-ed column response reply note notice document complaint filing
    lawsuit ruling order indictment affidavit resolution poll survey study transcript ad advert bulletin briefing
    """
)
# Cues that relay what somebody else said.
RELAY = word_set("report quote cite")
QUOTED_AS = frozenset({"quote", "cite"})
MODAL = frozenset({"would", "could", "should", "might", "may", "can", "must", "will", "ca", "wo"})
PRONOUN_SELF = frozenset({"i", "we", "you", "one"})
# What these report may also be evidence: "the figures suggest …". They need a source that can speak.
EVIDENTIAL = word_set("suggest indicate signal reveal show confirm predict demand prove mean threaten promise imply")
SPEAKER_NOUN = BODIES | word_set(
    """
    official spokesman spokeswoman spokesperson president chief expert source diplomat ally activist politician
    staff aide head envoy critic lawyer general scholar economist country nation state leadership media site judge
    king queen prince pope bishop imam coach boss mayor senator congressman congresswoman lawmaker delegate people
    family rival side opposition resident student opponent agent victim relative neighbour academic everyone nobody
    rebel insurgent guard troop cleric priest rabbi monk sheikh emir sultan hawk conservative liberal moderate
    progressive friend colleague guest host chair whip fellow individual veteran patient pundit attorney counsel
    deputy ambassador consul delegation intelligence captain colonel marshal radical
    """
)
SPEAKER_ENDING = ("er", "or", "ist", "ian", "man", "woman", "men", "women", "ant", "ee", "yst", "ary", "ess")
GOES_ON = word_set("continue go proceed begin start keep come")  # "continued to insist that …"
SAID = {"said": "say", "says": "say", "told": "tell", "tweeted": "tweet", "tweets": "tweet"}
INVERTED = word_set("said says added asked wrote tweeted replied")  # "Said Mr. Smith: …", which taggers take for a name
NO_SOURCE = frozenset({"this", "these", "there", "what", "all", "nothing", "everything", "something"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"})
# "led the critic to write …": the object of these is who writes.
OBJECT_CONTROL = word_set(
    "lead prompt force cause allow urge ask tell get push want help see hear let make invite drive"
)
RELATIVE = frozenset({"who", "which", "that", "whom"})
EVERY = SAY | UTTER | JUDGE | TO_DO | frozenset(PREPOSITION) | OBJECT
