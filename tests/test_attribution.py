"""Sources resolved to actors, and the day of speaking. Attributions are built by hand: who found them is no matter."""

from dataclasses import replace
from datetime import date

import pytest

from onrecord.annotate.actors import find_actors
from onrecord.annotate.quotes.nesting import nested
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.quotes.speakers.confidence import confidence_of, load_weights, signals
from onrecord.annotate.rows import quote_speaker_rows
from onrecord.document import Annotations, Attribution, Date, Document


@pytest.fixture
def resolve(nlp, knowledge):
    """The cast and the quotes of a text, its attributions given as (content, source, cue, addressee[, extent]).

    Words stand for their first place; a span stands for itself.
    """

    def run(text, attributions, dates=(), how=()):
        def span(words):
            if isinstance(words, tuple):
                return words
            return (text.index(words), text.index(words) + len(words)) if words else None

        doc = Document(article_id="0" * 16, source_file="made-up", source_sha256="0" * 64, text=text)
        syntax = nlp(text)
        cast = find_actors(doc, syntax, knowledge)
        given = tuple(
            Attribution(
                start=span(content)[0],
                end=span(content)[1],
                kind="direct",
                source=span(source),
                cue=span(cue),
                addressee=span(addressee),
                extent=span(extent[0]) if extent else None,
                group=number,
                how=how[number] if how else "cue" if source else "none",
                confidence=0.9,
            )
            for number, (content, source, cue, addressee, *extent) in enumerate(attributions)
        )
        days = tuple(
            Date(start=span(w)[0], end=span(w)[1], type="DATE", value=str(day), rule="test", earliest=day, latest=day)
            for w, day in dates
        )
        return cast, attribute(doc, syntax, given, cast, days)

    return run


def test_a_named_source_becomes_its_actor(resolve):
    cast, [quote] = resolve("“We will stay,” Sergei Lavrov said.", [("We will stay,", "Sergei Lavrov", "said", None)])
    assert cast[quote.speaker_actor_id].name == "Sergei Lavrov"


def test_the_first_of_joint_sources_is_the_speaker(resolve):
    text = "Russia and China argued the time had come."
    cast, [quote] = resolve(text, [("the time had come", "Russia and China", "argued", None)])
    assert cast[quote.speaker_actor_id].country == "RUS"


@pytest.mark.parametrize(
    ("text", "source", "joint"),
    [
        ("Russia and China argued the time had come.", "Russia and China", ["China"]),
        ("Russia, China and Japan argued the time had come.", "Russia, China and Japan", ["China", "Japan"]),
        ("Russia and an aide to Sven Dahl argued the time had come.", "Russia and an aide to Sven Dahl", []),
        ("Russia argued the time had come.", "Russia", []),
    ],
)
def test_others_that_the_source_joins_speak_with_the_first(resolve, text, source, joint):
    cast, [quote] = resolve(text, [("the time had come", source, "argued", None)])
    assert [cast[actor].name for actor in quote.joint_speakers] == joint


def test_each_speaker_of_a_quote_is_a_row_in_the_order_of_the_text(resolve):
    text = "Russia and China argued the time had come. “No,” they said."
    content = [("the time had come", "Russia and China", "argued", None), ("No,", None, None, None)]
    cast, quotes = resolve(text, content)
    doc = Document(article_id="0" * 16, source_file="made-up", source_sha256="0" * 64, text=text)
    rows = list(quote_speaker_rows(Annotations(doc=doc, quotes=quotes)))
    assert [(cast[row["actor_id"]].country, row["place"]) for row in rows] == [("RUS", 1), ("CHN", 2)]


def test_a_described_source_becomes_an_unnamed_actor(resolve):
    text = "The ship was seized, a customs official said."
    cast, [quote] = resolve(text, [("The ship was seized", "a customs official", "said", None)])
    assert "customs official" in cast[quote.speaker_actor_id].name


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("People familiar with the talks said it was cold.", "People", "people familiar with the talks"),
        ("Workers at state-run firms said it was cold.", "Workers", "workers at state-run firms"),
        ("Officials, who had come late, said it was cold.", "Officials", "officials"),
        ("A source said that it was cold.", "A source", "source"),
        ("Officials in a statement said it was cold.", "Officials", "officials"),
        ("A spokesman on Monday said it was cold.", "A spokesman", "spokesman"),
        ("Democrats on the committee said it was cold.", "Democrats", "Democrats on the committee"),
    ],
)
def test_a_source_without_a_name_keeps_what_tells_who_it_is(resolve, text, source, name):
    cast, [quote] = resolve(text, [("it was cold", source, "said", None)])
    assert cast[quote.speaker_actor_id].name == name
    assert text[slice(*quote.speaker)] == source


