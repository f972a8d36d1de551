"""Proposals: what makes one, who makes it, of whom, when; and what is none."""

import pathlib

import pytest

from onrecord.annotate import annotate
from onrecord.annotate.actors import find_actors
from onrecord.annotate.dates import find_dates
from onrecord.annotate.proposals import find_proposals
from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.syntax.analysis import analyse
from onrecord.document import Document, Seed
from onrecord.parse import parse

ROOT = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def read(nlp, encoder, knowledge, codebook):
    """read(text) -> rows (type, content, proposers, targets) and the proposals themselves."""

    def run(text):
        doc = Document(article_id="t", source_file="t.txt", source_sha256="0" * 64, text=text)
        (syntax,) = analyse([doc], nlp)
        dates = find_dates(doc)
        cast = find_actors(doc, syntax, knowledge)
        quotes = attribute(doc, syntax, find_attributions(doc, syntax, encoder), cast, dates)
        return find_proposals(doc, syntax, cast, quotes, dates, codebook), cast

    return run


def test_a_headline_that_a_body_begins_with_names_actors_and_is_no_second_proposal(nlp, encoder, knowledge, codebook):
    title = "Russia calls for easing sanctions on North Korea"
    text = f"{title}\n\nRussia called on Monday for easing sanctions on North Korea."
    facts = {"title": title, "headline_end": len(title)}
    doc = Document(article_id="t", source_file="t.jsonl#1", source_sha256="0" * 64, text=text, **facts)
    (syntax,) = analyse([doc], nlp)
    found = annotate(doc, syntax, knowledge, codebook, encoder)
    assert {m.actor_id for m in found.mentions if m.end <= len(title)} == {"state:RUS", "state:PRK"}
    assert [p.issue_id for p in found.proposals] == ["ease-sanctions"]
    assert all(row.start > len(title) for row in (*found.proposals, *found.quotes))


@pytest.fixture(scope="module")
def rows(read):
    def run(text):
        proposals, cast = read(text)

        def names(proposal, role):
            return {cast[p.actor_id].name for p in proposal.parties if p.role == role}

        return [(p.type, text[p.start : p.end], names(p, "proposer"), names(p, "target")) for p in proposals]

    return run


