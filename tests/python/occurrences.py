"""A second opinion on recurrence rules: python-dateutil.

Reads a list of {rule, start, zone, to} and prints, for each, the instants (minutes since 1970) of every occurrence from
the start up to the wall time `to`. A time that clocks skip is read with the offset before the gap, and of one that they
show twice the first is meant (RFC 5545, 3.3.5). They are a set: in order, the same instant once.
"""
import json
import sys
from datetime import datetime, timezone

from dateutil import rrule, tz

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def instants(row):
    zone = tz.gettz(row['zone']) if row['zone'] != 'UTC' else tz.UTC
    start = datetime.fromisoformat(row['start']).replace(tzinfo=zone)
    end = datetime.fromisoformat(row['to']).replace(tzinfo=zone)
    found = set()
    for each in rrule.rrulestr(row['rule'], dtstart=start):
        if each > end:
            break
        instant = tz.resolve_imaginary(each).astimezone(timezone.utc)
        found.add((instant - EPOCH).total_seconds() / 60)
    return sorted(found)


json.dump([instants(row) for row in json.load(sys.stdin)], sys.stdout)
