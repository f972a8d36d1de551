"""Articles rendered as web pages in the manner of several publishing systems, with the chrome that stands around them.

Each template is a function: page(article) -> HTML. What is furniture in them is listed in `CHROME`, so that a test can
prove that none of it gets into a body.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An article to be rendered. A paragraph that starts with '## ' is a sub-heading, '> ' a block quotation,
    '* ' an item of a list."""

    url: str
    title: str
    outlet: str
    authors: tuple[str, ...]
    published: date
    paragraphs: tuple[str, ...]
    caption: str | None = None


CHROME = (
    "We use cookies", "Skip to main content", "Sign up for our newsletter", "Most popular", "Share on Facebook",
    "Leave a reply", "first reader to comment", "All rights reserved", "Ten lighthouses to visit", "Advertisement",
    "Trending now", "Privacy policy",
)  # fmt: skip


def _blocks(paragraphs: tuple[str, ...], paragraph: str = "p") -> str:
    html, items = [], []
    for text in (*paragraphs, ""):
        if text.startswith("* "):
            items.append(f"<li>{escape(text[2:])}</li>")
            continue
        if items:
            html.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if text.startswith("## "):
            html.append(f"<h2>{escape(text[3:])}</h2>")
        elif text.startswith("> "):
            html.append(f"<blockquote><p>{escape(text[2:])}</p></blockquote>")
        elif text:
            html.append(f"<{paragraph}>{escape(text)}</{paragraph.split()[0]}>")
    return "\n".join(html)


def _spliced(paragraphs: tuple[str, ...], splice: str, paragraph: str = "p") -> str:
    """The blocks with a piece of furniture after the third."""
    return _blocks(paragraphs[:3], paragraph) + splice + _blocks(paragraphs[3:], paragraph)


def modern(article: Printed) -> str:
    """HTML5 with JSON-LD, Open Graph, an `article` element, and sections for everything else."""
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "headline": article.title,
        "datePublished": f"{article.published}T08:15:00Z",
        "dateModified": f"{article.published.replace(year=article.published.year + 1)}T09:00:00Z",
        "author": [{"@type": "Person", "name": name, "url": "https://x.example/staff"} for name in article.authors],
        "publisher": {"@type": "Organization", "name": article.outlet, "logo": {"@type": "ImageObject", "url": "l"}},
    }
    figure = (
        f"<figure><img src='a.jpg' alt='A picture'><figcaption>{escape(article.caption or '')}</figcaption></figure>"
    )
    related = "<aside class='related'><h3>Most popular</h3><ul><li><a href='/1'>Ten lighthouses to visit</a></li></ul>"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(article.title)} | {escape(article.outlet)}</title>
<link rel="canonical" href="{article.url}"><meta property="og:title" content="{escape(article.title)}">
<meta property="og:site_name" content="{escape(article.outlet)}"><meta property="og:type" content="article">
<script type="application/ld+json">{json.dumps(about).replace("<", chr(92) + "u003c")}</script>
<style>p {{ color: red }}</style><script>var a = "<p>Trending now</p>";</script></head>
<body><div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve your experience on our site.</p>
<button>Accept all</button></div><a class="skip" href="#main">Skip to main content</a>
<header><nav><ul><li><a href="/w">World</a></li><li><a href="/p">Politics</a></li></ul></nav></header>
<main id="main"><article><header><h1>{escape(article.title)}</h1>
<p class="byline">By <a rel="author" href="/staff">{escape(" and ".join(article.authors))}</a></p>
<time datetime="{article.published}T08:15:00Z">{article.published:%B %-d, %Y}</time></header>
<div class="share-buttons"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
{figure if article.caption else ""}
<div class="article-body">{_spliced(article.paragraphs, "<div class='ad'>Advertisement</div>" + related + "</aside>")}
</div></article>
<section class="newsletter"><p>Sign up for our newsletter and never miss a story.</p><input type="email"></section>
<section id="comments" class="comments"><h2>Comments</h2><div class="comment"><p>first reader to comment: what a
long and thoughtful article this was, I should like to say a great deal about it.</p></div></section></main>
<aside class="sidebar"><h3>Trending now</h3><ol><li><a href="/2">Ten lighthouses to visit</a></li></ol></aside>
<footer><p>© 2024 {escape(article.outlet)}. All rights reserved.</p><a href="/privacy">Privacy policy</a></footer>
</body></html>"""


def blog(article: Printed) -> str:
    """A blogging system: a graph of linked data whose author is a reference, share widgets, related posts, replies."""
    graph = [
        {"@type": "WebSite", "@id": "https://x.example/#website", "name": article.outlet},
        {"@type": "WebPage", "@id": article.url, "url": article.url, "name": f"{article.title} - {article.outlet}"},
        {
            "@type": ["Article", "NewsArticle"],
            "headline": article.title,
            "datePublished": f"{article.published}T23:10:00-05:00",
            "author": [{"@id": f"https://x.example/#/person/{n}"} for n in range(len(article.authors))],
            "publisher": {"@id": "https://x.example/#organization"},
        },
        *(
            {"@type": "Person", "@id": f"https://x.example/#/person/{n}", "name": name}
            for n, name in enumerate(article.authors)
        ),
        {"@type": "Organization", "@id": "https://x.example/#organization", "name": article.outlet},
    ]
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8" />
<title>{escape(article.title)} - {escape(article.outlet)}</title><link rel="canonical" href="{article.url}" />
<script type="application/ld+json" class="seo-graph">{json.dumps({"@context": "https://schema.org", "@graph": graph})}
</script></head><body class="single single-post"><div id="page" class="site">
<a class="skip-link" href="#content">Skip to main content</a>
<div id="masthead"><div class="site-branding"><a href="/">{escape(article.outlet)}</a></div>
<div class="menu"><ul><li><a href="/a">About</a></li><li><a href="/c">Contact</a></li></ul></div></div>
<div id="content" class="site-content"><div id="primary" class="content-area">
<article id="post-7" class="post type-post"><div class="entry-header">
<h1 class="entry-title">{escape(article.title)}</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published"
datetime="{article.published}T23:10:00-05:00">{article.published:%B %-d, %Y}</time></span>
<span class="byline">by <span class="author vcard">{escape(", ".join(article.authors))}</span></span></div></div>
<div class="entry-content">
{f"<div class='wp-caption'><p class='wp-caption-text'>{escape(article.caption)}</p></div>" if article.caption else ""}
{_spliced(article.paragraphs, "<p class='advert'>Advertisement</p>")}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Share on
Facebook</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts"><h3>Most popular</h3>
<div><a href="/9">Ten lighthouses to visit</a></div></div></div></article>
<div id="comments" class="comments-area"><h2 class="comments-title">1 reply on “{escape(article.title)}”</h2>
<ol class="comment-list"><li class="comment"><div class="comment-body"><p>first reader to comment here, and with
rather a lot of words, so that it could be taken for a paragraph of the article itself.</p></div></li></ol>
<div id="respond"><h3>Leave a reply</h3><form><textarea></textarea></form></div></div></div>
<div id="secondary" class="widget-area"><h2 class="widget-title">Trending now</h2><ul><li><a href="/2">Ten lighthouses
to visit</a></li></ul><p>Sign up for our newsletter.</p></div></div>
<div id="colophon" class="site-footer">© 2024 {escape(article.outlet)}. All rights reserved. Privacy policy</div>
</div></body></html>"""


