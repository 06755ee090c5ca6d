#!/usr/bin/env python3
"""An independent oracle for deadlines: the same questions answered by Python's zoneinfo and plain date arithmetic.

    deadlines.py BANK_HOLIDAYS.json CASES [SEED]

writes one case a line, always the same for the same arguments:

    start (UTC, seconds since 1970),span,late from (the same) or -,last day or why not,working days from start to last day

A span is a letter and a number: h24 (hours), d5 (days), w2 (weeks), m3 (months), b20 (working days). `after` stands
where the table of bank holidays ends first. Nothing here is taken from the Rust code: working days are looked up by
bisection in a list of all of them, months by the calendar module. Standard library only; exit status 3 means that this
machine has no time zone data.
"""

import bisect
import calendar
import json
import sys
from datetime import date, datetime, time, timedelta, timezone

try:
    from zoneinfo import ZoneInfo

    LONDON = ZoneInfo("Europe/London")
except (ImportError, KeyError) as missing:  # ZoneInfoNotFoundError is a KeyError
    sys.stderr.write(f"no time zone data: {missing}\n")
    sys.exit(3)

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


def working_days(path):
    """All working days of the table's years, in order, and the table's last day."""
    with open(path, encoding="utf-8") as file:
        listed = {date.fromisoformat(event["date"]) for event in json.load(file)["england-and-wales"]["events"]}
    first, last = date(min(listed).year, 1, 1), date(max(listed).year, 12, 31)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.isoweekday() <= 5 and day not in listed], last


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


def clock_change_nights():
    """Instants around each change of the clocks, 2024-2031: the last Sundays of March and October, 01:00 UTC."""
    for year in range(2024, 2032):
        for month in (3, 10):
            sunday = max(week[calendar.SUNDAY] for week in calendar.monthcalendar(year, month))
            yield int(datetime(year, month, sunday, 1, tzinfo=timezone.utc).timestamp())


def main():
    work, table_end = working_days(sys.argv[1])
    wanted, seed = int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2026
    random = SplitMix(seed)
    nights = list(clock_change_nights())
    start_of_all = int(datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp())
    seconds = int(datetime(2032, 1, 1, tzinfo=timezone.utc).timestamp()) - start_of_all
    longest = {"h": 200, "d": 400, "w": 60, "m": 30, "b": 90}
    lines = []
    for case in range(wanted):
        if case % 4 == 0:  # a quarter of all cases start within two days of a clock change
            stamp = nights[random.below(len(nights))] + random.below(4 * 86400) - 2 * 86400
        else:
            stamp = start_of_all + random.below(seconds)
        unit = "hdwmb"[random.below(5)]
        number = random.below(longest[unit] + 1)
        start = datetime.fromtimestamp(stamp, timezone.utc)
        today = start.astimezone(LONDON).date()
        if unit == "h":
            end = start + timedelta(hours=number)
            day, late = end.astimezone(LONDON).date(), int(end.timestamp())
        else:
            day = last_day(today, unit, number, work)
            if day is None:
                lines.append(f"{stamp},{unit}{number},-,after,-")
                continue
            late = int(datetime.combine(day + timedelta(days=1), time(), LONDON).timestamp())
        known = day == today or day <= table_end  # no day at all has to be looked up between a day and itself
        between = bisect.bisect_right(work, day) - bisect.bisect_right(work, today) if known else "-"
        lines.append(f"{stamp},{unit}{number},{late},{day.isoformat()},{between}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