US, IRAN, CHINA, RUSSIA, FRANCE = {"United States"}, {"Iran"}, {"China"}, {"Russia"}, {"France"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("France called for an end to the air strikes.", ("call_for", "an end to the air strikes", FRANCE, set())),
        ("France called on Iran to free the sailors.", ("call_for", "to free the sailors", FRANCE, IRAN)),
        ("France urged Iran to free the sailors.", ("urge", "to free the sailors", FRANCE, IRAN)),
        ("Iran was urged by France to free the sailors.", ("urge", "to free the sailors", FRANCE, IRAN)),
        ("France wants Iran to free the sailors.", ("call_for", "to free the sailors", FRANCE, IRAN)),
        ("France asked Iran to free the sailors.", ("request", "to free the sailors", FRANCE, IRAN)),
        (
            "France demanded that Iran free the sailors.",
            ("demand", "Iran free the sailors", FRANCE, IRAN),
        ),
        ("Iran offered to reopen the port.", ("offer", "to reopen the port", IRAN, set())),
        ("Iran is willing to reopen the port.", ("offer", "to reopen the port", IRAN, set())),
        ("Iran expressed willingness to reopen the port.", ("offer", "to reopen the port", IRAN, set())),
        ("The proposal was rejected by Iran.", ("reject", "The proposal", IRAN, set())),
        ("Iran turned down the French proposal.", ("reject", "the French proposal", IRAN, FRANCE)),
        ("Iran ruled out a new treaty.", ("reject", "a new treaty", IRAN, set())),
        ("Iran has no intention of signing the treaty.", ("reject", "signing the treaty", IRAN, set())),
        ("France does not support the new sanctions.", ("oppose", "the new sanctions", FRANCE, set())),
        ("Iran vowed to expand the port.", ("commit", "to expand the port", IRAN, set())),
        ("Iran threatened to close the strait.", ("threaten", "to close the strait", IRAN, set())),
        ("Iran warned it would close the strait.", ("threaten", "it would close the strait", IRAN, set())),
        ("France is considering new sanctions.", ("plan", "new sanctions", FRANCE, set())),
        ("France is opposed to the embargo.", ("oppose", "the embargo", FRANCE, set())),
        ("The US asked Iran to free the sailors.", ("request", "to free the sailors", US, IRAN)),
        ("The US is to send 900 troops to the Gulf.", ("plan", "to send 900 troops to the Gulf", US, set())),
        ("France gave Iran 60 days to free the sailors.", ("demand", "to free the sailors", FRANCE, IRAN)),
        ("France backed the plan to reopen the port.", ("support", "the plan to reopen the port", FRANCE, set())),
    ],
)
def test_an_explicit_cue_makes_a_proposal(rows, text, row):
    assert rows(text) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("France said the strikes must end.", ("demand", "the strikes must end", FRANCE, set())),
        ("France said Iran should open the port.", ("call_for", "Iran should open the port", FRANCE, IRAN)),
        ("“The strait must stay open,” France said.", ("demand", "The strait must stay open", FRANCE, set())),
        ("France said it will close the base.", ("commit", "it will close the base", FRANCE, set())),
        ("France said it would never leave the pact.", ("reject", "it would never leave the pact", FRANCE, set())),
        (
            "Iran said it would no longer have to obey the treaty if France leaves.",
            ("threaten", "it would no longer have to obey the treaty if France leaves", IRAN, FRANCE),
        ),
        (
            "France said the embargo could only be lifted by a vote.",
            ("demand", "the embargo could only be lifted by a vote", FRANCE, set()),
        ),
        ("Iran said it would retaliate if attacked.", ("threaten", "it would retaliate if attacked", IRAN, set())),
        (
            "Iran said it may halt the inspections if the vote fails.",
            ("threaten", "it may halt the inspections if the vote fails", IRAN, set()),
        ),
        (
            "Iran said it will only sign the treaty if the sanctions are lifted.",
            ("demand", "it will only sign the treaty if the sanctions are lifted", IRAN, set()),
        ),
        (
            "France said it would be premature to lift the sanctions.",
            ("oppose", "it would be premature to lift the sanctions", FRANCE, set()),
        ),
    ],
)
def test_what_somebody_says_must_or_will_happen_is_a_proposal(rows, text, row):
    assert rows(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "The strikes must end.",  # the author's own opinion
        "France opened the port on Monday.",
        "France said the strikes had ended.",
        "France said Iran should have opened the port.",
        "Did France call for an end to the strikes?",
        "France declined to comment on the treaty.",
        "France asked whether the port was open.",
        "The minister plans to visit Iran in May.",
        "If France calls for talks, they will come.",
        "France condemned the attack.",
        "France called him brave for refusing.",
        "Instead of calling for talks, France left.",
        "France should reject the treaty.",
        "France failed to support the treaty.",
        "France said it would be cold in May.",
        "“I must say it is cold,” the French minister said.",
        "France did not call for new sanctions.",
        "The report called for new sanctions.",
        "France asked where the troops should be placed.",
        "“Let us remember that the port is old,” France said.",
        "France said the port would need a new roof.",
        "France explained why Iran wants to keep the embargo.",
        "France would like to thank Iran for the treaty.",
    ],
)
def test_facts_questions_and_the_reporters_own_words_are_no_proposals(rows, text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "proposers"),
    [
        ("China and Russia called for talks.", CHINA | RUSSIA),
        ("France, which met Iran in May, called for talks.", FRANCE),
        ("France met Iran in May and called for talks.", FRANCE),
        ("France closed the port, calling for talks.", FRANCE),
        ("The French proposal to reopen the port failed.", FRANCE),
        ("Iran read the proposal by France to reopen the port.", FRANCE),
        ("Iran ignored France's demand that the ships be freed.", FRANCE),
        ("Iran ignored calls from Russia for a truce.", RUSSIA),
        ("Russia’s position is that the embargo must end.", RUSSIA),
        ("French and Russian officials rejected the treaty.", {"French and Russian officials"} | FRANCE | RUSSIA),
        ("The Americans rejected the treaty.", US),  # their government
    ],
)
def test_the_proposer_is_found_where_grammar_puts_it(rows, text, proposers):
    assert [row[2] for row in rows(text)] == [proposers]