def antique(article: Printed) -> str:
    """The layout tables of the first decade: no structure, line breaks for paragraphs, facts in old meta elements."""
    body = "<br><br>\n".join(
        escape(p.removeprefix("## ").removeprefix("> ").removeprefix("* ")) for p in article.paragraphs
    )
    authors = "; ".join(article.authors)
    byline = f"By {' and '.join(article.authors)}" if article.authors else ""
    return f"""<HTML><HEAD><TITLE>{escape(article.outlet)}: {escape(article.title)}</TITLE>
<META NAME="author" CONTENT="{escape(authors)}"><META NAME="DC.date.issued" CONTENT="{article.published}">
<META NAME="DC.title" CONTENT="{escape(article.title)}"><META NAME="DC.publisher" CONTENT="{escape(article.outlet)}">
<LINK REL="canonical" HREF="{article.url}"></HEAD><BODY BGCOLOR=white>
<TABLE WIDTH=760><TR><TD COLSPAN=3><A HREF="/">Home</A> | <A HREF="/w">World</A> | <A HREF="/s">Sport</A></TD></TR>
<TR><TD WIDTH=120 VALIGN=top><A HREF="/1">Most popular</A><BR><A HREF="/2">Ten lighthouses to visit</A></TD>
<TD WIDTH=480><FONT SIZE=5><B>{escape(article.title)}</B></FONT><BR>
<FONT SIZE=2>{escape(byline)}</FONT><BR><BR>
<FONT SIZE=3>{body}</FONT></TD><TD WIDTH=160><A HREF="/n">Sign up for our newsletter</A></TD></TR>
<TR><TD COLSPAN=3><FONT SIZE=1>Copyright 2004 {escape(article.outlet)}. All rights reserved. <A HREF="/p">Privacy
policy</A></FONT></TD></TR></TABLE></BODY></HTML>"""


def microdata(article: Printed) -> str:
    """Facts as attributes in the visible text, and paragraphs that are `div` elements."""
    people = ", ".join(
        "<span itemprop='author' itemscope itemtype='https://schema.org/Person'>"
        f"<span itemprop='name'>{escape(n)}</span></span>"
        for n in article.authors
    )
    splice = "<div class='inline-promo'><a href='/3'>Read more: Ten lighthouses to visit</a></div>"
    return f"""<!doctype html><html lang=en><head><title>{escape(article.title)}</title>
<meta property="og:site_name" content="{escape(article.outlet)}"><meta property="og:url" content="{article.url}"></head>
<body><div class="gdpr-consent-overlay">We use cookies. Privacy policy</div>
<div role="navigation"><a href="/">Home</a> <a href="/x">Trending now</a></div>
<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(article.title)}</h1>
<div class="meta">By {people} <span itemprop="datePublished" content="{article.published:%Y%m%dT070000Z}">
{article.published:%-d %B %Y}</span></div>
<div itemprop="articleBody" class="story-body">{_spliced(article.paragraphs, splice, "div class='par'")}</div>
<div class="social-share">Share on Facebook</div></div>
<div class="promo-list"><h4>Most popular</h4><p><a href="/2">Ten lighthouses to visit</a></p></div>
<div role="contentinfo">© {escape(article.outlet)}. All rights reserved.</div></body></html>"""


TEMPLATES: Mapping[str, Callable[[Printed], str]] = {
    "modern": modern,
    "blog": blog,
    "antique": antique,
    "microdata": microdata,
}