def test_a_source_ends_with_its_paragraph(resolve):
    text = "“We will stay.” – Sergei Lavrov\n\nThe talks went on."
    cast, [quote] = resolve(text, [("We will stay.", "Sergei Lavrov\n\n", None, None)])
    assert (text[slice(*quote.speaker)], cast[quote.speaker_actor_id].name) == ("Sergei Lavrov", "Sergei Lavrov")


def test_a_quote_has_no_white_space_at_its_ends(resolve):
    text = "We will stay, Sergei Lavrov said."
    _, [quote] = resolve(text.replace(", Sergei", " , Sergei"), [("We will stay ", "Sergei Lavrov", "said", None)])
    assert (quote.start, quote.end) == (0, len("We will stay"))


def test_a_source_of_white_space_is_none(resolve):
    _, [quote] = resolve("“We stay.”\n\nThe talks went on.", [("We stay.", "\n\n", None, None)])
    assert (quote.speaker, quote.speaker_actor_id, quote.attribution) == (None, None, "none")


def test_a_pronoun_without_antecedent_stays_unresolved(resolve):
    _, [quote] = resolve("“It was late,” he said.", [("It was late,", "he", "said", None)])
    assert quote.speaker_actor_id is None
    assert quote.speaker is not None


def test_no_source_gives_no_speaker(resolve):
    _, [quote] = resolve("“It was late.”", [("It was late.", None, None, None)])
    assert (quote.speaker_actor_id, quote.attribution) == (None, "none")


def test_the_addressee_is_resolved(resolve):
    text = "Sergei Lavrov urged China to wait."
    cast, [quote] = resolve(text, [("to wait", "Sergei Lavrov", "urged", "China")])
    assert cast[quote.addressee_actor_id].country == "CHN"


@pytest.mark.parametrize(
    "text, content, source, name",
    [
        pytest.param(
            "Sven Dahl met Kofi Annan in Oslo. He said Dahl was kind.",
            "Dahl was kind",
            "He",
            "Kofi Annan",
            id="who is named in the words does not say them",
        ),
        pytest.param(
            "Robin Holm greeted Toni Dahl. Mr. Holm bowed to Mrs. Dahl. She said it was late.",
            "it was late",
            "She",
            "Toni Dahl",
            id="Mr. and Mrs. tell a man from a woman",
        ),
    ],
)
def test_a_pronoun_is_the_person_that_fits_what_is_said(resolve, text, content, source, name):
    cast, [quote] = resolve(text, [(content, source, "said", None)])
    assert cast[quote.speaker_actor_id].name == name


def test_whoever_spoke_last_goes_on_speaking(resolve):
    text = "Carl Holm said the law by which Erik Dahl ruled was dead. He added that talks would follow."
    cast, [_, quote] = resolve(
        text,
        [
            ("the law by which Erik Dahl ruled was dead", "Carl Holm", "said", None),
            ("talks would follow", "He", "added", None),
        ],
    )
    assert cast[quote.speaker_actor_id].name == "Carl Holm"


def test_whom_a_medium_cites_is_the_speaker_and_the_medium_is_not(resolve):
    text = "Reuters, citing an embassy official, says the talks failed."
    cast, [quote] = resolve(text, [("the talks failed", "Reuters", "says", None)])
    assert text[slice(*quote.speaker)] == "an embassy official"
    assert cast[quote.speaker_actor_id].name == "embassy official"


def test_a_statement_of_nobody_in_particular_is_not_by_whoever_spoke_last(resolve):
    text = "Sergei Lavrov said the talks failed. Several lawsuits accuse the mayor of fraud."
    _, [_, quote] = resolve(
        text,
        [
            ("the talks failed", "Sergei Lavrov", "said", None),
            ("the mayor of fraud", "Several lawsuits", "accuse", None),
        ],
    )
    assert quote.speaker_actor_id is None


def test_a_group_that_issued_a_text_speaks_in_it(resolve):
    text = "House Republicans issued a report on Friday.\n\nThe report said the ports were closed."
    cast, [quote] = resolve(text, [("the ports were closed", "The report", "said", None)])
    assert cast[quote.speaker_actor_id].name == "House Republicans"


