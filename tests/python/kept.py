"""A second opinion on what calendar files keep: python-icalendar reads them, and says which properties it finds where.

Reads a list of texts and prints, for each, every property as 'COMPONENT NAME;PARAM=value:' in order of the alphabet.
"""
import json
import sys

from icalendar import Calendar


def lines(component):
    for name, value in component.property_items(recursive=False):
        params = getattr(value, 'params', {})
        told = ''.join(f';{key}={params[key]}' for key in sorted(params))
        yield f'{component.name} {name}{told}:'


json.dump([sorted(line for part in Calendar.from_ical(text).walk() for line in lines(part)) for text in json.load(sys.stdin)], sys.stdout)