def test_a_minister_speaks_for_the_state(rows):
    text = "Russia stayed away. Russian Foreign Minister Sergei Lavrov called for talks with Iran."
    assert [row[2] for row in rows(text)] == [{"Sergei Lavrov", "Russia"}]


def test_we_in_a_quotation_is_its_speaker(read):
    text = "“We call for an immediate truce,” Russian Foreign Minister Sergei Lavrov said on Monday."
    (proposal,), cast = read(text)
    assert cast[proposal.parties[0].actor_id].name == "Sergei Lavrov"
    assert proposal.quote is not None
    assert proposal.quote.kind == "direct"


def test_a_rejected_demand_is_also_the_demand_of_its_author(rows):
    text = "Iran rejected Russia's calls for a ceasefire in the city."
    assert [(row[0], row[2]) for row in rows(text)] == [("reject", IRAN), ("call_for", RUSSIA)]


def test_the_date_of_the_act_is_that_of_the_cue(read):
    text = "France proposed on Monday to hold the vote in June 2031."
    (proposal,), _ = read(text)
    assert text[proposal.date.start : proposal.date.end] == "Monday"


def test_a_condition_belongs_to_the_content(read):
    text = "Iran's calls for relief from the embargo in exchange for inspections were heard."
    (proposal,), _ = read(text)
    assert text[proposal.start : proposal.end] == "relief from the embargo in exchange for inspections"
    assert proposal.modality == "conditional"


def test_instrument_and_reference_are_read_from_the_content(read):
    (proposal,), _ = read("France rejected the draft of Resolution 2397 on Monday.")
    assert (proposal.instrument, proposal.instrument_ref) == ("Resolution", "Resolution 2397")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("France called on the workers to free the port.", ("call_for", "to free the port", FRANCE, {"workers"})),
        ("France would like to see a truce.", ("call_for", "to see a truce", FRANCE, set())),
        ("France wants to keep the embargo.", ("support", "to keep the embargo", FRANCE, set())),
        ("France hailed the ruling.", ("support", "the ruling", FRANCE, set())),
        ("France, a longtime critic of the treaty, left.", ("oppose", "the treaty", FRANCE, set())),
        ("France has been critical of the treaty.", ("oppose", "the treaty", FRANCE, set())),
        ("France introduced a bill to end the strikes.", ("propose", "a bill to end the strikes", FRANCE, set())),
        ("Iran ignored France’s proposed treaty.", ("propose", "proposed treaty", FRANCE, set())),
        ("Iran hit back with plans to close the port.", ("plan", "to close the port", IRAN, set())),
        ("France said a new treaty is needed.", ("call_for", "a new treaty is needed", FRANCE, set())),
        (
            "France said it was time for Iran to open the port.",
            ("call_for", "it was time for Iran to open the port", FRANCE, IRAN),
        ),
        (
            "“Leaving it would be a grave error,” France said.",
            ("oppose", "Leaving it would be a grave error", FRANCE, set()),
        ),
        ("“We cannot accept this,” France said.", ("reject", "We cannot accept this", FRANCE, set())),
        ("France urged Iran to de-escalate the crisis.", ("urge", "to de-escalate the crisis", FRANCE, IRAN)),
        (
            "France promised it would not close the port hours after the vote ended.",
            ("commit", "it would not close the port", FRANCE, set()),
        ),
        (
            "Iran warned that tariffs would follow if no deal was reached.",
            ("threaten", "tariffs would follow if no deal was reached", IRAN, set()),
        ),
        (
            "Iran is prepared to take action against France.",
            ("threaten", "to take action against France", IRAN, FRANCE),
        ),
        ("France warned Iran to end the tests.", ("urge", "to end the tests", FRANCE, IRAN)),
        ("France warned Iran not to close the port.", ("urge", "not to close the port", FRANCE, IRAN)),
        ("France warned against the embargo.", ("oppose", "the embargo", FRANCE, set())),
        (
            "France said it was imperative that Iran free the sailors.",
            ("call_for", "it was imperative that Iran free the sailors", FRANCE, IRAN),
        ),
        ("France is looking to expand the port.", ("plan", "to expand the port", FRANCE, set())),
        ("France insisted that Iran end the tests.", ("demand", "Iran end the tests", FRANCE, IRAN)),
        ("France does not wish to keep the embargo.", ("oppose", "to keep the embargo", FRANCE, set())),
        (
            "“We do not think Iran should keep the base,” France said.",
            ("oppose", "Iran should keep the base", FRANCE, IRAN),
        ),
        (
            "“Iran is going to have to open the port,” France said.",
            ("demand", "Iran is going to have to open the port", FRANCE, IRAN),
        ),
        (
            "France said it would be pointless to keep the embargo.",
            ("oppose", "it would be pointless to keep the embargo", FRANCE, set()),
        ),
        (
            "France said the tariffs will be in force by May.",
            ("plan", "the tariffs will be in force by May", FRANCE, set()),
        ),
        ("“We do not and will not yield,” France said.", ("reject", "We do not and will not yield", FRANCE, set())),
        ("Iran rejected what it called threats.", ("reject", "what it called threats", IRAN, set())),
    ],
)
def test_wishes_judgements_and_drafts_are_proposals(rows, text, row):
    assert rows(text) == [row]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Iran warned France that it would close the strait.", FRANCE),
        ("Iran set a deadline for France to lift the embargo.", FRANCE),
        ("Iran demanded that the prisoners be freed by France.", FRANCE),
        ("Iran offered to hold talks with France.", FRANCE),
        ("Iran met a delegation from France and threatened to close the strait.", FRANCE),
        ("France called on Iran and Russia to talk. China also called on them to talk.", IRAN | RUSSIA),
        ("Iran called for an end to the French sanctions.", FRANCE),
        ("The Security Council met in May. France urged an end to the sanctions.", {"UN Security Council"}),
    ],
)
def test_the_target_is_who_should_act_or_receives_the_offer(rows, text, targets):
    assert rows(text)[-1][3] == targets


