"""GraphML that Gephi, visone, igraph and networkx read: typed attributes, and the same bytes every time."""

import io
import re
from typing import Any
from xml.etree.ElementTree import Element

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

# What XML 1.0 cannot hold, not even escaped: articles are hostile, and names come from them.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_graphml(graph: nx.Graph, description: str) -> bytes:
    """The file, in UTF-8. The description says what the network is of; characters that XML lacks become U+FFFD.

    It is the file's <desc>, as attributes of the whole graph are an error to Gephi.
    """
    clean = nx.Graph()
    clean.add_nodes_from((_clean(node), _attributes(known)) for node, known in graph.nodes(data=True))
    clean.add_edges_from((_clean(a), _clean(b), _attributes(known)) for a, b, known in graph.edges(data=True))
    writer = GraphMLWriter(graph=clean, prettyprint=True)
    desc = Element("desc")
    desc.text = _clean(description)
    writer.xml.insert(0, desc)
    written = io.BytesIO()
    writer.dump(written)
    return written.getvalue()


def _attributes(known: dict[str, Any]) -> dict[str, Any]:
    return {name: _clean(value) for name, value in known.items()}


def _clean(value: Any) -> Any:
    return _NO_XML.sub("\ufffd", value) if isinstance(value, str) else value
