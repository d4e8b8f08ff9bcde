"""Reads feeds back with feedparser and compares them with what they should hold.

    python check.py FOLDER [EXPECTED.json]

FOLDER is a built site. EXPECTED.json names the articles of each feed below it, newest first:

    {"feed.xml": [{"id": "urn:uuid:...", "title": "..."}], "world/atom.xml": [...]}

An article may also state "link", "published" and "updated" (RFC 3339), "authors" and "tags" (lists), "language",
"summary" and "content" (HTML): what is stated is compared. A feed.json has the form too: given
such a file (a JSON Feed of FOLDER) instead of a list, as in {"feed.xml": "feed.json"}, its items are what is expected.

Without EXPECTED.json every feed.xml and atom.xml that has a feed.json beside it is compared with that.

Exit code 0 where everything is found, 1 where something differs, 2 where it could not be run.
"""

import calendar
import html
import json
import sys
from datetime import datetime
from pathlib import Path

try:
    import feedparser
except ImportError:
    print("check.py: feedparser is not installed (python -m pip install feedparser).", file=sys.stderr)
    sys.exit(2)


def main(arguments):
    if len(arguments) not in (1, 2):
        print("usage: check.py FOLDER [EXPECTED.json]", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    try:
        expected = json.loads(Path(arguments[1]).read_text("utf-8")) if arguments[1:] else feeds_below(folder)
    except (OSError, ValueError) as error:
        print(f"check.py: {arguments[-1]} cannot be read: {error}", file=sys.stderr)
        return 2
    if not expected:
        print(f"check.py: there is no feed in {folder}.", file=sys.stderr)
        return 2
    problems = []
    entries = 0
    for name, articles in expected.items():
        if isinstance(articles, str):
            articles = articles_of_json_feed(json.loads((folder / articles).read_text("utf-8")))
        entries += len(articles)
        problems += check_feed(folder / name, name, articles)
    for problem in problems:
        print(f"check.py: {problem}", file=sys.stderr)
    print(f"feedparser: {len(expected)} feeds with {entries} entries read, {len(problems)} problems.")
    return 1 if problems else 0


def feeds_below(folder):
    """Each XML feed of a site, with the JSON Feed of the same edition."""
    return {
        str((path.parent / name).relative_to(folder)): str(path.relative_to(folder))
        for path in sorted(folder.rglob("feed.json"))
        for name in ("feed.xml", "atom.xml")
    }


def articles_of_json_feed(feed):
    """The items of a JSON Feed as expected articles."""
    return [
        {
            "id": item["id"],
            "title": item["title"],
            "link": item["url"],
            "summary": item["summary"],
            "content": item["content_html"],
            "published": item["date_published"],
            "updated": item["date_modified"],
            "authors": [author["name"] for author in item.get("authors", [])],
            "tags": item.get("tags", []),
        }
        for item in feed["items"]
    ]


def check_feed(path, name, articles):
    """The differences between a feed and what it should hold, as sentences."""
    if not path.is_file():
        return [f"{name} is not there."]
    # Without its cleaning, to see what is in the feed and not what a page may show of it.
    feed = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        return [f"{name} is malformed: {feed.get('bozo_exception')}"]
    problems = [f"{name} has no {field}." for field in ("title", "link", "updated") if not feed.feed.get(field)]
    wanted = [article["id"] for article in articles]
    found = [entry.get("id") for entry in feed.entries]
    if found != wanted:
        problems.append(f"{name} has the entries {found}, not {wanted}.")
        return problems
    for entry, article in zip(feed.entries, articles):
        for field, value in article.items():
            got = READ[field](entry)
            if got != normal(field, value) and not is_same_as_html(field, got, value) and not is_joined(field, got, value):
                problems.append(f"{name}: {field} of {article['id']} is {got!r}, not {value!r}.")
    return problems


def is_joined(field, got, value):
    """RSS names all authors in one element, because most readers show only one."""
    return field == "authors" and got == [", ".join(value)]


def is_same_as_html(field, got, value):
    """A plain text that looks like HTML is sent, and handed on, as HTML."""
    return field in ("title", "summary") and html.unescape(got or "") == value


def normal(field, value):
    """A value as it is compared: instants in whole seconds, which is all that feedparser keeps."""
    if field in ("published", "updated"):
        return int(datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())
    return value


def seconds(parsed):
    return calendar.timegm(parsed) if parsed else None


READ = {
    "id": lambda entry: entry.get("id"),
    "title": lambda entry: entry.get("title"),
    "link": lambda entry: entry.get("link"),
    "summary": lambda entry: entry.get("summary"),
    "content": lambda entry: next((part.value for part in entry.get("content", []) if "html" in part.type), None),
    "published": lambda entry: seconds(entry.get("published_parsed")),
    "updated": lambda entry: seconds(entry.get("updated_parsed")),
    "authors": lambda entry: [author.get("name") for author in entry.get("authors", [])],
    "tags": lambda entry: [tag.term for tag in entry.get("tags", [])],
    "language": lambda entry: entry.get("language"),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
