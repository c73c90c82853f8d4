#!/usr/bin/env python3
"""
Lint HTTP resources with REDbot, as an outside checker.   answers.py [options] URL...

Each URL is checked in several passes (fresh request each), every pass with REDbot's own
sub-requests (gzip negotiation, byte range, If-None-Match, If-Modified-Since):
  identity  GET without Accept-Encoding (REDbot adds its own gzip sub-request here)
  gzip, br  GET with Accept-Encoding: gzip / br  (so those variants get 304-tested too)
  head      HEAD, compared with the GET; plus raw-socket probes for content after HEAD and 304
Output: one tab-separated line per note:  URL  pass/subrequest  LEVEL  NOTE_ID  subject  summary
Lines whose id starts with X_ are this script's own checks, not REDbot's.
Exit 0: nothing to complain; 1: a BAD or WARN outside the allow-list (or a check that did not
happen: REDbot reports those as INFO or not at all); 2: bad usage.
"""
import argparse
import gzip
import socket
import sys
import time
from configparser import ConfigParser
from urllib.parse import urlsplit

import thor
from redbot.resource import HttpResource

# Notes of level BAD/WARN that are accepted: add "NOTE_ID": "why".
ALLOW = {
}
# INFO notes that mean "REDbot could not judge": never acceptable.
FATAL_INFO = {
    "CONNEG_SUBREQ_PROBLEM", "ETAG_SUBREQ_PROBLEM", "LM_SUBREQ_PROBLEM", "RANGE_SUBREQ_PROBLEM",
    "INM_STATUS", "IMS_STATUS", "INM_UNKNOWN", "IMS_UNKNOWN", "RANGE_STATUS", "RANGE_CHANGED",
    "VARY_BODY_MISMATCH",
}
TIMEOUT = 30  # seconds for one pass

PASSES = {
    "identity": ("GET", []),
    "gzip": ("GET", [("Accept-Encoding", "gzip")]),
    "br": ("GET", [("Accept-Encoding", "br")]),
    "head": ("HEAD", []),
}


def make_config():
    parser = ConfigParser()
    parser.read_dict({"redbot": {
        "enable_local_access": "True",  # else 127.0.0.1 is refused
        "max_sample_size": "0",  # keep whole bodies (default: 8192 bytes)
    }})
    return parser["redbot"]


def run_all(config, jobs):
    """
    Run (url, method, headers) jobs one after another; returns a list of
    (HttpResource or None on timeout, seconds).

    All in ONE thor.run(): thor.stop() forgets the sockets, so a second thor.run() would pick
    dead keep-alive connections out of REDbot's shared client pool and hang until read timeout.
    """
    HttpResource.client.connect_timeout = HttpResource.client.read_timeout = TIMEOUT - 5
    results = []

    def start_next():
        if len(results) == len(jobs):
            thor.stop()
            return
        url, method, headers = jobs[len(results)]
        resource, began, mine = HttpResource(config), time.monotonic(), len(results)

        def finish(outcome):
            if len(results) == mine:  # not already timed out
                guard.delete()
                results.append((outcome, time.monotonic() - began))
                thor.schedule(0, start_next)

        guard = thor.schedule(TIMEOUT, finish, None)
        resource.on("check_done", lambda: finish(resource))
        resource.set_request(url, method=method, headers=list(headers))
        resource.check()  # may finish synchronously (bad URL, refused address)

    thor.schedule(0, start_next)
    thor.run()
    return results


def walk(notes):
    for note in notes:
        yield note
        yield from walk(note.subnotes)


def note_rows(resource):
    "All notes of a run: (subrequest, level, id, subject, summary); copies shown once."
    seen = set()
    sources = [("main", resource)] + list(resource.subreqs.items())
    for name, fetcher in sources:
        responses = [("", fetcher.response)]
        responses += [("/1xx", nf) for nf in fetcher.nonfinal_responses]
        for suffix, response in responses:
            for note in walk(response.notes):
                row = (note.level.name, type(note).__name__, note.subject, str(note.summary))
                # add_notes() puts the same note on the main and on the sub-response
                if name != "main" and row in seen:
                    continue
                if name == "main":
                    seen.add(row)
                yield (name + suffix, *row)


def header(fetcher, name):
    return [v.strip() for (k, v) in fetcher.response.headers.text if k.lower() == name]


def bytes_after_headers(url, method, extra=""):
    "Raw request with Connection: close; (status, bytes after the header block). http: only."
    parts = urlsplit(url)
    target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=10) as sock:
        sock.sendall(f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n{extra}"
                     "User-Agent: answers.py\r\nConnection: close\r\n\r\n".encode("ascii"))
        data = b"".join(iter(lambda: sock.recv(65536), b""))
    head, _, rest = data.partition(b"\r\n\r\n")
    return int(head.split(None, 2)[1]), rest


def raw_rows(url, identity):
    "HEAD and 304 must carry no content (REDbot sees it only if it arrives in time: flaky)."
    probes = [("HEAD", "", None)]
    if identity is not None:
        for tag in header(identity, "etag")[:1]:
            probes.append(("GET", f"If-None-Match: {tag}\r\n", 304))
    for method, extra, expected in probes:
        try:
            status, rest = bytes_after_headers(url, method, extra)
        except (OSError, ValueError, IndexError) as why:
            yield ("raw", "BAD", "X_RAW_ERROR", "", f"{method} {extra.strip()}: {why!r}")
            continue
        if rest and expected in (None, status):
            yield ("raw", "BAD", "X_UNWANTED_BODY", "",
                   f"{len(rest)} bytes after the headers of {method} {extra.strip()} -> {status}")


