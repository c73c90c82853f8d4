"""Reads Atom documents with feedparser: whether it takes them as well-formed Atom 1.0, and what it sees.

Takes the paths of documents as lines on standard input; prints for each a JSON document on a line.
"""

import json
import sys

import feedparser

for path in sys.stdin.read().splitlines():
    with open(path, "rb") as file:
        document = feedparser.parse(file.read())
    complaints = []
    if document.bozo:
        complaints.append(f"not well-formed: {document.bozo_exception}")
    if document.version != "atom10":
        complaints.append(f"not Atom 1.0: {document.version!r}")
    for part, wanted in [(document.feed, ["id", "title", "updated", "author"])] + [
        (entry, ["id", "title", "updated", "summary", "link"]) for entry in document.entries
    ]:
        complaints += [f"without {key}: {part.get('id')}" for key in wanted if not part.get(key)]
        if not part.get("updated_parsed"):
            complaints.append(f"no date: {part.get('updated')}")
    print(
        json.dumps(
            {
                "complaints": complaints,
                "id": document.feed.get("id"),
                "links": {link["rel"]: link["href"] for link in document.feed.get("links", [])},
                "entries": [[entry.id, entry.title, entry.updated, entry.summary] for entry in document.entries],
            }
        )
    )
