"""Runs trafilatura over pages named on stdin as JSON [[id, url, path]...]; prints one JSON line a page, then the times."""

import gzip
import json
import resource
import sys
import time

from trafilatura import bare_extraction


def extract(data, url):
    found = bare_extraction(data, url=url, include_comments=False, with_metadata=True)
    return found.as_dict() if hasattr(found, "as_dict") else found


def main():
    pages = []
    for page, url, path in json.load(sys.stdin):
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rb") as file:
            pages.append((page, url, file.read()))
    passes = int(sys.argv[1])
    seconds = []
    for _ in range(passes):
        start = time.process_time()
        for _, url, data in pages:
            extract(data, url)
        seconds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if passes == 0:
        for page, url, data in pages:
            found = extract(data, url) or {}
            fields = ("text", "title", "author", "date")
            print(json.dumps({"id": page, **{name: found.get(name) for name in fields}}))
    print(json.dumps({"seconds": seconds, "peakMegabytes": peak}))


main()