def test_the_letter_of_the_group_is_by_the_body_that_spoke(resolve):
    text = "The Lakeside Economic Council urged a veto. “It is cold,” the group's letter said."
    given = [("a veto", "The Lakeside Economic Council", "urged", None)]
    cast, quotes = resolve(text, [*given, ("It is cold,", "the group's letter", "said", None)])
    assert cast[quotes[1].speaker_actor_id].name == "Lakeside Economic Council"


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("The State Department met. The department said it was late.", "The department", "US Department of State"),
        ("Apple met the State Department. The company said it was late.", "The company", "Apple"),
        ("The Oriel corporation grew. Oriel, a firm from Oslo, met the State Department. The company said it was late.",
         "The company", "Oriel"),
        ("The State Department met Congress. The company said it was late.", "The company", "company"),
        ("The Federal Bureau of Investigation met Apple. The agency said it was late.", "The agency",
         "Federal Bureau of Investigation"),
        ("The US Senate met Apple. The agency said it was late.", "The agency", "agency"),
        ("Ships sank, according to The New York Times. The newspaper said it was late.", "The newspaper",
         "The New York Times"),
        ("The Associated Press met Apple. The wire service said it was late.", "The wire service",
         "The Associated Press"),
    ],
)  # fmt: skip
def test_a_body_goes_on_under_the_noun_for_its_kind(resolve, text, source, name):
    cast, [quote] = resolve(text, [("it was late", source, "said", None)])
    assert cast[quote.speaker_actor_id].name == name


@pytest.mark.parametrize(
    ("source", "name", "type"),
    [
        ("Some of his fellow Republicans", "Some of his fellow Republicans", "group"),
        ("Some in the capital", "Some in the capital", "group"),
        ("An elderly witness", "elderly witness", "person"),
        ("The port’s management", "port’s management", "group"),
        ("The IOAF", "IOAF", "organization"),
        ("The Milwaukee Journal Sentinel", "Milwaukee Journal Sentinel", "organization"),
        ("Iranian TV", "Iranian TV", "organization"),
        ("A nun identified as Petra Lund", "Petra Lund", "person"),
    ],
)
def test_a_source_that_no_list_knows_is_an_actor(resolve, source, name, type):
    cast, [quote] = resolve(f"{source} said it was late.", [("it was late", source, "said", None)])
    speaker = cast[quote.speaker_actor_id]
    assert (speaker.name, speaker.type) == (name, type)


def test_confidence_is_that_of_the_whole_row(resolve):
    text = (
        "Sven Dahl met Carl Berg. “It was late,” Sven Dahl said. Erik Holm and Carl Berg left. “It was cold,” he said."
    )
    given = [("It was late,", "Sven Dahl", "said", None), ("It was cold,", "he", "said", None)]
    _, [named, pronoun] = resolve(text, given)
    assert 0 < pronoun.confidence < named.confidence < 1


def test_every_signal_of_confidence_has_a_weight_and_a_source_more_sure_a_higher_one(resolve):
    cast, [quote] = resolve("Sven Dahl said it was late.", [("it was late", "Sven Dahl", "said", None)])
    assert signals(quote, cast).keys() == load_weights().keys()
    surer = [confidence_of(replace(quote, confidence=sure), cast) for sure in (0.1, 0.5, 0.9)]
    assert surer == sorted(set(surer))


def test_without_a_speaker_confidence_is_that_of_the_words(resolve):
    _, [quote] = resolve("“It was late.”", [("It was late.", None, None, None)])
    assert quote.confidence == 0.9


@pytest.mark.parametrize(
    "source", ["Sven Dahl's lawyer", "An aide to Sven Dahl", "A lawyer for White House aide Sven Dahl"]
)
def test_a_person_whom_the_source_only_serves_is_not_the_speaker(resolve, source):
    cast, [quote] = resolve(f"{source} said the charge was false.", [("the charge was false", source, "said", None)])
    assert cast[quote.speaker_actor_id].link_method == "unnamed"


def test_the_group_is_the_body_that_spoke_last(resolve):
    text = "Amnesty International said the camps were full. The group added that tents were needed."
    cast, [_, quote] = resolve(
        text,
        [
            ("the camps were full", "Amnesty International", "said", None),
            ("tents were needed", "The group", "added", None),
        ],
    )
    assert cast[quote.speaker_actor_id].name == "Amnesty International"


def test_the_company_is_not_the_unnamed_ministry_that_spoke_last(resolve):
    text = "A ministry said the camps were full. The company added that tents were needed."
    _, [first, quote] = resolve(
        text,
        [("the camps were full", "A ministry", "said", None), ("tents were needed", "The company", "added", None)],
    )
    assert first.speaker_actor_id != quote.speaker_actor_id


