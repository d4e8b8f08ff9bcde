"""Reads podcasts back with feedparser and compares them with the settings, the JSON Feed and the files of the site.

    python check_podcast.py FOLDER CONFIG.json

FOLDER is a built site, and CONFIG.json the settings it was built with. Each podcast of the settings must have an episode
with a transcript.

Exit code 0 if everything is found, 1 if something differs, 2 if it could not be run.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import urlsplit

try:
    import feedparser
except ImportError:
    print("check_podcast.py: feedparser is not installed (python -m pip install feedparser).", file=sys.stderr)
    sys.exit(2)

PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"

# Transcripts that apps take, with what their files begin with.
TRANSCRIPTS = {"text/vtt": "WEBVTT\n", "application/x-subrip": "1\n"}


def main(arguments):
    if len(arguments) != 2:
        print("usage: check_podcast.py FOLDER CONFIG.json", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    shows = json.loads(Path(arguments[1]).read_text("utf-8"))["feeds"]["podcasts"]
    problems = [problem for section, show in shows.items() for problem in check_show(folder, section, show)]
    if not shows:
        problems.append("the settings name no podcast.")
    for problem in problems:
        print(f"check_podcast.py: {problem}", file=sys.stderr)
    print(f"feedparser: {len(shows)} podcasts read, {len(problems)} problems.")
    return 1 if problems else 0


def check_show(folder, section, show):
    """The differences between a podcast and what it should hold, as sentences."""
    source = (folder / section / "feed.xml").read_bytes()
    feed = feedparser.parse(source, sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        yield f"{section} is malformed: {feed.get('bozo_exception')}"
        return
    channel = ElementTree.fromstring(source).find("channel")
    explicit = str(show.get("explicit", False)).lower()
    # feedparser reads true and false as unknown, so their words are compared in the XML.
    yield from differences(
        section,
        title=(feed.feed.get("title"), show["title"]),
        image=(feed.feed.get("image", {}).get("href"), show["image"]),
        category=([tag.term for tag in feed.feed.get("tags", [])], show["category"].split(" > ")),
        explicit=([channel.findtext(f"{ITUNES}explicit")], [explicit]),
    )
    items = {item["id"]: item for item in json.loads((folder / section / "feed.json").read_text("utf-8"))["items"]}
    elements = {item.findtext("guid"): item for item in channel.findall("item")}
    episodes = [entry for entry in feed.entries if entry.enclosures]
    found = 0
    for entry in episodes:
        file = items[entry.id]["attachments"][0]
        enclosure = entry.enclosures[0]
        element = elements[entry.id]
        yield from differences(
            entry.id,
            enclosures=(len(entry.enclosures), 1),
            url=(enclosure.href, file["url"]),
            type=(enclosure.type, file["mime_type"]),
            length=(int(enclosure.length), published(folder, file["url"]).stat().st_size),
            duration=(int(entry.get("itunes_duration", 0)), file["duration_in_seconds"]),
            explicit=(element.findtext(f"{ITUNES}explicit"), explicit),
            episode_type=(entry.get("itunes_episodetype"), "full"),
        )
        for transcript in element.findall(f"{PODCAST}transcript"):
            found += 1
            begins = TRANSCRIPTS.get(transcript.get("type"))
            path = published(folder, transcript.get("url"))
            if begins is None or not path.is_file() or not path.read_text("utf-8").startswith(begins):
                yield f"{entry.id} names the transcript {transcript.attrib}, whose file is none."
    if not episodes or not found:
        yield f"{section} has {len(episodes)} episodes and {found} transcripts; each must be there."


def differences(name, **values):
    return [f"{name}: {field} is {got!r}, not {wanted!r}." for field, (got, wanted) in values.items() if got != wanted]


def published(folder, url):
    """The file of the site with an address."""
    return folder / urlsplit(url).path.lstrip("/")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
