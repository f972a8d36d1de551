"""What a page shows beside its article, for whoever wants to see what was left out and where it stood."""

from collections.abc import Iterator
from itertools import groupby, islice

from lxml.html import HtmlElement

from onrecord.parse.page.blocks import INLINE, flat, mark_paragraphs
from onrecord.parse.page.elements import to_tree
from onrecord.parse.page.inline import mark_inline

_MOST_BLOCKS = 5_000  # that are looked at
_UNSHOWN = {"script", "style", "title", "head", "template"}


def find_left_out(html: str, text: str) -> Iterator[tuple[str, str]]:
    """Where it stands, as tag.class or tag#id, and the words of each stretch of a page that is not in `text`.

    Neighbours in one place are one stretch. A paragraph of which a part is in the text is left out as a whole.
    """
    tree = to_tree(html)
    if tree is None:
        return
    mark_inline(tree)
    mark_paragraphs(tree)
    kept = " ".join(text.split())
    leaves = (e for e in tree.iter("*") if e.tag not in _UNSHOWN and _is_leaf(e))
    missing = ((_place(e), words) for e in islice(leaves, _MOST_BLOCKS) if (words := flat(e)) and words not in kept)
    for place, stretch in groupby(missing, key=lambda item: item[0]):
        yield place, " · ".join(words for _, words in stretch)


def _is_leaf(element: HtmlElement) -> bool:
    """Whether an element is a block and holds none."""
    return element.tag not in INLINE and all(inner.tag in INLINE for inner in element.iterdescendants("*"))


def _place(element: HtmlElement) -> str:
    """The nearest element around that has a name: a class or an id, or one of the tags that say what they are for."""
    for around in (element, *element.iterancestors()):
        names = (around.get("class") or "").split()
        if names or around.get("id"):
            return f"{around.tag}.{names[0]}" if names else f"{around.tag}#{around.get('id')}"
        if around.tag in ("nav", "aside", "footer", "header", "form", "figure"):
            return str(around.tag)
    return str(element.tag)