def test_they_are_the_plural_subject_that_named_no_actor(resolve):
    text = "Harbor workers met in the hall on Monday. They said Sven Dahl was late."
    cast, [quote] = resolve(text, [("Sven Dahl was late", "They", "said", None)])
    assert cast[quote.speaker_actor_id].name.casefold() == "harbor workers"


def test_an_act_of_speaking_is_its_owner_s(resolve):
    text = "Sven Dahl's vivid description explained why the harbor froze."
    cast, [quote] = resolve(text, [("why the harbor froze", "Sven Dahl's vivid description", "explained", None)])
    assert cast[quote.speaker_actor_id].name == "Sven Dahl"


def test_a_newspaper_called_the_post_is_no_post_of_somebody(resolve):
    text = "Sven Dahl said the talks failed. The Washington Post called it a farce."
    cast, [_, quote] = resolve(
        text,
        [("the talks failed", "Sven Dahl", "said", None), ("a farce", "The Washington Post", "called", None)],
    )
    assert cast[quote.speaker_actor_id].name == "The Washington Post"


def test_a_last_name_that_is_a_common_noun_is_the_person_s(resolve):
    text = "Ambassador Samantha Power spoke first. Power stated that the vote was lost."
    cast, [quote] = resolve(text, [("the vote was lost", "Power", "stated", None)])
    assert cast[quote.speaker_actor_id].name == "Samantha Power"


def test_a_single_name_that_speaks_is_an_actor(resolve):
    cast, [quote] = resolve("Zeno proclaimed the hour had come.", [("the hour had come", "Zeno", "proclaimed", None)])
    assert (cast[quote.speaker_actor_id].name, cast[quote.speaker_actor_id].type) == ("Zeno", "person")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“We will stay,” Sergei Lavrov said in Geneva on Tuesday.", date(2020, 3, 3)),
        ("On Tuesday Sergei Lavrov said: “We will stay.”", date(2020, 3, 3)),
        ("“We will stay,” Sergei Lavrov said. They meet on Tuesday.", None),
        ("“We will stay until Tuesday,” Sergei Lavrov said.", None),
    ],
)
def test_the_day_of_speaking_is_the_date_in_the_clause_of_the_cue(resolve, text, said):
    content = text[text.index("“") + 1 : text.index("”")]
    _, [quote] = resolve(text, [(content, "Sergei Lavrov", "said", None)], [("Tuesday", date(2020, 3, 3))])
    assert (quote.said_earliest, quote.said_latest) == (said, said)


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Amnesty International saw a letter. Sven Dahl came late. The letter said it was cold.", "The letter", None),
        (
            "Amnesty International sent a letter. Sven Dahl came late. The letter said it was cold.",
            "The letter",
            "Amnesty International",
        ),
        (
            "A ministry memo, first published by Reuters, says it was hot. The memo said it was cold.",
            "The memo",
            None,
        ),
        (
            "Amnesty International said in a letter that tents were few. Sven Dahl came. The letter said it was cold.",
            "The letter",
            "Amnesty International",
        ),
        (
            "Amnesty International said tents were few, deploring the letter. The letter said it was cold.",
            "The letter",
            None,
        ),
        (
            "In a Red Cross letter tents were few. The Greek letter said it was cold.",
            "The Greek letter",
            None,
        ),
        ("A letter from Amnesty International said it was cold.", "A letter from Amnesty International",
         "Amnesty International"),
        ("A letter that Sven Dahl wrote said it was cold.", "A letter that Sven Dahl wrote", "Sven Dahl"),
        ("Russia was late. A letter said it was cold.", "A letter", None),
        ("A survey by the Harbour Institute is out. Few read the report. The poll said it was cold.", "The poll",
         "Harbour Institute"),
        ("A survey by the Harbour Institute is out. A poll is due. The poll said it was cold.", "The poll", None),
        ("A report in The New York Times said it was cold.", "A report in The New York Times", "The New York Times"),
        ("A report in the senate said it was cold.", "A report in the senate", None),
        ("A column in The New York Times by Sven Dahl said it was cold.",
         "A column in The New York Times by Sven Dahl", "Sven Dahl"),
        ("A study by Amnesty International is out. Reuters reported a fire. The study said it was cold.", "The study",
         "Amnesty International"),
        ("A report by Amnesty International is out. A survey by Reuters is due. The report said it was cold.",
         "The report", "Amnesty International"),
        ("A letter from Texas said it was cold.", "A letter from Texas", None),
        ("An HIV study said it was cold.", "An HIV study", None),
        ("US media reports said it was cold.", "US media reports", None),
        ("Reports from Libya said it was cold.", "Reports from Libya", None),
        ("A statement from the Harbour Clinic said it was cold.", "A statement from the Harbour Clinic",
         "Harbour Clinic"),
    ],
)  # fmt: skip
def test_a_text_speaks_for_whoever_issued_it_and_else_for_nobody(resolve, text, source, name):
    content = [("it was cold", source, "said", None)]
    if text.startswith("Amnesty International said"):
        content = [("tents were few", "Amnesty International", "said", None), *content]
    cast, quotes = resolve(text, content)
    speaker = quotes[-1].speaker_actor_id
    assert (cast[speaker].name if speaker else None) == name


