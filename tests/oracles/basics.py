"""What the recounts share: reading a table of the data set, dates and time limits as the framework means them, and how shares are said."""

import csv
import json
from datetime import date, datetime, timedelta

GRADES = ["outstanding", "good", "requires-improvement", "inadequate"]
EFFECTS = {"sustained": "sustained", "partly": "partly sustained", "recurred": "recurred", "cannot-tell": "cannot tell"}


def rows_of(folder, name):
    with open(f"{folder}/{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def month_after(day, months):
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


class Year:
    """How the framework divides its time."""

    def __init__(self, profile):
        cycle = profile["cycle"]
        self.months = {"monthly": 1, "two-monthly": 2, "quarterly": 3}[cycle["rhythm"]]
        self.starts_in = cycle.get("year_starts_in", 4)

    def begins(self, day):
        return month_after(day, -((day.month - self.starts_in) % 12))

    def span(self, every, starts, today):
        last = month_after(starts, self.months) - timedelta(days=1)
        number, _, unit = every.partition(" ")
        if unit.startswith("week"):
            until = max(min(today, last), starts)
            return until - timedelta(days=7 * int(number) - 1), until
        size = max(int(number) if unit.startswith("month") else 1, self.months)
        if size == self.months:
            return starts, last
        begins = self.begins(starts)
        into = (starts.year - begins.year) * 12 + starts.month - begins.month
        first = month_after(begins, into // size * size)
        return first, month_after(first, size) - timedelta(days=1)


class Days:
    """Calendar and working days."""

    def __init__(self, holidays):
        with open(holidays, encoding="utf-8") as file:
            table = json.load(file)
        self.free = {date.fromisoformat(event["date"]) for event in table["england-and-wales"]["events"]}

    def due(self, since, within):
        number, unit = within.split(" ", 1)
        number = int(number)
        if unit.startswith("working"):
            day = since
            while number > 0:
                day += timedelta(days=1)
                number -= day.weekday() < 5 and day not in self.free
            return day
        if unit.startswith("week"):
            return since + timedelta(days=7 * number)
        if unit.startswith("day"):
            return since + timedelta(days=number)
        return None


def day_of(moment):
    """The day in London: summer time begins and ends on the last Sundays of March and October, at one o'clock UTC."""
    stamp = moment[:19]
    day = date.fromisoformat(stamp[:10])

    def last_sunday(month):
        end = month_after(date(day.year, month, 1), 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() + 1) % 7)

    begins, ends = f"{last_sunday(3)}T01:00:00", f"{last_sunday(10)}T01:00:00"
    if begins <= stamp < ends and stamp[11:13] == "23":
        return day + timedelta(days=1)
    return day


def brief(day):
    return f"{day.day} {day.strftime('%b %Y')}"


def full(day):
    return f"{day.day} {day.strftime('%B %Y')}"


def wordy(text):
    return brief(date.fromisoformat(text)) if text else ""


def minutes_between(since, until):
    stamp = lambda text: datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int((stamp(until) - stamp(since)).total_seconds() // 60)


def per_cent(n, of):
    """In whole per cent, halves up. 100 is all of them and 0 is none: what is hardly less or more is 99 or 1."""
    rounded = (200 * n + of) // (2 * of)
    return rounded if n in (0, of) else min(99, max(1, rounded))


def said_share(n, of):
    return f"{n} of {of} ({per_cent(n, of)} %)" if of else "none counted"


def plain(number):
    return str(int(number)) if number == int(number) else str(number)


def many(n, one, several):
    return f"{n} {one if n == 1 else several}"
