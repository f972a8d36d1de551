"""How sure the actor of a mention is."""

from onrecord.annotate.actors.confidence import link_confidence
from onrecord.knowledge.rule_shares import rule_shares
from onrecord.schema import load_package


def test_confidence_is_the_share_that_was_right_drawn_towards_the_usual():
    share = rule_shares("mentions")["kb surname"]
    assert link_confidence("surname", "kb") == round((share.right + 9) / (share.of + 10), 2)
    assert link_confidence("role", "unnamed") < link_confidence("name", "kb")
    assert link_confidence("metonym", "name") == 0.9  # was never met


def test_every_rule_is_a_way_of_linking_and_a_form():
    tables = load_package().tables
    ways = {c.name: set(c.enum) for c in tables["actors"].columns if c.enum}["link_method"]
    forms = {c.name: set(c.enum) for c in tables["mentions"].columns if c.enum}["form"]
    for rule in rule_shares("mentions"):
        way, form = rule.split(" ")
        assert way in ways and form in forms


def test_confidence_holds_in_articles_that_nobody_opened():
    shares = rule_shares("mentions").values()
    right, of = sum(share.right_elsewhere for share in shares), sum(share.of_elsewhere for share in shares)
    said = sum(link_confidence(*reversed(share.rule.split(" "))) * share.of_elsewhere for share in shares)
    assert abs(said - right) / of < 0.05