@pytest.mark.parametrize(
    ("text", "source", "extent"),
    [
        ("One lawmaker, Sven Dahl, said the ports would close.", "One lawmaker", "One lawmaker, Sven Dahl,"),
        (
            "Sven Dahl, once the guardian of the coast, said the ports would close.",
            "the guardian of the coast",
            "Sven Dahl, once the guardian of the coast,",
        ),
    ],
)
def test_the_person_in_apposition_to_the_source_is_the_speaker(resolve, text, source, extent):
    cast, [quote] = resolve(text, [("the ports would close", source, "said", None, extent)])
    assert cast[quote.speaker_actor_id].name == "Sven Dahl"


@pytest.mark.parametrize(
    ("first", "description"),
    [
        ("Gov. Anna Berg opened the bridge in Ohio.", "The governor"),
        ("Gov. Anna Berg opened the bridge in Ohio.", "The Ohio governor"),
        ("Sen. Anna Berg opened the bridge in Ohio.", "The lawmaker"),
        ("Sen. Anna Berg opened the bridge in Ohio.", "The Republican"),
        ("Anna Berg opened the bridge in Ohio.", "The businesswoman"),
    ],
)
def test_a_description_goes_on_with_the_person_it_fits(resolve, first, description):
    text = f"{first}\n\n{description} said the ports would close."
    cast, [quote] = resolve(text, [("the ports would close", description, "said", None)])
    assert cast[quote.speaker_actor_id].name == "Anna Berg"


@pytest.mark.parametrize("description", ["The mayor", "The businessman"])
def test_a_description_that_fits_nobody_named_stays_one(resolve, description):
    text = f"Gov. Anna Berg opened the bridge in Ohio.\n\n{description} said the ports would close."
    cast, [quote] = resolve(text, [("the ports would close", description, "said", None)])
    assert cast[quote.speaker_actor_id].link_method == "unnamed"


def test_a_lawmaker_can_be_the_senator_described_before(resolve):
    text = "A coastal senator said the ports would close. The lawmaker added the bridge would open."
    given = [("the ports would close", "A coastal senator", "said", None)]
    _, quotes = resolve(text, [*given, ("the bridge would open", "The lawmaker", "added", None)])
    assert quotes[0].speaker_actor_id == quotes[1].speaker_actor_id


@pytest.mark.parametrize(("pronoun", "name"), [("She", "Priscilla Dahl"), ("He", "Wendell Lund")])
def test_given_names_tell_he_from_she(resolve, pronoun, name):
    """Also those that are rare in news, of which the census knows who bears them."""
    text = f"Mayor Wendell Lund met Governor Priscilla Dahl. {pronoun} said the ports would close."
    cast, [quote] = resolve(text, [("the ports would close", pronoun, "said", None)])
    assert cast[quote.speaker_actor_id].name == name


@pytest.mark.parametrize("word", ["Prawit", "Wongsuwan"])
def test_who_is_called_by_one_word_of_a_name_is_its_bearer(resolve, word):
    text = f"Defense Minister Prawit Wongsuwan inspected the ports.\n\n{word} said the bridge would close."
    cast, [quote] = resolve(text, [("the bridge would close", word, "said", None)])
    assert cast[quote.speaker_actor_id].name == "Prawit Wongsuwan"


@pytest.mark.parametrize("source", ["The Star-Herald", "X-RAY"])
def test_a_name_with_a_hyphen_is_heard_whole(resolve, source):
    cast, [quote] = resolve(f"{source} said the ports would close.", [("the ports would close", source, "said", None)])
    assert cast[quote.speaker_actor_id].name == source.removeprefix("The ")


