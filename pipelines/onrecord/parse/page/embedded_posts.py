"""Posts of social networks that a page sets into its article: their words and whom they are by stay, always.

The reporter quotes with them. What a network adds for its own readers, counts and invitations to look at the post, is
cut with other furniture. docs/decisions/0009-embedded-posts-stay.md says why.
"""

import re
from collections.abc import Iterator

from lxml.html import Element, HtmlElement

from onrecord.parse.page.blocks import flat

_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|bluesky-embed|mastodon-embed|fb-post|tiktok-embed)"
)
_PART = "data-post"  # an attribute, since a class of that name would be taken for furniture


def open_posts(tree: HtmlElement) -> None:
    """Puts the words of each post and its signature into plain paragraphs: full of links, they would be lost."""
    for post in list(tree.iter("blockquote", "div")):
        if _POST.search(post.get("class") or "") and post.getparent() is not None and post.find(".//iframe") is None:
            texts = list(_texts(post))
            tail = post.tail
            post[:] = [_paragraph(text) for text in texts]
            post.text, post.tail = None, tail


def is_of_post(element: HtmlElement) -> bool:
    """Whether a paragraph is one that `open_posts` has made."""
    return element.get(_PART) is not None


def _texts(post: HtmlElement) -> Iterator[str]:
    """The paragraphs of a post, and what stands behind the last of them as one more: who it is by, and when."""
    paragraphs = [p for p in post.iter("p") if p.find(".//p") is None]
    yield from (text for p in paragraphs if (text := flat(p)))
    signature = [post.text or ""]
    for child in post:
        is_told = child.tag == "p" or child.find(".//p") is not None or child.tag in ("script", "style")
        signature += ["" if is_told else child.text_content(), child.tail or ""]
    if text := " ".join(" ".join(signature).split()):
        yield text


def _paragraph(text: str) -> HtmlElement:
    paragraph = Element("p")
    paragraph.set(_PART, "1")
    paragraph.text = text
    return paragraph
