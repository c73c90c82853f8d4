"""Reads VTIMEZONEs with python-dateutil and compares the offsets with the bundled time zone database.

Takes a folder that a test of convene wrote:

    vtimezones/N.ics   each different VTIMEZONE once, its TZID being N
    tzif/ZONE          the database's own octets, the name with `+` for `/`
    zones.json         for each zone: the VTIMEZONE (or null), and the instants tried as [first, string]:
                       the days from `first` on, then those listed, `1` where convene would write a TZID and `0` where UTC

and prints how many instants were compared, and where the two differ although convene would write a TZID. The database is
read by Python's zoneinfo, so that both sides are read by programs that convene has no part in.
"""

import datetime
import json
import os
import sys
import zoneinfo

from dateutil.tz import tzical

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400


def instants(zone):
    first, last = zone["days"]
    yield from range(first, last, DAY)
    yield from zone["near_transitions"]


def main(folder):
    with open(os.path.join(folder, "zones.json"), encoding="utf-8") as file:
        zones = json.load(file)
    by_vtimezone = {}
    for name, zone in zones.items():
        by_vtimezone.setdefault(zone["vtimezone"], []).append((name, zone))
    compared, in_utc, wrong, missing = 0, 0, [], []
    for number, members in by_vtimezone.items():
        if number is None:
            continue
        path = os.path.join(folder, "vtimezones", f"{number}.ics")
        reader = tzical(path).get(str(number))
        read = {}
        for name, zone in members:
            with open(os.path.join(folder, "tzif", name.replace("/", "+")), "rb") as file:
                database = zoneinfo.ZoneInfo.from_file(file, key=name)
            for instant, tzid in zip(instants(zone), zone["tzid"], strict=True):
                if tzid == "0":
                    in_utc += 1
                    continue
                compared += 1
                moment = EPOCH + datetime.timedelta(seconds=instant)
                wall = moment.astimezone(database).replace(tzinfo=None)
                # What a calendar program does: it finds a wall clock time and a TZID, and asks for the offset.
                if wall not in read:
                    read[wall] = wall.replace(tzinfo=reader).utcoffset()
                if wall - read[wall] != moment.replace(tzinfo=None):
                    wrong.append([name, moment.isoformat(), str(read[wall])])
    json.dump({"compared": compared, "in_utc": in_utc, "wrong": wrong[:20], "wrong_count": len(wrong)}, sys.stdout)


main(sys.argv[1])