def test_a_letter_sent_by_somebody_is_that_persons(resolve):
    text = "A letter sent on Monday by Anna Berg says the ports would close."
    cast, [quote] = resolve(text, [("the ports would close", "A letter", "says", None)])
    assert cast[quote.speaker_actor_id].name == "Anna Berg"


def test_a_treaty_is_nobody_s_words(resolve):
    text = "The treaty says the ports would close."
    _, [quote] = resolve(text, [("the ports would close", "The treaty", "says", None)])
    assert quote.speaker_actor_id is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "President Anna Berg opened the bridge. The president of the growers' association said prices fell.",
            "The president of the growers' association",
        ),
        ("Anna Berg met her spokeswoman Ida Lund. The harbour board's spokeswoman said prices fell.",
         "The harbour board's spokeswoman"),
        ("Anna Berg opened the bridge. A senior Berg aide said prices fell.", "A senior Berg aide"),
    ],
)  # fmt: skip
def test_a_role_at_a_body_of_its_own_is_nobody_named_before(resolve, text, source):
    cast, [quote] = resolve(text, [("prices fell", source, "said", None)])
    assert cast[quote.speaker_actor_id].link_method == "unnamed"


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Fishermen, who say prices fell, left the hall.", "who", "Fishermen"),
        ("The jury thanked Anna Berg, who waited and said prices fell.", "who", "Anna Berg"),
    ],
)
def test_a_relative_pronoun_gives_way_to_what_it_stands_for(resolve, text, source, name):
    _, [quote] = resolve(text, [("prices fell", source, "say" if "say" in text else "said", None)])
    assert text[slice(*quote.speaker)] == name


def test_an_outlet_that_relayed_one_sentence_does_not_say_the_next(resolve):
    text = "“The lock is shut,” Mayor Anna Berg said, according to the Harbour Courier. “We wait.”"
    given = [
        ("The lock is shut,", "Mayor Anna Berg", "said", None),
        ("We wait.", "the Harbour Courier", "according to", None),
    ]
    cast, quotes = resolve(text, given, how=["cue", "according_to"])
    assert [cast[quote.speaker_actor_id].name for quote in quotes] == ["Anna Berg", "Anna Berg"]


def test_words_whose_mark_was_never_closed_end_before_who_says_them(resolve):
    text = "“We will not pay, harbour master Anna Berg told the board. The vote is due in May."
    _, [quote] = resolve(text, [(text[1:], "harbour master Anna Berg", "told", None)])
    assert text[quote.start : quote.end] == "We will not pay,"


def test_words_that_are_cut_to_those_of_another_row_are_one_row(resolve):
    text = "“We will not pay, harbour master Anna Berg told the board. The vote is due in May."
    told = ("harbour master Anna Berg", "told", None)
    cast, quotes = resolve(text, [(text[1:], *told), ("We will not pay,", *told)])
    assert [cast[each.speaker_actor_id].name for each in nested(quotes)] == ["Anna Berg"]


_AMERICAN = "Congress met in Washington. The Senate asked the Pentagon for US ships. "


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{_AMERICAN}An aide had called Russian President Vladimir Putin.\n\n“It is late,” the president said.",
         "president"),
        (f"{_AMERICAN}President Donald Trump signed it.\n\nHe had called Russian President Vladimir Putin.\n\n"
         "“It is late,” the president said.", "Donald Trump"),
        (f"{_AMERICAN}Russian President Vladimir Putin came.\n\n“It is late,” the president said.", "Vladimir Putin"),
    ],
)  # fmt: skip
def test_the_president_is_no_foreign_one_who_is_named_in_passing(resolve, text, name):
    cast, [quote] = resolve(text, [("It is late,", "the president", "said", None)])
    assert cast[quote.speaker_actor_id].name == name


def test_the_president_is_whom_an_article_without_a_day_calls_so(resolve):
    text = (
        "President Barack Obama met Vice President Joe Biden. Biden smiled. Biden sat. Biden left.\n\n"
        "“It is late,” the president said."
    )
    cast, [quote] = resolve(text, [("It is late,", "the president", "said", None)])
    assert cast[quote.speaker_actor_id].name == "Barack Obama"