def test_whoever_tells_what_their_state_wants_is_a_proposer_with_it(rows):
    text = "“China hopes that the two sides will meet,” said Chinese Foreign Ministry spokesman Geng Shuang."
    assert [row[2] for row in rows(text)] == [{"Geng Shuang", "China"}]


def test_a_president_proposes_for_a_state_that_only_an_adjective_names(rows):
    assert [row[2] for row in rows("French President Emmanuel Macron called for a truce.")] == [
        {"Emmanuel Macron", "France"}
    ]


def test_both_speakers_of_a_quotation_are_proposers(rows):
    text = "“The strikes must end,” Emmanuel Macron and Sergei Lavrov said."
    assert {"Emmanuel Macron", "Sergei Lavrov"} <= rows(text)[0][2]


def test_who_presents_a_bill_asks_for_what_it_asks_for(rows):
    text = "France circulated a letter that called for a truce."
    assert [row[2] for row in rows(text)] == [FRANCE]


def test_what_may_be_proposed_is_hypothetical(read):
    (proposal,), _ = read("France may propose a new treaty.")
    assert proposal.modality == "hypothetical"


@pytest.mark.parametrize("seed", ["003_67c4a22538234d4e.txt", "004_d29c8dab6a267b3e.txt"])
def test_china_and_russia_support_easing_sanctions_in_the_seeds(read, seed):
    stances = stances_in_seed(read, seed)
    assert {("China", "support"), ("Russia", "support")} <= stances


def test_the_united_states_opposes_easing_sanctions_in_the_seed(read):
    assert ("United States", "oppose") in stances_in_seed(read, "003_67c4a22538234d4e.txt")


def stances_in_seed(read, seed):
    text = (ROOT / "seeds" / seed).read_text(encoding="utf-8")
    doc, _ = parse(Seed(source_file=seed, source_sha256="0" * 64, text=text))
    proposals, cast = read(doc.text)
    coded = [p for p in proposals if p.issue_id == "ease-sanctions"]
    return {(cast[party.actor_id].name, p.stance) for p in coded for party in p.parties if party.role == "proposer"}


@pytest.mark.parametrize(
    "text",
    [
        "   ",
        "must must must must should will",
        "France called for" + " for" * 1000,
        "“We must " + "and we must " * 500 + "stop,” France said.",
        "France demands " + "-" * 50_000,
        "France said it would go" + " and go" * 1200 + ".",
        "France wants" + " to want" * 1200 + " to end the war.",
        "France called for talks" + " of ending talks" * 600 + ".",
        "France urged " + ", ".join(["Iran"] * 300) + " to act.",
        "“" * 500 + "must" + "”" * 500,
    ],
)
def test_odd_text_neither_raises_nor_hangs(nlp, knowledge, codebook, text):
    doc = Document(article_id="t", source_file="t.txt", source_sha256="0" * 64, text=text)
    (syntax,) = analyse([doc], nlp)
    proposals = find_proposals(doc, syntax, find_actors(doc, syntax, knowledge), (), (), codebook)
    assert all(0 <= p.start < p.end <= len(text) for p in proposals)


