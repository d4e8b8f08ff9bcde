"""Prints the entries that a reader shows, as JSON.

    python python-readers.py newsboat CACHE
    python python-readers.py maildir FOLDER
    python python-readers.py feedparser|fastfeedparser|podcastparser ADDRESS
"""

import html
import json
import mailbox
import re
import sqlite3
import sys
import urllib.request
from email.header import decode_header, make_header
from email.utils import parseaddr


def newsboat(cache):
    with sqlite3.connect(cache) as database:
        rows = database.execute(
            "select guid, title, author, content, pubDate, enclosure_url, unread from rss_item where deleted = 0"
        ).fetchall()
    return [
        shown(guid, title, author, content, str(date), [enclosure] if enclosure else [], unread=bool(unread))
        for guid, title, author, content, date, enclosure, unread in rows
    ]


def maildir(folder):
    return [mail(message) for message in mailbox.Maildir(folder, create=False)]


def mail(message):
    text = "".join(
        part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8")
        for part in message.walk()
        if part.get_content_maintype() == "text"
    )
    # Before it is decoded: a name can have a comma.
    author, _ = parseaddr(message["From"])
    return shown(message["X-RSS-ID"], decoded(message["Subject"]), decoded(author), text, message["Date"], re.findall(r"^Enclosure: (\S+)", text, re.M))


def decoded(header):
    return str(make_header(decode_header(header)))


def feedparser(address):
    import feedparser as library

    return [
        shown(
            entry.get("id"),
            # It says which titles are HTML.
            html.unescape(entry.title) if entry.get("title_detail", {}).get("type") == "text/html" else entry.get("title"),
            entry.get("author"),
            "".join(part.value for part in entry.get("content", [])) or entry.get("summary"),
            entry.get("published"),
            [link.href for link in entry.get("links", []) if link.get("rel") == "enclosure"],
        )
        for entry in library.parse(address).entries
    ]


def fastfeedparser(address):
    import fastfeedparser as library

    return [
        shown(
            entry.get("id"),
            entry.get("title"),
            entry.get("author"),
            "".join(part.get("value") or "" for part in entry.get("content", [])) or entry.get("description"),
            entry.get("published"),
            [file.get("url") for file in entry.get("enclosures", [])],
        )
        for entry in library.parse(address).entries
    ]


def podcastparser(address):
    import podcastparser as library

    with urllib.request.urlopen(address) as response:
        feed = library.parse(address, response)
    return [
        shown(
            episode.get("guid"),
            episode.get("title"),
            episode.get("episode_author") or feed.get("itunes_author"),
            episode.get("description_html") or episode.get("description"),
            str(episode.get("published")),
            [file.get("url") for file in episode.get("enclosures", [])],
        )
        for episode in feed.get("episodes", [])
    ]


def shown(id, title, author, content, date, recordings, **more):
    texts = {"id": id, "title": title, "author": author, "content": content, "date": date}
    return {**{name: text or "" for name, text in texts.items()}, "recordings": recordings, **more}


READERS = {function.__name__: function for function in (newsboat, maildir, feedparser, fastfeedparser, podcastparser)}

if __name__ == "__main__":
    kind, source = sys.argv[1:]
    json.dump(READERS[kind](source), sys.stdout)
