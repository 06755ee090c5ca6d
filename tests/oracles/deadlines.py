#!/usr/bin/env python3
"""An independent oracle for deadlines: the same questions answered by Python's zoneinfo and plain date arithmetic.

    deadlines.py BANK_HOLIDAYS.json FRAMEWORKS_FOLDER CASES [SEED] [--one-off DAY ...]

writes one case a line, always the same for the same arguments and files:

    start (UTC, seconds since 1970),span,late from (the same) or -,last day or why not,working days from start to last day,family

A span is a letter and a number: h24 (hours), d5 (days), w2 (weeks), m3 (months), b20 (working days). `after` stands
where the table of bank holidays ends first. Starts lie in 2024 to 2028; a family says what they lie near: a night on which
the clocks change, Easter, a day that stands in for a holiday on a weekend, a one-off holiday, a year's end, a midnight, or
nothing. Every other span is one that a framework's profile writes, or one of a
fixed list where the folder is given as "-"; the rest are any.

Nothing here is taken from the Rust code: working days are looked up by bisection in a list of all of them, months by the
calendar module, Easter by the computus of Meeus. Standard library only; exit status 3 means that this machine has no time
zone data.
"""

import argparse
import bisect
import calendar
import json
import pathlib
import re
import sys
from datetime import date, datetime, time, timedelta, timezone

try:
    from zoneinfo import ZoneInfo

    LONDON = ZoneInfo("Europe/London")
except (ImportError, KeyError) as missing:  # ZoneInfoNotFoundError is a KeyError
    sys.stderr.write(f"no time zone data: {missing}\n")
    sys.exit(3)

YEARS = range(2024, 2029)
DAY = 86400
MASK = (1 << 64) - 1


class SplitMix:
    """splitmix64, so that the cases do not depend on the version of Python."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n  # the bias of the remainder does not matter for choosing test cases

    def among(self, things):
        return things[self.below(len(things))]


def holidays(path):
    """The listed bank holidays, and those of them that stand in for one on a weekend."""
    with open(path, encoding="utf-8") as file:
        events = json.load(file)["england-and-wales"]["events"]
    listed = {date.fromisoformat(event["date"]) for event in events}
    stands_in = {date.fromisoformat(event["date"]) for event in events if "ubstitute" in event["notes"]}
    return listed, sorted(day for day in stands_in if day.year in YEARS)


def working_days(listed):
    """All working days of the table's years, in order, and the table's last day."""
    first, last = date(min(listed).year, 1, 1), date(max(listed).year, 12, 31)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.isoweekday() <= 5 and day not in listed], last


def easter(year):
    """Easter Sunday (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    week = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + week - 7 * ((a + 11 * h + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(day, unit, number, work):
    if unit == "d":
        return day + timedelta(days=number)
    if unit == "w":
        return day + timedelta(weeks=number)
    if unit == "m":
        return months_later(day, number)
    if number == 0:
        return day
    place = bisect.bisect_right(work, day) + number - 1
    return work[place] if place < len(work) else None


def midnight(day):
    return int(datetime.combine(day, time(), LONDON).timestamp())


def clock_change_nights():
    """Instants of each change of the clocks: the last Sundays of March and October, 01:00 UTC."""
    for year in YEARS:
        for month in (3, 10):
            sunday = max(week[calendar.SUNDAY] for week in calendar.monthcalendar(year, month))
            yield int(datetime(year, month, sunday, 1, tzinfo=timezone.utc).timestamp())


# For a table that stays the same when a profile changes.
USUAL = [("b", 2), ("b", 20), ("d", 5), ("d", 14), ("d", 40), ("h", 1), ("h", 24), ("m", 1), ("m", 12), ("w", 1), ("w", 12)]


def spans_of_profiles(folder):
    """Every span that a profile writes ("20 working days"), each once."""
    if folder == "-":
        return USUAL
    letters = {"hour": "h", "day": "d", "working day": "b", "week": "w", "month": "m"}
    found = set()
    for path in sorted(pathlib.Path(folder).glob("*.toml")):
        for number, unit in re.findall(r'"(\d+) (hour|day|working day|week|month)s?"', path.read_text(encoding="utf-8")):
            found.add((letters[unit], int(number)))
    return sorted(found)


def starts(random, listed, stands_in, one_off):
    """Starts for ever, each with its family, the families in turn."""
    nights = list(clock_change_nights())
    sundays = [easter(year) for year in YEARS]
    for sunday in sundays:
        missing = {sunday - timedelta(days=2), sunday + timedelta(days=1)} - listed
        if missing:
            sys.exit(f"the table of bank holidays lacks {missing}")
    first = int(datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp())
    seconds = int(datetime(2029, 1, 1, tzinfo=timezone.utc).timestamp()) - first
    before = lambda day, most: midnight(day) - random.below(most * DAY) + DAY
    while True:
        yield "clock", random.among(nights) + random.below(4 * DAY) - 2 * DAY
        yield "easter", before(random.among(sundays), 25)
        yield "stands-in", before(random.among(stands_in), 25)
        if one_off:
            yield "one-off", before(random.among(one_off), 25)
        yield "year-end", midnight(date(random.among(YEARS), 12, 10)) + random.below(22 * DAY)
        yield "midnight", midnight(date(2024, 1, 2) + timedelta(days=random.below(1820))) + random.below(7200) - 3600
        yield "any", first + random.below(seconds)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("holidays")
    arguments.add_argument("frameworks")
    arguments.add_argument("cases", type=int)
    arguments.add_argument("seed", type=int, nargs="?", default=2026)
    arguments.add_argument("--one-off", type=date.fromisoformat, nargs="*", default=[])
    given = arguments.parse_args()
    listed, stands_in = holidays(given.holidays)
    listed |= set(given.one_off)
    work, table_end = working_days(listed)
    random = SplitMix(given.seed)
    of_profiles = spans_of_profiles(given.frameworks)
    longest = {"h": 200, "d": 400, "w": 60, "m": 30, "b": 90}
    lines = []
    for case, (family, stamp) in zip(range(given.cases), starts(random, listed, stands_in, given.one_off)):
        if random.below(2):
            unit, number = random.among(of_profiles)
        else:
            unit = random.among("hdwmb")
            number = random.below(longest[unit] + 1)
        start = datetime.fromtimestamp(stamp, timezone.utc)
        today = start.astimezone(LONDON).date()
        if unit == "h":
            end = start + timedelta(hours=number)
            day, late = end.astimezone(LONDON).date(), int(end.timestamp())
        else:
            day = last_day(today, unit, number, work)
            if day is None:
                lines.append(f"{stamp},{unit}{number},-,after,-,{family}")
                continue
            late = midnight(day + timedelta(days=1))
        known = day == today or day <= table_end  # no day at all has to be looked up between a day and itself
        between = bisect.bisect_right(work, day) - bisect.bisect_right(work, today) if known else "-"
        lines.append(f"{stamp},{unit}{number},{late},{day.isoformat()},{between},{family}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