def test_what_is_only_asked_for_is_no_act_of_whoever_should_do_it(rows):
    found = rows("Iran called for a plan that would include an American commitment to end the blockade.")
    assert [(type, who) for type, _, who, _ in found] == [("call_for", IRAN)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("France voted down the treaty.", ("reject", "the treaty", FRANCE, set())),
        ("France has come out in favour of a truce.", ("support", "a truce", FRANCE, set())),
        ("France came out against the embargo.", ("oppose", "the embargo", FRANCE, set())),
        ("France suggested holding a summit.", ("propose", "holding a summit", FRANCE, set())),
        ("France wants the sailors freed.", ("call_for", "the sailors freed", FRANCE, set())),
        ("France insisted on a four-day week.", ("demand", "a four-day week", FRANCE, set())),
        ("France has sworn to reopen the port.", ("commit", "to reopen the port", FRANCE, set())),
        ("France denied the request for asylum.", ("reject", "the request for asylum", FRANCE, set())),
        (
            "France made no secret of its reluctance to sign the treaty.",
            ("reject", "to sign the treaty", FRANCE, set()),
        ),
        (
            "France said that lifting the embargo was out of the question.",
            ("reject", "lifting the embargo was out of the question", FRANCE, set()),
        ),
        (
            "France will allow the refugees to return to the port.",
            ("plan", "France will allow the refugees to return to the port", FRANCE, {"refugees"}),
        ),
        (
            "France and Iran agreed that the port should be reopened.",
            ("commit", "the port should be reopened", FRANCE | IRAN, set()),
        ),
        (
            "The regulator said it had no plans to close the port.",
            ("reject", "to close the port", {"regulator"}, set()),
        ),
        ("The company said it would close the port.", ("commit", "it would close the port", {"company"}, set())),
        ("The prime minister called Monday for a truce.", ("call_for", "a truce", {"prime minister"}, set())),
        ("Apple sued France for damages.", ("demand", "damages", {"Apple"}, FRANCE)),
        (
            "France defended Iran against criticism of the treaty.",
            ("support", "Iran against criticism of the treaty", FRANCE, IRAN),
        ),
        (
            "France denounced as illegal Russia's annexation of the port.",
            ("oppose", "Russia's annexation of the port", FRANCE, RUSSIA),
        ),
        ("France praised Iran's efforts to end the war.", ("support", "Iran's efforts to end the war", FRANCE, IRAN)),
        ("France wants no help from Iran.", ("oppose", "no help from Iran", FRANCE, IRAN)),
        ("France announced its decision to lift the embargo.", ("plan", "to lift the embargo", FRANCE, set())),
        ('France urged a "no" vote.', ("urge", 'a "no" vote', FRANCE, set())),
        (
            "Iran will free the prisoners, officials said on Monday.",
            ("plan", "Iran will free the prisoners", IRAN, set()),
        ),
        (
            "The rebels drafted a plan to avoid retaliation.",
            ("plan", "to avoid retaliation", {"rebels"}, set()),
        ),
    ],
)
def test_other_wordings_of_positions_and_intentions_are_proposals(rows, text, row):
    assert rows(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "Iran assumed that France would vote to end the embargo.",
        "Ending the embargo would encourage Iran to reopen the port.",
        "France could not end the strikes by embracing the plan.",
        "If France is serious about rejecting the treaty, Iran will not mind.",
        "Iran might have doubted the plan and demanded proof.",
        "France's reaction was to defy them.",
        "France considered the base a threat.",
        "France complied with a request for talks that nobody had made.",
        "“My vote for the treaty was a mistake,” the French minister said.",
        "“We ought to be in better shape,” the French minister said.",
        "France will host a dinner on Monday.",
        "France plans to hold a news conference on the treaty.",
        "Lawyers believed the treaty would survive.",
        "48 percent of Americans opposed the treaty.",
        "A majority of voters support the treaty.",
        "Americans overwhelmingly prefer keeping the embargo.",  # the people, not the United States
        "They showed that policies France supports can work.",  # support of what?
        "The wall that France vowed to build was not built.",
        "France has little desire to sign the treaty.",
        "France has not come out in support of the treaty.",
        "France has not endorsed the treaty.",  # yet
        "France said the vote has to do with money.",
        "France praised the decision.",
        "France decided how to reopen the port.",
        "France denied that it was to pressure Iran.",
        "Many workers felt they had to leave the port.",
        "Officials said France can only keep the embargo for a month.",
        "The minister gave 21 hours of interviews to explain the treaty.",
        "I think France will lift the embargo.",
        "The Middle East wants to lift the embargo.",
        "The survey asked whether they support or oppose the treaty.",
        "The president conceded that he was wrong to have made that pledge.",
        "The premier took calls from leaders, urging him to lift the embargo.",
        "It promises to be a decision for France.",
        "The premier suggested France was leaving the treaty to chance.",
        "The senator acknowledged he needs to win the vote.",
        "It was France's decision to lift the embargo.",
        "The court ruled in favor of a baker.",
    ],
)
def test_suppositions_judgements_of_the_past_and_appointments_are_no_proposals(rows, text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("The union demanded higher wages from France.", FRANCE),
        ("Iran offered to send troops to a force in France.", FRANCE),
        ("Iran threatened to boycott the vote unless France lifts the embargo.", FRANCE),
        ("Iran agreed to French mediation.", FRANCE),
        ("Iran urged the president of France to end the strikes.", FRANCE),
        ("Iran was asked by the Security Council to free the sailors.", IRAN),
        ("France demanded that the sailors be freed.", set()),
        (
            "The Security Council met in May. France wants the United Nations to ease the sanctions.",
            {"UN Security Council"},
        ),
        ("Iran called for an end to French air strikes.", FRANCE),
        ("Iran called for French concessions.", FRANCE),
        ("Iran called for the destruction of French weapons.", set()),
        ("Iran demanded that French air strikes be halted.", FRANCE),
        ("Iran defended the right of French farmers to strike.", {"French farmers"}),
        ("Iran will allow up to 900 Chadian refugees to return.", {"up to 900 Chadian refugees"}),
        ("Iran warned that its troops will no longer tolerate the raids by France.", FRANCE),
        ("Iran sent France a letter and offered cooperation.", FRANCE),
        ("France imposed sanctions in May. Iran said the sanctions should be lifted.", FRANCE),
        ("France and China imposed sanctions in May. Iran said the sanctions should be lifted.", set()),
        ("The European Union met in May. Iran said Europe should act.", {"European Union"}),
        ("Iran urged French and Russian officials to free the sailors.", FRANCE | RUSSIA),
        ("Iran refused to free the sailors unless France lifts the embargo.", FRANCE),
        ("Iran rejected an offer that France made in May.", FRANCE),
        ("“It is unacceptable that France closed the port,” the Iranian minister said.", FRANCE),
        ("Iran rejected a bill that would help farmers who fled from France.", set()),
        ("Iran opposed sanctions on France.", set()),  # on whom they fall
    ],
)
def test_the_target_is_named_beside_the_cue_or_in_a_condition(rows, text, targets):
    assert rows(text)[-1][3] == targets


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("France called for a truce.", "REQUEST"),
        ("France rejected the treaty.", "REJECT"),
        ("France vowed not to sign the treaty.", "REJECT"),
        ("France denounced the embargo.", "ACCUSE"),
        ("France backed the treaty.", "SUPPORT"),
        ("France offered to sign the treaty.", "AGREE"),
        ("France accepted the demands of Iran.", "CONCEDE"),
        ("France plans to release the sailors.", "AGREE"),
        ("France plans to ban the ships.", "THREATEN"),
        ("France plans to build a port.", None),
        ("France threatened to close the strait.", "THREATEN"),
        ("France decided to allow the rally.", "CONCEDE"),
        ("France is willing to forgive the rebels.", "SUPPORT"),
        ("France called for sanctions against Iran.", "ACCUSE"),
        ("France called for sanctions against piracy.", "REQUEST"),
        ("The rebels have sworn to fight.", "THREATEN"),
        ("The rebels have sworn to fight the ruling.", "AGREE"),
        ("Demonstrators demanded a referendum.", "PROTEST"),
        ("French farmers rallied to demand a referendum.", "PROTEST"),
        ("French farmers blocked roads to press their demands for a referendum.", "PROTEST"),
        ("France plans to withdraw troops.", "AGREE"),
        ("France plans to withdraw aid.", "THREATEN"),
        ("Apple sued France for damages.", "ACCUSE"),
        ("France plans to stop all aid.", "SANCTION"),
        ("France threatened to stop all aid.", "THREATEN"),
        ("France said it would not ban imports from Iran.", "REJECT"),
        ("France said it would deny entry to the sailors.", "SANCTION"),
    ],
)
def test_a_proposal_has_the_plover_category_of_what_it_does(read, text, category):
    assert [p.plover for p in read(text)[0]] == [category]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("France called for a truce.", None),
        ("France denounced the embargo.", "disapprove"),
        ("Apple sued France for damages.", None),
        ("Demonstrators demanded a referendum.", "demonstrate"),
        ("French farmers rallied to demand a referendum.", "demonstrate"),
        ("French farmers blocked roads to press their demands for a referendum.", "obstruct"),
        ("Strikers demanded a referendum.", "strike"),
        ("Rioters demanded a referendum.", "riot"),
    ],
)
def test_a_proposal_has_the_mode_that_the_words_tell(read, text, mode):
    assert [p.plover_mode for p in read(text)[0]] == [mode]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("France called for easing the sanctions on North Korea.", "ease sanction on north korea"),
        ("France said the strikes must end.", "strike end"),
        ("France said the embargo must be lifted.", "lift embargo"),
        ("France offered to negotiate with Iran.", "negotiate with iran"),
        ("France demanded an immediate end to the strikes.", "immediate end to strike"),
        ("France vowed not to sign the treaty.", "not sign treaty"),
        ("France said it would be premature to lift the embargo.", "lift embargo"),
        ("France said the sanctions must remain in place.", "sanction remain in place"),
    ],
)
def test_an_action_says_in_base_forms_what_a_proposal_is_about(read, text, action):
    assert [p.action for p in read(text)[0]] == [action]