def own_rows(name, resource, opts, done):
    "Checks REDbot is silent about: did the thing happen at all?"
    def bad(note, text):
        return ("own", "BAD", note, "", text)

    if resource.fetch_error:
        yield bad("X_FETCH_ERROR", f"{resource.fetch_error.desc}: {resource.fetch_error.detail}")
    if not resource.response.complete:
        yield bad("X_INCOMPLETE", "the response is not complete")
        return
    status = resource.response.status_code
    if status != opts.status:
        yield bad("X_STATUS", f"status {status}, expected {opts.status}")
    if opts.status == 200 and not opts.no_etag and not resource.inm_support:
        yield bad("X_NO_ETAG_304", "no 304 to If-None-Match was seen")
    if opts.status == 200 and not opts.no_lm and not resource.ims_support:
        yield bad("X_NO_LM_304", "no 304 to If-Modified-Since was seen")
    if opts.status == 200 and opts.range and name != "head" and not resource.partial_support:
        yield bad("X_NO_RANGE", "no correct 206 was seen")
    coding = header(resource, "content-encoding")
    if opts.status == 200 and name in ("gzip", "br") and coding != [name]:
        yield bad("X_NOT_ENCODED", f"asked for {name}, got Content-Encoding {coding}")
    if opts.status == 200 and not header(resource, "content-type"):
        yield bad("X_NO_CONTENT_TYPE", "no Content-Type")
    if opts.type and [h.lower() for h in header(resource, "content-type")] != [opts.type.lower()]:
        yield bad("X_CONTENT_TYPE", f"{header(resource, 'content-type')}, expected {opts.type}")
    if name != "head" and coding == ["gzip"]:  # REDbot ignores gzip's CRC and length
        try:
            gzip.decompress(b"".join(c for (_, c) in resource.response_content_sample))
        except (OSError, EOFError) as why:
            yield bad("X_BAD_GZIP", str(why))
    base = done.get("identity")
    if name != "identity" and base is not None and base.response.complete:
        invariant = ["vary", "cache-control", "last-modified", "content-type", "accept-ranges"]
        if name == "head":
            invariant += ["etag", "content-length", "content-encoding"]
        for hdr in invariant:
            if header(resource, hdr) != header(base, hdr):
                yield bad("X_HEADER_DIFFERS", f"{hdr}: {header(resource, hdr)} here, "
                                              f"{header(base, hdr)} in identity GET")
        if name != "head":
            if resource.response.decoded.hash != base.response.decoded.hash:
                yield bad("X_BODY_DIFFERS", "decoded content is not the identity content")
            mine = header(resource, "etag")
            for other, that in done.items():
                if (other != "head" and mine and mine == header(that, "etag")
                        and not mine[0].startswith("W/")
                        and coding != header(that, "content-encoding")):
                    yield bad("X_ETAG_SHARED", f"strong ETag {mine[0]} is also {other}'s")


def main():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("url", nargs="+")
    ap.add_argument("--passes", default="identity,gzip,br,head")
    ap.add_argument("--status", type=int, default=200, help="expected status (default 200)")
    ap.add_argument("--no-etag", action="store_true", help="do not demand ETag/304")
    ap.add_argument("--no-lm", action="store_true", help="do not demand Last-Modified/304")
    ap.add_argument("--type", help='demand exactly this Content-Type, e.g. "text/calendar; charset=utf-8"')
    ap.add_argument("--range", action="store_true", help="demand working byte ranges")
    ap.add_argument("--allow", action="append", default=[], metavar="NOTE_ID")
    ap.add_argument("--quiet", action="store_true", help="print complaints only")
    ap.add_argument("--time", action="store_true", help="print seconds per URL on stderr")
    opts = ap.parse_args()
    names = opts.passes.split(",")
    if not set(names) <= set(PASSES):
        ap.error("passes are: " + ", ".join(PASSES))
    allow = set(ALLOW) | set(opts.allow)
    config = make_config()
    complaints = 0
    jobs = [(url, *PASSES[name]) for url in opts.url for name in names]
    results = iter(run_all(config, jobs))
    for url in opts.url:
        spent, done = 0.0, {}
        for name in names:
            resource, seconds = next(results)
            spent += seconds
            if resource is None:
                rows = [("own", "BAD", "X_TIMEOUT", "", f"no result in {TIMEOUT} s")]
            else:
                rows = list(note_rows(resource)) + list(own_rows(name, resource, opts, done))
                done[name] = resource
                if name == "head" and url.startswith("http:") and resource.response.complete:
                    rows += raw_rows(url, done.get("identity"))
            for sub, level, note, subject, summary in rows:
                complain = (level in ("BAD", "WARN") or note in FATAL_INFO) and note not in allow
                complaints += complain
                if complain or not opts.quiet:
                    print(url, f"{name}/{sub}", level, note, subject,
                          " ".join(summary.split()), sep="\t")
        if opts.time:
            print(f"{url}\t{spent:.2f} s", file=sys.stderr)
    sys.stdout.flush()
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