@pytest.mark.parametrize(
    "beside",
    [
        "voted like Nora Lund",
        "voted, along with Nora Lund",
        "was divided, as Nora Lund reported",
        "was asked by Nora Lund",
    ],
)
def test_who_is_only_set_beside_another_does_not_go_on_speaking(resolve, beside):
    text = f"Linda Brown came to the harbour.\n\nThe council {beside}. “It is late,” she said."
    cast, [quote] = resolve(text, [("It is late,", "she", "said", None)])
    assert cast[quote.speaker_actor_id].name == "Linda Brown"


def test_a_mark_that_hangs_on_a_word_is_none_of_it(resolve):
    text = 'Wendell Lund came, and it was cold."He said it was late."Wongsuwan said it was dark.'
    given = [("it was late", "He", "said", None), ("it was dark", "Wongsuwan", "said", None)]
    cast, quotes = resolve(text, given)
    assert [cast[quote.speaker_actor_id].name for quote in quotes] == ["Wendell Lund", "Wongsuwan"]


@pytest.mark.parametrize(
    ("bodies", "name"),
    [
        ("Harbourside Research Center opened.", "Harbourside Research Center"),
        ("Harbourside Research Center met Harbourside Economic Council.", "Harbourside"),
    ],
)
def test_the_first_word_of_one_body_s_name_is_that_body(resolve, bodies, name):
    text = f"{bodies} Harbourside said it was late."
    source = (text.rindex("Harbourside"), text.rindex("Harbourside") + len("Harbourside"))
    cast, [quote] = resolve(text, [("it was late", source, "said", None)])
    assert cast[quote.speaker_actor_id].name == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Center for Budget and Policy Priorities' Richard Testmann", "Richard Testmann"),
        ("Assistant Attorney General for National Security John Testmann", "John Testmann"),
        ("lawyers for President Richard Testmann", "lawyers for President Richard Testmann"),
    ],
)
def test_the_person_behind_a_body_or_a_long_title_speaks(resolve, source, name):
    cast, [quote] = resolve(f"{source} said it was late.", [("it was late", source, "said", None)])
    assert cast[quote.speaker_actor_id].name == name


def test_a_medium_that_obtained_a_text_does_not_speak_in_it(resolve):
    text = "According to a memo obtained by Reuters, it was late."
    _, [quote] = resolve(text, [("it was late", "Reuters", "According to", None)])
    assert (text[slice(*quote.speaker)], quote.speaker_actor_id) == ("a memo", None)


def test_who_was_just_introduced_is_meant_by_a_surname_shared_with_a_leader(resolve):
    text = (
        "Kim Jong Un ruled. Kim Jong Un spoke.\n\n"
        "“It is late,” said Kim Heung-kyu, a professor in Seoul. Kim said it was dark."
    )
    source = (text.rindex("Kim"), text.rindex("Kim") + len("Kim"))
    cast, [quote] = resolve(text, [("it was dark", source, "said it", None)])
    assert cast[quote.speaker_actor_id].name == "Kim Heung-kyu"


def test_the_senator_is_the_one_named_last_however_long_others_have_served(resolve):
    text = "Sen. Dianne Feinstein came. Sen. Nils Testmann spoke. Barack Obama left.\n\n“It is late,” the senator said."
    cast, [quote] = resolve(text, [("It is late,", "the senator", "said", None)])
    assert cast[quote.speaker_actor_id].name == "Nils Testmann"


def test_a_man_described_at_length_is_nobody_named_before(resolve):
    text = "Nils Testmann, a native of Lund, came. Then the man in Harbour City who lost his boat said it was late."
    cast, [quote] = resolve(text, [("it was late", "the man", "said", None)])
    assert cast[quote.speaker_actor_id].link_method == "unnamed"


def test_who_speaks_for_a_body_is_the_speaker(resolve):
    source = "Derrick Testmann of People’s Action"
    cast, [quote] = resolve(f"“It is late,” said {source}.", [("It is late,", source, "said", None)])
    assert cast[quote.speaker_actor_id].name == "Derrick Testmann"


@pytest.mark.parametrize("source", ["one senior Republican", "one top Republican who"])
def test_one_of_a_party_is_somebody_described(resolve, source):
    text = f"“It is late,” said {source} added little."
    cast, [quote] = resolve(text, [("It is late,", source, "said", None)])
    assert cast[quote.speaker_actor_id].name == source.removeprefix("one ").removesuffix(" who")