def test_a_proposal_that_is_answered_was_made_to_who_answers_and_is_no_event(read):
    proposals, cast = read("France rejected an Iranian call for talks.")
    found = [(p.type, p.plover, [cast[x.actor_id].name for x in p.parties if x.role == "target"]) for p in proposals]
    assert sorted(found) == [("call_for", None, ["France"]), ("reject", "REJECT", ["Iran"])]


def test_the_accused_opposes_not_the_accuser(rows):
    found = rows("Iran lashed out at France for opposing the treaty.")
    assert ("oppose", "the treaty", FRANCE) in [row[:3] for row in found]


def test_a_threat_to_demand_something_is_a_threat_and_a_demand(rows):
    found = rows("French farmers said they would blockade the port to demand an end to the embargo.")
    assert sorted(row[0] for row in found) == ["demand", "threaten"]


@pytest.mark.parametrize(
    ("text", "proposer", "country"),
    [
        ("Ghana's Supreme Court decided to allow the vote.", "Supreme Court", "GHA"),
        ("Bosnian Serbs demanded a truce.", "Bosnian Serbs", "BIH"),
        ("The Albanians of southern Serbia demanded autonomy.", "Albanians of southern Serbia", "SRB"),
        ("Ethnic Albanians demanded autonomy.", "ethnic Albanians", None),
        ("President Anaba Osei threatened to close the port of Ghana.", "Anaba Osei", "GHA"),
        ("President Anaba Osei threatened to close the ports of Ghana and Togo.", "Anaba Osei", None),
        ("President Bush threatened Russia with sanctions.", "Bush", "USA"),
        ("The rebels demanded elections in Ghana.", "rebels", "GHA"),
        ("The Kurdistan Workers' Party demanded a truce.", "Kurdistan Workers' Party", "TUR"),
    ],
)
def test_a_proposer_has_the_country_that_the_article_tells(read, text, proposer, country):
    proposals, cast = read(text)
    parties = [cast[x.actor_id] for p in proposals for x in p.parties if x.role == "proposer"]
    assert (proposer, country) in [(actor.name, actor.country) for actor in parties]
