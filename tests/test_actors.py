"""Actors, their mentions, and who a phrase refers to."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc

from onrecord.annotate.actors import find_actors
from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.reference import refer
from onrecord.annotate.actors.references import resolve
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.document import Actor, Document, Publication
from onrecord.knowledge.words import local_id

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def cast_of(nlp, knowledge):
    """The cast of a text whose paragraphs are split by blank lines."""

    def build(text: str, **given) -> Cast:
        doc = Document(article_id="a", source_file="a.txt", source_sha256="0" * 64, text=text, **given)
        pieces = [part + "\n\n" for part in text.split("\n\n")]
        pieces[-1] = pieces[-1].removesuffix("\n\n")
        syntax = Doc.from_docs(list(nlp.pipe(pieces)), ensure_whitespace=False)
        assert syntax.text == text
        return find_actors(doc, syntax, knowledge)

    return build


def forms(cast: Cast) -> list[tuple[str, str, str]]:
    """(text, name, form) of each mention."""
    text = cast.doc.text
    return [(text[m.start : m.end], cast[m.actor_id].name, m.form) for m in cast.mentions()]


def named_with_type(cast: Cast) -> list[tuple[str, str, str]]:
    """(text, name, type) of each mention."""
    text = cast.doc.text
    return [(text[m.start : m.end], cast[m.actor_id].name, cast[m.actor_id].type) for m in cast.mentions()]


def resolved(cast: Cast, phrase: str) -> list[str]:
    """Names of the actors that the last occurrence of `phrase` refers to."""
    start = cast.doc.text.rindex(phrase)
    return [reference.actor.name for reference in resolve(cast, start, start + len(phrase))]


def span_of(cast: Cast, phrase: str) -> tuple[int, int]:
    """Where the last occurrence of `phrase` stands, characters, end exclusive."""
    start = cast.doc.text.rindex(phrase)
    return start, start + len(phrase)


def described(cast: Cast, start: int, end: int) -> str:
    """The id of the actor that text[start:end] describes, recorded as a row that uses it would."""
    reference = unnamed(cast, start, end)
    cast.record(reference)
    return reference.actor_id


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The United States rejected it.", ("United States", "United States", "name")),
        ("The US rejected it.", ("US", "United States", "acronym")),
        ("Moscow rejected it.", ("Moscow", "Russia", "metonym")),
        ("North Koreans rejected it.", ("North Koreans", "North Korea", "demonym")),
        ("The IAEA rejected it.", ("IAEA", "International Atomic Energy Agency", "acronym")),
        ("China's Foreign Ministry rejected it.", ("China's Foreign Ministry", "Foreign Ministry of China", "name")),
        (
            "The Chinese Foreign Ministry rejected it.",
            ("Chinese Foreign Ministry", "Foreign Ministry of China", "name"),
        ),
        ("The Kim Jong Un regime rejected it.", ("Kim Jong Un regime", "North Korea", "name")),
        ("Mr. Putin's government rejected it.", ("Putin's government", "Russia", "metonym")),
    ],
)
def test_states_and_bodies_are_found_with_the_form_of_the_mention(text, mention, cast_of):
    assert mention in forms(cast_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "They met in Beijing on Monday.",
        "The delegation flew to Moscow.",
        "A ship sank in the South China Sea.",
        "The Panama-flagged ship sank.",
        "She wrote it in Washington, D.C. and left.",
    ],
)
def test_a_place_or_a_flag_is_no_actor(text, cast_of):
    assert forms(cast_of(text)) == []


@pytest.mark.parametrize(
    ("text", "name", "role", "country"),
    [
        ("Secretary of State Mike Pompeo spoke.", "Mike Pompeo", "Secretary of State", "USA"),
        ("Russia’s veteran Foreign Minister Sergei Lavrov spoke.", "Sergei Lavrov", "veteran Foreign Minister", "RUS"),
        ("Aids to Norwegian Trade Minister Ola Testmann spoke.", "Ola Testmann", "Trade Minister", "NOR"),
        ("Ola Testmann, a spokesman for the port, spoke.", "Ola Testmann", "spokesman for the port", None),
        ("Pentagon spokeswoman Ann Testwoman spoke.", "Ann Testwoman", "Pentagon spokeswoman", "USA"),
        ("They met pro-Beijing chief executive Ann Testwoman.", "Ann Testwoman", "chief executive", None),
        ("Economist Ola Testmann spoke.", "Ola Testmann", "Economist", None),
    ],
)
def test_a_role_printed_with_a_name_is_kept_and_tells_the_country(text, name, role, country, cast_of):
    cast = cast_of(text)
    actor = next(actor for actor in cast.actors() if actor.name == name)
    assert (role in actor.roles, actor.country, actor.type) == (True, country, "person")


def test_a_surname_means_the_person_named_in_full_before(cast_of):
    cast = cast_of("Ola Testmann, a trader, left. Testmann was tired.")
    assert [form for _, name, form in forms(cast) if name == "Ola Testmann"] == ["name", "role", "surname"]


def test_a_chinese_or_korean_name_is_taken_up_by_its_first_word(cast_of):
    cast = cast_of("Kim Jong Un met Geng Shuang. Kim smiled. Geng left.")
    assert [name for _, name, form in forms(cast) if form == "surname"] == ["Kim Jong Un", "Geng Shuang"]


def test_a_son_is_not_his_father(cast_of):
    names = {actor.name for actor in cast_of("Donald Trump Jr. met the lawyer in June.").actors()}
    assert "Donald Trump" not in names


def test_one_person_has_one_id_in_every_spelling_and_article(cast_of):
    one = {a.actor_id for a in cast_of("Kim Jong-un agreed.").actors() if a.type == "person"}
    other = {a.actor_id for a in cast_of("North Korean leader Kim Jong Un agreed.").actors() if a.type == "person"}
    assert one == other == {"wd:Q56226"}


def test_a_leader_is_linked_by_surname_alone_if_it_is_rare(cast_of):
    assert [a.name for a in cast_of("Critics of Putin were arrested.").actors()] == ["Vladimir Putin"]
    assert cast_of("Critics of Johnson were arrested.").actors() == ()


def test_an_author_is_no_actor_of_the_article(cast_of):
    cast = cast_of("Ola Testmann reports from the port.", authors=("Ola Testmann",))
    assert cast.actors() == ()


def test_an_acronym_in_brackets_stands_for_the_name_before_it(cast_of):
    cast = cast_of("The Institute for Harbour Studies (IHS) warned. Later IHS agreed.")
    assert [text for text, name, _ in forms(cast) if name == "Institute for Harbour Studies"][-1] == "IHS"


@pytest.mark.parametrize(
    ("body", "short"),
    [("Human Rights Watch", "US"), ("Transparency International", "UK"), ("Human Rights Watch", "U.S.")],
)
def test_a_country_in_brackets_is_where_a_body_is_and_not_its_short_name(body, short, cast_of):
    cast = cast_of(f"{body} ({short}) objected. The {short} left the treaty.")
    assert body not in resolved(cast, f"The {short}")
    assert resolved(cast, f"The {short}")


def test_the_north_is_a_state_only_in_an_article_about_korea(cast_of):
    assert ("the North", "North Korea", "metonym") in forms(cast_of("North Korea agreed. They thanked the North."))
    assert forms(cast_of("Storms hit the North.")) == []


def test_a_body_brings_its_parent_along(cast_of):
    ids = [actor.actor_id for actor in cast_of("The UN Security Council met.").actors()]
    assert ids == ["org:un", "org:un-security-council"]


MEETING = (
    "Chinese Foreign Minister Wang Yi met U.S. Secretary of State Mike Pompeo and Nikki Haley on Monday.\n\n"
    "North Korea and Russia stayed away. The Security Council met, too.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "phrase", "names"),
    [
        ("China and Russia objected.", "China and Russia", ["China", "Russia"]),
        ("Both Moscow and Beijing objected.", "Both Moscow and Beijing", ["Russia", "China"]),
        ("Chinese delegate Wang Yi objected.", "Chinese delegate Wang Yi", ["Wang Yi"]),
        ("China's foreign minister objected.", "China's foreign minister", ["Wang Yi"]),
        ("The secretary of state objected.", "The secretary of state", ["Mike Pompeo"]),
        ("The council objected.", "The council", ["UN Security Council"]),
        ("Pompeo left after he spoke.", "he", ["Mike Pompeo"]),
        ("Haley left after she spoke.", "she", ["Nikki Haley"]),
        ("Pyongyang said it was ready.", "it", ["North Korea"]),
        ("Haley, who spoke, objected.", "who", ["Nikki Haley"]),
        (
            "Ola Testmann, a spokesman for the port, objected.",
            "Ola Testmann, a spokesman for the port",
            ["Ola Testmann"],
        ),
        ("China's Foreign Ministry objected.", "China's Foreign Ministry", ["Foreign Ministry of China"]),
        ("A senior official objected.", "A senior official", []),
        ("Analysts objected.", "Analysts", []),
    ],
)
def test_a_phrase_refers_to_actors_of_the_article(sentence, phrase, names, cast_of):
    assert resolved(cast_of(MEETING + sentence), phrase) == names


@pytest.mark.parametrize(
    ("other", "office", "holders"),
    [
        ("Robin Fakeman, an adviser to the prime minister", "The prime minister", ["Theresa May"]),
        ("Robin Fakeman, a spokesman for the prime minister", "The prime minister", ["Theresa May"]),
        ("Robin Fakeman, the mayor's chief of staff", "The mayor", []),
        ("Robin Fakeman, an adviser to the prime minister", "The adviser", ["Robin Fakeman"]),
    ],
)
def test_whoever_works_for_an_office_does_not_hold_it(other, office, holders, cast_of):
    cast = cast_of(f"Prime Minister Theresa May objected. {other}, said that dues rose. {office} said that they fell.")
    assert resolved(cast, office) == holders


def test_an_official_of_the_lead_is_the_one_named_next_with_such_a_role(cast_of):
    cast = cast_of(
        "A Pentagon official urged calm.\n\n"
        "“Stay calm,” said Randall Schriver, an assistant secretary of defense, on Monday."
    )
    assert resolved(cast, "A Pentagon official") == ["Randall Schriver"]


@pytest.mark.parametrize(
    ("behind", "named"), [("", ["Nora Testmann"]), (" Another, federal judge Karl Weber, agreed.", [])]
)
def test_a_judge_of_the_lead_is_the_only_one_named_next(cast_of, behind, named):
    text = f"An elderly judge closed the harbour.\n\nCounty Judge Nora Testmann read out a paper.{behind}"
    assert resolved(cast_of(text), "An elderly judge") == named


def test_a_former_president_is_not_the_one_in_office(cast_of):
    cast = cast_of(
        "Barack Obama signed it. Hassan Rouhani agreed. Donald Trump left it. The former U.S. president sighed."
    )
    assert resolved(cast, "The former U.S. president") in (["Barack Obama"], [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FBI Director Comey testified.", "James Comey"),
        ("Secretary Pompeo testified.", "Mike Pompeo"),
        ("Robert S. Mueller and Bob Mueller testified.", "Robert Mueller"),
    ],
)
def test_a_partial_name_is_linked_where_office_or_first_name_agree(text, name, cast_of):
    assert {actor.name for actor in cast_of(text).actors() if actor.type == "person"} == {name}


def test_the_first_word_of_a_company_is_no_part_of_another_name(cast_of):
    cast = cast_of(
        "General Electric cut jobs. The head of Dollar General did not. Mr. Fakeman of Legal & General left."
    )
    electric = [m for m in cast.mentions() if cast[m.actor_id].name == "General Electric"]
    assert [cast.doc.text[m.start : m.end] for m in electric] == ["General Electric"]
    cast = cast_of("Lockheed Martin cut jobs on Monday. The unions met. Lockheed said that it would go on.")
    assert resolved(cast, "Lockheed") == ["Lockheed Martin"]


def test_a_first_name_is_whose_it_was_so_far(cast_of):
    text = "Angela Fakewoman came. " + "Angela Fakewoman ate. " * 4 + "Angela Moore came once. Then, Angela was tired."
    assert resolved(cast_of(text), "Angela") == ["Angela Fakewoman"]


def test_the_article_may_define_an_acronym_anew(cast_of):
    cast = cast_of("The Congressional Progressive Caucus (CPC) voted. The CPC won.")
    assert "Chinese Communist Party" not in {actor.name for actor in cast.actors()}


@pytest.mark.parametrize("text", ["South Korea's ruling Democratic Party won.", "The Russian Security Council met."])
def test_a_body_of_another_state_is_not_its_namesake(text, cast_of):
    assert {actor.type for actor in cast_of(text).actors()} <= {"state"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Imperial College London said that it was late.", "Imperial College London", None),
        ("Families USA said that the bill was bad.", "Families USA", "USA"),
        ("Bank Negara Malaysia said that it would wait.", "Bank Negara Malaysia", "MYS"),
    ],
)
def test_a_state_or_capital_that_ends_a_name_is_not_meant(text, name, country, cast_of):
    cast = cast_of(text)
    assert "state" not in {actor.type for actor in cast.actors()}
    actor = cast[described(cast, 0, len(name))]
    assert (actor.name, actor.type, actor.country) == (name, "organization", country)


def test_a_namesake_from_another_country_is_not_linked(cast_of):
    cast = cast_of("Australian economist John Kelly disagreed.")
    assert [(actor.name, actor.link_method, actor.country) for actor in cast.actors()] == [
        ("John Kelly", "name", "AUS")
    ]


def test_a_spokesman_without_a_name_belongs_to_his_ministry(cast_of):
    text = "A Chinese Foreign Ministry spokesman declined to comment."
    cast = cast_of(text)
    actor = cast[described(cast, 0, text.index(" declined"))]
    assert (actor.parent_actor_id, actor.country) == ("org:foreign-ministry-of-china", "CHN")


def test_a_statement_is_its_issuers(cast_of):
    cast = cast_of("North Korea rejected the talks. The statement called them a trick.")
    assert resolved(cast, "The statement") == ["North Korea"]


def test_asking_records_nothing(cast_of):
    text = "Nikki Haley left after she spoke. A local farmer, the ambassador and Chinese officials did not, they said."
    cast = cast_of(text)
    before = cast.actors(), cast.mentions()
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1, 7):
            resolve(cast, start, end)
            unnamed(cast, start, end)
    assert (cast.actors(), cast.mentions()) == before


def test_a_resolved_pronoun_is_a_mention_once_it_is_recorded(cast_of):
    cast = cast_of("Nikki Haley left after she spoke.")
    at = cast.doc.text.index("she")
    (reference,) = resolve(cast, at, at + len("she"))
    assert "pronoun" not in {form for _, _, form in forms(cast)}
    cast.record(reference)
    assert ("she", "Nikki Haley", "pronoun") in forms(cast)


def test_a_source_that_is_a_name_already_read_is_whom_that_names(cast_of):
    """Also where the tagger takes the next word for a noun that the name belongs to."""
    cast = cast_of("The Government Accountability Office (GAO) met. As the GAO notes, staff were warned.")
    start = cast.doc.text.rindex("the GAO")
    assert described(cast, start, start + len("the GAO")) == "org:gao"


def test_the_last_words_for_an_actor_that_a_row_names_are_not_given_to_another(cast_of):
    cast = cast_of("A farmer met Nikki Haley before she left.")
    she = span_of(cast, "she")
    farmer = described(cast, *span_of(cast, "A farmer"))
    (haley,) = (actor for actor in cast.actors() if actor.name == "Nikki Haley")
    assert cast.record(refer(cast[farmer], *she, "pronoun"))
    assert cast.record(replace(refer(haley, *she, "pronoun"), overrides=True))
    assert ("she", "Nikki Haley", "pronoun") in forms(cast)  # the farmer has other words

    voter = Actor(actor_id="x:voter", name="voter", type="person", link_method="unnamed")
    met = span_of(cast, "met")
    assert cast.record(refer(voter, *met, "role"))
    assert cast.record(replace(refer(haley, *met, "pronoun"), overrides=True))
    assert ("met", "voter", "role") in forms(cast)


def test_an_actor_whose_only_words_are_taken_is_not_recorded(cast_of):
    cast = cast_of("France met Nikki Haley.")
    voter = Actor(actor_id="x:voter", name="voter", type="person", link_method="unnamed")
    assert not cast.record(refer(voter, *span_of(cast, "France"), "role"))
    assert voter.actor_id not in {actor.actor_id for actor in cast.actors()}
    assert cast.record(refer(voter, *span_of(cast, "met"), "role"))


def test_captions_tell_who_holds_an_office(cast_of):
    cast = cast_of("China’s Foreign Minister agreed.", captions=("Chinese Foreign Minister Wang Yi in New York.",))
    assert resolved(cast, "China’s Foreign Minister") == ["Wang Yi"]


@pytest.mark.parametrize(
    ("text", "phrase", "name", "kind"),
    [
        ("A senior official said so.", "A senior official", "senior official", "person"),
        ("Analysts said so.", "Analysts", "analysts", "group"),
        ("A state-owned bank said so.", "A state-owned bank", "state-owned bank", "organization"),
        ("The company said so.", "The company", "company", "organization"),
        ("The ministry said so.", "The ministry", "ministry", "organization"),
        ("Local police said so.", "Local police", "local police", "organization"),
        ("A think tank said so.", "A think tank", "think tank", "organization"),
        ("One of the banks said so.", "One of the banks", "One of the banks", "organization"),
        ("A company spokesman said so.", "A company spokesman", "company spokesman", "person"),
        ("Two banks said so.", "Two banks", "Two banks", "group"),
        ("A group of students said so.", "A group of students", "group of students", "group"),
        ("A majority of voters said so.", "A majority of voters", "majority of voters", "group"),
        ("The family said so.", "The family", "family", "group"),
        ("Two of the senators said so.", "Two of the senators", "Two of the senators", "group"),
        ("One of the senators said so.", "One of the senators", "One of the senators", "person"),
        ("Half of the officers said so.", "Half of the officers", "Half of the officers", "group"),
        ("The prosecution said so.", "The prosecution", "prosecution", "group"),
    ],
)
def test_an_unnamed_source_keeps_its_description(text, phrase, name, kind, cast_of):
    cast = cast_of(text)
    actor = cast[described(cast, 0, len(phrase))]
    assert (actor.name, actor.type, actor.link_method) == (name, kind, "unnamed")
    assert actor in cast.actors()


@pytest.mark.parametrize("reach", ["A trader\n\n", " A trader", "A trader\n\nThe port"])
def test_no_mention_ends_in_white_space_or_goes_on_in_the_next_paragraph(reach, cast_of):
    text = "The quay was empty – A trader\n\nThe port was closed."
    cast = cast_of(text)
    start = text.index(reach)
    first, again = described(cast, start, start + len(reach)), described(cast, start, start + len(reach))
    assert first == again
    assert [text[m.start : m.end] for m in cast.mentions() if m.actor_id == first] == ["A trader"]


def test_white_space_is_no_mention(cast_of):
    cast = cast_of("Russia agreed.\n\nChina did not.")
    cast.mention(14, 16, "state:RUS", "name")
    assert (14, 16) not in {(m.start, m.end) for m in cast.mentions()}


def test_an_unnamed_source_is_taken_up_within_the_article_and_never_across(cast_of, nlp, knowledge):
    text = "A customs official told us. The official was sure."
    cast = cast_of(text)
    first = described(cast, 0, len("A customs official"))
    at = text.index("The official")
    assert described(cast, at, at + len("The official")) == first
    other = Document(article_id="b", source_file="b.txt", source_sha256="0" * 64, text=text)
    again = find_actors(other, nlp(text), knowledge)
    assert described(again, 0, len("A customs official")) != first


def people(cast: Cast) -> dict[str, list[str]]:
    """Name of each person -> the texts that mention them."""
    found: dict[str, list[str]] = {}
    for text, name, _ in forms(cast):
        if any(actor.name == name and actor.type == "person" for actor in cast.actors()):
            found.setdefault(name, []).append(text)
    return found


def test_a_relative_named_in_full_does_not_take_the_surname_from_the_office_holder(cast_of):
    cast = cast_of("Trump spoke. President Trump left with Ivanka Trump. Trump was tired.")
    assert people(cast) == {"Donald Trump": ["Trump", "Trump", "Trump"], "Ivanka Trump": ["Ivanka Trump"]}


def test_an_honorific_tells_which_bearer_of_a_surname_is_meant(cast_of):
    cast = cast_of("Hillary Clinton met Bill Clinton. Mrs. Clinton spoke. Mr. Clinton left.")
    assert people(cast) == {
        "Hillary Clinton": ["Hillary Clinton", "Clinton"],
        "Bill Clinton": ["Bill Clinton", "Clinton"],
    }


def test_an_honorific_names_a_person_without_a_first_name_within_the_article_only(cast_of):
    cast = cast_of("Mrs. Testwoman met Mr. Fakeman.")
    other = find_actors(replace(cast.doc, article_id="b"), cast.syntax, cast.knowledge)
    assert people(cast) == people(other) == {"Testwoman": ["Testwoman"], "Fakeman": ["Fakeman"]}
    assert not {actor.actor_id for actor in cast.actors()} & {actor.actor_id for actor in other.actors()}


@pytest.mark.parametrize(("pronoun", "name"), [("she", "Testwoman"), ("he", "Fakeman")])
def test_a_pronoun_agrees_with_the_honorific(pronoun, name, cast_of):
    cast = cast_of(f"Mrs. Testwoman met Mr. Fakeman on Monday, and {pronoun} left.")
    at = cast.doc.text.index(f"{pronoun} left")
    assert [reference.actor.name for reference in resolve(cast, at, at + len(pronoun))] == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mick Mulvaney spoke. Said Mulvaney, “That is fine.”", {"Mick Mulvaney"}),
        ("“That is fine.” Added U.S. Rep. Ola Testmann.", {"Ola Testmann"}),
        ("Said Jalili, the negotiator, left.", {"Said Jalili"}),
        ("Team Testmann let it be known that Rocket Man left.", set()),
        ("Battleground Texas won. Texas cheered.", set()),
        ("Harbour News Senior Producer Ola Testmann left.", {"Ola Testmann"}),
    ],
)
def test_verbs_sides_and_nicknames_are_no_part_of_a_name(text, names, cast_of):
    assert set(people(cast_of(text))) == names


def test_the_subject_of_a_clause_after_a_name_is_no_role_of_it(cast_of):
    cast = cast_of("Asked by Ola Testmann, the president said no.")
    assert next(actor for actor in cast.actors() if actor.name == "Ola Testmann").roles == ()


@pytest.mark.parametrize(
    ("before", "holder"),
    [
        ("President Barack Obama met Vice President Joseph Biden.", ["Barack Obama"]),
        ("President Obama was there, and Joe Biden came later.", ["Barack Obama"]),
        ("Vice President Ola Testmann spoke.", []),
        ("Former President George H.W. Bush spoke.", []),
        ("President Trump spoke of the former president, George H.W. Bush.", ["Donald Trump"]),
        ("Ola Testmann, the president of Norway, and his deputy prime minister spoke.", ["Ola Testmann"]),
    ],
)
def test_the_president_is_who_holds_the_office(before, holder, cast_of):
    assert resolved(cast_of(before + "\n\nOn Monday the president agreed."), "the president") == holder


def test_a_deputy_is_not_the_minister(cast_of):
    cast = cast_of("Deputy Prime Minister Ola Testmann spoke.\n\nOn Monday the prime minister agreed.")
    assert resolved(cast, "the prime minister") == []


def test_the_holder_at_the_date_of_the_article_is_meant(cast_of):
    published = Publication(day=date(2013, 9, 30), earliest=date(2013, 9, 30), latest=date(2013, 9, 30))
    text = "Joe Biden and Barack Obama met Donald Trump.\n\nOn Monday the president agreed."
    assert resolved(cast_of(text, published=published), "the president") == ["Barack Obama"]


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ("The official", True),
        ("The White House official", True),
        ("The senior official", True),
        ("The Chinese official", False),
        ("The customs official", False),
    ],
)
def test_a_later_description_is_the_same_source_only_if_what_it_adds_agrees(second, same, cast_of):
    first = "A White House official"
    cast = cast_of(f"{first} told us. {second} was sure.")
    at = cast.doc.text.index(second)
    assert (described(cast, 0, len(first)) == described(cast, at, at + len(second))) is same


@pytest.mark.parametrize(
    ("text", "state", "body"),
    [
        ("Oxfam America was sure.", "United States", "Oxfam"),
        ("Save the Children Norway was sure.", "Norway", "Save the Children"),
        ("Prices rose, said the Statistical Center of Peru.", "Peru", "Statistical Center of Peru"),
        ("The Central Bank of Iran was sure.", "Iran", "Central Bank of Iran"),
    ],
)
def test_a_state_inside_a_longer_name_is_not_the_state(text, state, body, cast_of):
    names = {actor.name for actor in cast_of(text).actors()}
    assert (state in names, body in names) == (False, True)


def test_a_person_has_one_id_wherever_in_the_article_the_country_stands(cast_of):
    one = cast_of("Norwegian Trade Minister Ola Testmann spoke.")
    other = cast_of("Ola Testmann arrived. Norwegian Trade Minister Ola Testmann spoke.")
    assert people(one).keys() == people(other).keys()
    assert {a.actor_id for a in one.actors() if a.type == "person"} == {
        a.actor_id for a in other.actors() if a.type == "person"
    }


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_mentions_of_a_seed_are_valid_ordered_and_distinct(path, cast_of):
    cast = cast_of(path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    spans = [(m.start, m.end) for m in cast.mentions()]
    assert spans == sorted(set(spans))
    assert all(0 <= start < end <= len(cast.doc.text) for start, end in spans)
    assert {m.actor_id for m in cast.mentions()} <= {a.actor_id for a in cast.actors()}
    assert [a.actor_id for a in cast.actors()] == sorted(a.actor_id for a in cast.actors())
    parents = {a.parent_actor_id for a in cast.actors()} - {None}
    assert parents <= {a.actor_id for a in cast.actors()}


def test_the_seeds_agree_on_who_is_who(cast_of):
    everyone: dict[str, str] = {}
    for path in sorted(SEEDS.glob("*.txt")):
        for actor in cast_of(path.read_text(encoding="utf-8").replace("\r\n", "\n")).actors():
            assert everyone.setdefault(actor.actor_id, actor.name) == actor.name
    assert {"state:PRK", "wd:Q56226", "org:un-security-council", "org:reuters"} <= set(everyone)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "’s", "the " * 500, "A" * 3000, "((((" * 500, "President " * 400, "\u0000 \ud7ff"]
)
def test_odd_text_raises_nothing(text, cast_of):
    cast = cast_of(text)
    resolve(cast, 0, len(text))
    assert isinstance(cast.actors(), tuple)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Without Putin, the talks will fail, Moscow said.", {"Vladimir Putin"}),
        ("Regarding Putin, the Kremlin kept silent.", {"Vladimir Putin"}),
        ("Near Palmyra, two strikes hit a convoy. Ann Smith saw them.", {"Ann Smith"}),
    ],
)
def test_a_word_with_the_capital_of_the_sentence_is_no_first_name(text, named, cast_of):
    assert {actor.name for actor in cast_of(text).people()} <= named


def test_a_title_of_somebody_known_beats_a_namesake_of_the_article(cast_of):
    text = "Michelle Obama spoke in Chicago.\n\nPresident Obama had said that in January. President Obama left."
    names = {cast_of(text)[m.actor_id].name for m in cast_of(text).mentions() if m.role == "President"}
    assert names == {"Barack Obama"}


def test_of_two_known_people_of_one_name_the_one_whose_office_is_printed_is_meant(cast_of):
    text = "Bill Clinton met Hillary Clinton in Geneva.\n\nSecretary of State Clinton said that she would go."
    assert ("Clinton", "Hillary Clinton", "surname") in forms(cast_of(text))


@pytest.mark.parametrize(
    ("text", "is_country"),
    [
        ("Georgia and Armenia signed a treaty in Tbilisi.", True),
        ("Georgia rejected the treaty.", True),
        ("Republicans in Georgia rejected the bill, and Atlanta protested.", False),
        ("The Georgia governor rejected the bill.", False),
    ],
)
def test_georgia_is_the_country_unless_the_article_is_about_american_politics(text, is_country, cast_of):
    assert ("state:GEO" in cast_of(text)) == is_country


def test_the_kingdom_is_a_monarchy(cast_of):
    text = "Venezuela sold oil to Saudi Arabia.\n\nVenezuela said that the kingdom had paid."
    assert resolved(cast_of(text), "the kingdom") == ["Saudi Arabia"]


def test_a_short_name_leaves_out_the_state_of_a_body(cast_of):
    text = "South Korea's Joint Chiefs of Staff reported two launches.\n\nThe JCS said that they flew far."
    assert ("JCS", "South Korean Joint Chiefs of Staff", "acronym") in forms(cast_of(text))


def test_a_government_named_by_its_adjective_is_the_state(cast_of):
    assert ("Iraqi government", "Iraq", "name") in forms(cast_of("The Iraqi government rejected it."))


def test_another_paper_is_not_the_one_named_before(cast_of):
    assert (
        resolved(cast_of("Fox News reported it first. The Oregonian newspaper followed."), "The Oregonian newspaper")
        == []
    )


def test_the_body_after_its_description_is_meant_by_both(cast_of):
    text = "Ford cut jobs. Another automaker, General Motors, said that it would follow."
    assert resolved(cast_of(text), "Another automaker, General Motors") == ["General Motors"]


def test_a_surname_with_a_title_only_is_nobody_of_another_article(cast_of):
    cast = cast_of("The officer spoke. Officer Quillington said that he saw it.")
    assert local_id("person", "quillington", "") not in cast


def test_a_body_may_have_state_in_its_name(cast_of):
    assert "Iowa State University" in {m[0] for m in forms(cast_of("Ann Smith studies law at Iowa State University."))}


def test_an_article_about_a_relative_of_a_president_means_that_one_by_the_surname(cast_of):
    text = (
        "Hillary Clinton spoke first. Bill Clinton listened.\n\nHillary Clinton asked for votes. "
        "Secretary of State Clinton went on.\n\nThen Clinton left."
    )
    last = max(cast_of(text).mentions(), key=lambda m: m.start)
    assert cast_of(text)[last.actor_id].name == "Hillary Clinton"


@pytest.mark.parametrize(
    ("title", "day", "name"),
    [
        ("Hillary Clinton opens her campaign", None, "Hillary Clinton"),
        ("Bill Clinton opens the library", None, "Bill Clinton"),
        ("Hillary Clinton visits a school", date(1997, 5, 1), "Bill Clinton"),  # he is in office
    ],
)
def test_the_headline_tells_whose_surname_it_is_unless_one_bearer_is_in_power(cast_of, title, day, name):
    text = "Hillary Clinton spoke first. Bill Clinton listened.\n\nThen Clinton left."
    cast = cast_of(text, title=title, published=Publication(day=day, basis="given" if day else "unknown"))
    last = max(cast.mentions(), key=lambda m: m.start)
    assert cast[last.actor_id].name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Trump Republicans rejected it.", "Trump Republicans"),
        ("The U.S. Senate voted after the attack on the USS Cole.", "USS"),
    ],
)
def test_partisans_and_chance_initials_are_no_actors(text, name, cast_of):
    assert name not in {text for text, *_ in forms(cast_of(text))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He praised the chip maker Harbourtech on Monday.", "Harbourtech"),
        ("He praised a retailer, Harbourtech, on Monday.", "Harbourtech"),
        ("Harbourtech, a consulting firm, was founded in May.", "Harbourtech"),
        ("Harbourtech chief executive Ola Testmann left the firm.", "Harbourtech"),
        ("Analysts at Harbourtech expect a loss.", "Harbourtech"),
        ("The Florida Department of Law Enforcement keeps the records.", "Florida Department of Law Enforcement"),
        ("He studied at Damascus University for years.", "Damascus University"),
        ("He was assigned to 2nd Battalion, 5th Special Forces Group.", "5th Special Forces Group"),
        ("They serve AT&T and its workers.", "AT&T"),
    ],
)
def test_a_name_is_that_of_a_body_by_its_own_words_or_those_around_it(text, name, cast_of):
    assert (name, name, "organization") in named_with_type(cast_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "He gave his last State of the Union address.",
        "They met in the Oval Office on Monday.",
        "He condemned Obamacare on Monday.",
        "The Harbour Reform Act passed.",
    ],
)
def test_a_law_a_room_or_a_speech_is_no_body(text, cast_of):
    assert [mention for mention in named_with_type(cast_of(text)) if mention[2] == "organization"] == []


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("Brumel Group lost money. Analysts said Brumel was late.", "Brumel", "Brumel Group"),
        ("The Harbour Commission met. Later the Commission left.", "Commission", "Harbour Commission"),
        ("The consulting firm Harbourtech grew. Nobody likes Harbourtech.", "Harbourtech", "Harbourtech"),
    ],
)
def test_a_body_is_found_again_by_its_name_or_a_short_form(text, short, name, cast_of):
    found = [mention for mention, actor, _ in named_with_type(cast_of(text)) if actor == name]
    assert (found[-1], len(found)) == (short, 2)


def test_a_longer_name_is_another_body_than_the_one_inside(cast_of):
    assert [name for _, name, _ in forms(cast_of("The UN Board of Inquiry met."))] == ["UN Board of Inquiry"]
    assert [name for _, name, _ in forms(cast_of("Reuters news agency met him."))] == ["Reuters"]


def test_an_office_printed_beside_a_name_refers_to_its_bearer(cast_of):
    cast = cast_of("Harbour Lines chief executive Ola Testmann met Peter Proband, a spokesman for the port.")
    assert [(text, name) for text, name, form in forms(cast) if form == "role"] == [
        ("Harbour Lines chief executive", "Ola Testmann"),
        ("a spokesman for the port", "Peter Proband"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They praised right-wing columnist Ola Testmann.",
        "President Testmann left. Ola Testmann, a trader in Rome, stayed.",
    ],
)
def test_a_title_of_one_word_or_half_an_office_is_no_mention(text, cast_of):
    roles = [text for text, _, form in forms(cast_of(text)) if form == "role"]
    assert {"wing columnist", "President"}.isdisjoint(roles)


def test_the_employee_of_a_company_has_not_its_country(cast_of):
    cast = cast_of("Nokia economist Ola Testmann left.")
    assert [actor.country for actor in cast.actors() if actor.type == "person"] == [None]


def test_a_named_source_is_no_unnamed_one(cast_of):
    cast = cast_of("Citizens for Tax Reform said the port was closed.")
    phrase = "Citizens for Tax Reform"
    actor = cast[described(cast, 0, len(phrase))]
    assert (actor.name, actor.type, actor.link_method) == (phrase, "organization", "name")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sen. Bernard Sanders spoke. Mr. Sanders left.", "Bernie Sanders"),
        ("Eric H. Holder Jr. resigned. Mr. Holder smiled.", "Eric Holder"),
        ("Kevin Owen McCarthy lost.", "Kevin McCarthy"),
        ("Hilary Clinton spoke.", "Hillary Clinton"),
        ("Senator Lindsay Graham spoke.", "Lindsey Graham"),
        ("Beto O’Rourke spoke. O'Rourke smiled. Rep. O’Rourke left.", "Beto O'Rourke"),
        ("Mr. Romney won Iowa. Then Romney left.", "Mitt Romney"),
    ],
)
def test_a_short_form_a_middle_name_or_a_misspelling_is_the_same_known_person(text, name, cast_of):
    assert {actor.name for actor in cast_of(text).actors() if actor.type == "person"} == {name}


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("Mr. Geithner left.", date(2011, 5, 1), "Timothy Geithner"),  # in office
        ("Mr. Geithner left.", date(2003, 5, 1), "Geithner"),
        ("Mrs. Clinton left.", date(2014, 5, 1), "Hillary Clinton"),
        ("Mr. Clinton left.", date(2014, 5, 1), "Bill Clinton"),
        ("Mr. Romney left.", date(1999, 5, 1), "Romney"),
        ("Mr. Walker left.", date(2012, 5, 1), "Walker"),  # a name that many bear
    ],
)
def test_mister_and_a_surname_are_somebody_known_whose_office_falls_in_that_time(text, day, name, cast_of):
    cast = cast_of(text, published=Publication(day=day, basis="given"))
    assert [actor.name for actor in cast.actors()] == [name]


@pytest.mark.parametrize("name", ["Steve Miller", "Paula Ryan", "Richard Scott", "Eric Cantor Jr.", "Michelle Ryan"])
def test_a_name_that_only_resembles_that_of_somebody_known_is_not_linked(name, cast_of):
    assert [(a.name, a.link_method) for a in cast_of(f"{name} won the race.").actors()] == [(name, "name")]


def test_a_surname_is_whose_it_was_so_far_and_not_that_of_a_relative_named_once(cast_of):
    text = (
        "Peter Testmann lied. Testmann was jailed. Testmann paid. His wife Ola Testmann wept.\n\nThen Testmann left. "
        "Later Ola Testmann spoke."
    )
    cast = cast_of(text)
    assert {cast[m.actor_id].name for m in cast.mentions() if m.form == "surname"} == {"Peter Testmann"}


def test_a_surname_after_the_suffix_of_a_name_is_the_same_person(cast_of):
    assert {a.name for a in cast_of("Ann H. Quill Jr. resigned. Mr. Quill smiled.").actors()} == {"Ann H. Quill Jr."}


def test_an_administration_is_not_that_of_the_wife_who_is_named_in_full(cast_of):
    cast = cast_of("Michelle Obama planted a garden. The Obama administration and the Obama Administration agreed.")
    assert [name for _, name, _ in forms(cast)] == ["Michelle Obama", "Obama administration", "Obama administration"]


def test_a_medium_named_like_somebody_of_the_article_is_not_meant_by_the_surname(cast_of):
    cast = cast_of("Michael Bloomberg ran. Voters liked Bloomberg. He told Bloomberg News.")
    assert [name for _, name, _ in forms(cast)] == ["Michael Bloomberg", "Michael Bloomberg", "Bloomberg News"]
    assert [name for _, name, _ in forms(cast_of("He told Bloomberg on Monday."))] == ["Bloomberg News"]
    cast = cast_of("Michael Bloomberg ran. Ola Testmann told Bloomberg that prices fell.")
    assert [name for _, name, _ in forms(cast)] == ["Michael Bloomberg", "Ola Testmann", "Bloomberg News"]


def test_a_ship_is_not_whom_it_is_called_after_even_beside_him(cast_of):
    cast = cast_of("Ronald Reagan would have been proud. Sailors of the USS Ronald Reagan came home.")
    assert [(text, name) for text, name, _ in forms(cast) if "Reagan" in name] == [("Ronald Reagan", "Ronald Reagan")]


def test_a_numeral_behind_a_known_name_is_no_mark_of_a_son(cast_of):
    assert {name for _, name, _ in forms(cast_of("Robert S. Mueller III spoke. Mr. Mueller left."))} == {
        "Robert Mueller"
    }


def test_the_times_is_the_paper_named_before_else_nobody(cast_of):
    assert [name for _, name, _ in forms(cast_of("The Denver Post met him. The Post agreed."))] == ["Denver Post"] * 2
    assert [name for _, name, _ in forms(cast_of("The Post agreed, the Post's editor said."))] == []


@pytest.mark.parametrize(
    "text",
    [
        "The Electoral College met.",
        "Air Force One landed.",
        "The USS Ronald Reagan left.",
        "It is Gerald Ford High School.",
    ],
)
def test_a_procedure_a_plane_or_a_ship_is_no_actor(text, cast_of):
    assert cast_of(text).actors() == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Both Prime Minister Ola Testmann and her deputy left.", "Prime Minister"),
        ("Ola Testmann, president of the, left.", "president"),
        ("Did Prime Minister Ola Testmann leave?", "Prime Minister"),
        ("Not President Ola Testmann but her deputy left.", "President"),
    ],
)
def test_a_role_ends_where_its_words_do(text, role, cast_of):
    assert [actor.roles for actor in cast_of(text).actors() if actor.name == "Ola Testmann"] == [(role,)]


def test_a_company_named_in_full_keeps_its_short_name_beside_somebody_of_that_family(cast_of):
    cast = cast_of("Ford Motor Company chairman William Clay Ford Jr. spoke. Ford lost money. Mr. Ford smiled.")
    assert [(text, cast_type) for text, _, cast_type in named_with_type(cast) if text == "Ford"] == [
        ("Ford", "organization"),
        ("Ford", "person"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rosa Lindt-Varga ran. On Monday, Lindt-Varga won.", ("Lindt-Varga", "Rosa Lindt-Varga", "surname")),
        ("Rep. Ole T. King spoke. Mr. King left.", ("King", "Ole T. King", "surname")),
        ("Senator Peter Prince spoke. Later Prince left.", ("Prince", "Peter Prince", "surname")),
        ('“It is late.”\n\n"Testmann said no. Carol Testmann left.', ("Testmann", "Carol Testmann", "surname")),
        ("Among Orlin Testmann’s wishes was rain. Orlin Testmann left.", ("Orlin Testmann", "Orlin Testmann", "name")),
    ],
)
def test_a_name_is_read_whole_and_without_what_stands_before_it(cast_of, text, wanted):
    assert wanted in forms(cast_of(text))


@pytest.mark.parametrize("some", ["Many Swedes", "Most Swedes", "Half of the Swedes", "Young Swedes", "Two Swedes"])
def test_some_of_a_nation_are_not_their_state(cast_of, some):
    assert "Sweden" not in {name for _, name, _ in forms(cast_of(f"{some} want rain."))}


@pytest.mark.parametrize(
    "all_", ["The Swedes", "Both the Swedes and the bishops", "Even the Swedes", "Only the Swedes"]
)
def test_a_nation_acts_as_its_state(cast_of, all_):
    assert ("Sweden", "demonym") in {(name, form) for _, name, form in forms(cast_of(f"{all_} left the talks."))}


def test_two_people_joined_by_a_hyphen_are_two(cast_of):
    cast = cast_of("The Testmann-Lindt plan failed. Senator Ola Testmann and Senator Carol Lindt wrote it.")
    assert not [name for _, name, _ in forms(cast) if "-" in name]
