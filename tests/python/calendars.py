"""A second opinion on calendar files: python-icalendar reads them, python-dateutil works them out.

Reads a list of {text, days} and prints, for each file, by UID the moments (minutes since 1970; of whole days, as if in
UTC) of every occurrence that was planned within so many days from its start; of tasks, which have no date, none.
"""
import json
import sys
from datetime import date, datetime, timedelta, timezone

from dateutil import rrule, tz
from icalendar import Calendar

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def zone_of(prop, value):
    if 'TZID' in prop.params:
        return tz.gettz(str(prop.params['TZID']))
    if isinstance(value, datetime) and value.tzinfo is not None:
        return tz.UTC
    return None


def wall(prop, value):
    """With dateutil's own zone, not the one that the parser chose."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value.replace(tzinfo=zone_of(prop, value))


def minutes(value):
    instant = value.replace(tzinfo=tz.UTC) if value.tzinfo is None else tz.resolve_imaginary(value).astimezone(timezone.utc)
    return (instant - EPOCH).total_seconds() / 60


def listed(event, name):
    found = event.get(name, [])
    props = found if isinstance(found, list) else [found]
    return {wall(prop, each.dt if not isinstance(each.dt, tuple) else each.dt[0]) for prop in props for each in prop.dts}


def occurrences(main, others, days):
    start = wall(main['DTSTART'], main['DTSTART'].dt)
    end = start + timedelta(days=days)
    planned = {start} if 'RRULE' not in main else set()
    if 'RRULE' in main:
        for each in rrule.rrulestr(main['RRULE'].to_ical().decode(), dtstart=start):
            if each > end:
                break
            planned.add(each)
    planned = {each for each in (planned | listed(main, 'RDATE')) - listed(main, 'EXDATE') if each <= end}
    moved = {wall(o['RECURRENCE-ID'], o['RECURRENCE-ID'].dt): wall(o['DTSTART'], o['DTSTART'].dt) for o in others}
    return sorted({minutes(moved.get(each, each)) for each in planned})


def answer(question):
    calendar = Calendar.from_ical(question['text'])
    events = calendar.walk('VEVENT')
    singles = {}
    for each in events:
        if 'RECURRENCE-ID' in each:
            singles.setdefault(str(each['UID']), []).append(each)
    undated = {str(each['UID']): [] for each in calendar.walk('VTODO') if not {'DTSTART', 'DUE'} & set(each)}
    return undated | {
        str(each['UID']): occurrences(each, singles.get(str(each['UID']), []), question['days'])
        for each in events
        if 'RECURRENCE-ID' not in each
    }


json.dump([answer(each) for each in json.load(sys.stdin)], sys.stdout)
