"""Reads feeds with Python's icalendar and recurring-ical-events, and has vobject validate them.

Takes the paths of feeds as lines on standard input, and prints what every reader here prints: the reader's version and,
for each path, what it complained of and the occurrences that it sees.
"""

import datetime
import importlib.metadata
import json
import sys
import warnings

import icalendar
import recurring_ical_events
import vobject

UTC = datetime.timezone.utc


def written(value):
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            return "floating " + value.isoformat()
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def occurrence(event):
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    return {
        "uid": str(event["UID"]),
        "start": written(start),
        "end": written(end),
        "all_day": not isinstance(start, datetime.datetime),
        "summary": str(event["SUMMARY"]),
        "status": str(event["STATUS"]),
    }


def read(octets):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        calendar = icalendar.Calendar.from_ical(octets)
        complaints = [f"{part.name}: {error}" for part in calendar.walk() for error in part.errors]
        events = recurring_ical_events.of(calendar).between((1990, 1, 1), (2101, 1, 1))
        occurrences = [occurrence(event) for event in events]
    vobject.readOne(octets.decode()).validate(raiseException=True)
    complaints += [str(warning.message) for warning in caught]
    return {"complaints": complaints, "occurrences": occurrences}


def read_or_complain(path):
    with open(path, "rb") as file:
        octets = file.read()
    try:
        return read(octets)
    except Exception as error:  # whatever a parser finds wrong with a feed is a complaint about it
        return {"complaints": [repr(error)], "occurrences": []}


def main():
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("icalendar", "recurring-ical-events", "vobject")]
    paths = sys.stdin.read().splitlines()
    json.dump({"version": ", ".join(versions), "feeds": {path: read_or_complain(path) for path in paths}}, sys.stdout)


main()
