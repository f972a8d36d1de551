"""One name for all the web addresses of an article: those that people share, feeds list and phones open."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

LONGEST = 2_000  # characters; longer ones carry state, not an address

# Names that sites give to their copies for phones and for AMP (https://amp.dev/documentation), in front of the host.
_COPY_HOST = re.compile(r"^(?:(?:www\d?|m|mobile|touch|amp)\.)+(?=[^.]+\.)")
_COPY_PATH = re.compile(r"^/amp(?=/.)|/amp(?:\.html?)?/?$|\.amp(?=(?:\.html?)?$)")
_COPY_QUERY = {"amp", "outputtype"}
# Caches serve an AMP page under its own address: google.com/amp/s/<address>, <host>.cdn.ampproject.org/c/s/<address>.
_CACHE = re.compile(r"(?:(?:www\.)?google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[civ])/(?:s/)?(?=[^/]+\.)")


def to_address(url: str | None) -> str | None:
    """Host, path and query of a web address without what differs between links to one article; None if it is none.

    A home page, without path and query, is no article's address: it shows another one every day.

    Away go the scheme, www. and its like, the fragment, the closing slash, tracking parameters (as courlan lists
    them), and the marks of AMP and mobile copies. Two articles may fall together where a site numbers its articles in
    what is elsewhere a tracking parameter, so who joins them must look at the texts as well.
    """
    if not url or len(url) > LONGEST:
        return None
    from courlan import normalize_url  # here, since most articles have no address

    try:
        parts = urlsplit(normalize_url(url.strip(), trailing_slash=False))
    except ValueError:  # no address in any reading, such as http://[
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    if cached := _CACHE.match(place := f"{parts.netloc}{parts.path}"):
        host, slash, path = place[cached.end() :].partition("/")
    else:
        host, slash, path = parts.netloc, "/", parts.path[1:]
    path = _COPY_PATH.sub("", slash + path)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in _COPY_QUERY]
    place = path.rstrip("/") + (f"?{urlencode(query)}" if query else "")
    return _COPY_HOST.sub("", host) + place if place else None