def test_pieces_of_an_utterance_have_one_speaker_and_those_of_two_are_two(nlp, knowledge):
    text = (
        "“It is late,” the mayor said. “It is dark.” Nora Lund noted “frost” that Nils Testmann called “snow”, “ice”."
    )
    doc = Document(article_id="0" * 16, source_file="made-up", source_sha256="0" * 64, text=text)
    syntax = nlp(text)

    def piece(words, source, cue, group):
        return Attribution(
            start=text.index(words),
            end=text.index(words) + len(words),
            kind="direct",
            source=(text.index(source), text.index(source) + len(source)) if source else None,
            cue=(text.index(cue), text.index(cue) + len(cue)),
            group=group,
            how="cue",
            confidence=0.9,
        )

    given = (
        piece("It is late,", "the mayor", "said", 0),
        piece("It is dark.", "the mayor", "said", 0),
        piece("frost", "Nora Lund", "called", 1),
        piece("snow", "Nils Testmann", "called", 1),
        piece("ice", None, "called", 1),
    )
    quotes = attribute(doc, syntax, given, find_actors(doc, syntax, knowledge), ())
    assert [quote.group for quote in quotes] == [0, 0, 1, 2, 1]
    assert quotes[0].speaker_actor_id == quotes[1].speaker_actor_id


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Harbour Cricket Board met.", "HCB", "Harbour Cricket Board"),
        ("Harbour Gas & Electric Corp. said little.", "HG&E", "Harbour Gas & Electric Corp"),
        ("", "Actress Nora Testmann", "Nora Testmann"),
    ],
)
def test_letters_that_spell_a_body_name_it_and_a_title_is_no_part_of_a_name(resolve, before, source, name):
    given = [("little", "Harbour Gas & Electric Corp", "said", None)] if "little" in before else []
    given.append(("It is late,", source, "said.", None))
    cast, quotes = resolve(f"{before} “It is late,” {source} said.", given)
    assert cast[quotes[-1].speaker_actor_id].name == name


def test_the_lawmaker_is_the_senator_without_a_name_who_was_described_before(resolve):
    text = "“It is late,” said a Democratic senator.\n\nDebbie Wasserman Schultz left. “It is dark,” the lawmaker said."
    given = [("It is late,", "a Democratic senator", "said", None), ("It is dark,", "the lawmaker", "said.", None)]
    cast, quotes = resolve(text, given)
    assert [cast[quote.speaker_actor_id].name for quote in quotes] == ["Democratic senator"] * 2


def test_the_newspaper_is_no_agency_and_an_aid_group_no_militants(resolve):
    text = (
        "The Washington Post wrote. The Associated Press said little. The newspaper said it was late.\n\n"
        "Islamic State killed. The humanitarian aid group said it was dark."
    )
    given = [
        ("it was late", "The newspaper", "said it", None),
        ("it was dark", "The humanitarian aid group", "said it", None),
    ]
    cast, quotes = resolve(text, given)
    names = [cast[quote.speaker_actor_id].name for quote in quotes]
    assert names == ["The Washington Post", "humanitarian aid group"]


def test_joint_speakers_keep_their_description(resolve):
    text = (
        "“It is late,” said Nora Lund and Nils Testmann. “It is dark,” the researchers wrote.\n\nIt rained.\n\n"
        "It snowed.\n\n“It is cold,” the researchers added."
    )
    again = (text.rindex("the researchers"), text.rindex("the researchers") + len("the researchers"))
    given = [
        ("It is late,", "Nora Lund and Nils Testmann", "said", None),
        ("It is dark,", "the researchers", "wrote", None),
        ("It is cold,", again, "added", None),
    ]
    cast, quotes = resolve(text, given)
    assert {cast[quote.speaker_actor_id].name for quote in quotes} == {"Nora Lund"}


def test_whom_an_act_of_the_speaker_falls_on_is_somebody_else(resolve):
    rain = "It rained in the harbour, and the wind blew from the sea. " * 4
    text = f"Linda Brown came to the harbour. {rain}\n\nDescribing Ms. Nora Lund as a hero, she said it was late."
    cast, [quote] = resolve(text, [("it was late", "she", "said", None)])
    assert cast[quote.speaker_actor_id].name == "Linda Brown"


def test_the_subject_right_before_goes_before_who_spoke_a_while_ago(resolve):
    rain = "It rained in the harbour, and the wind blew from the sea. " * 6
    text = f"Nils Testmann said that it was cold. {rain}Sven Dahl knew the town. He said it was late."
    given = [("it was cold", "Nils Testmann", "said", None), ("it was late", "He", "said it", None)]
    cast, quotes = resolve(text, given)
    assert cast[quotes[1].speaker_actor_id].name == "Sven Dahl"
