"""People, counted again without knowing one: practitioners of whom a case was reviewed, and who is behind with what a register expects."""

from collections import defaultdict
from datetime import date, timedelta

from basics import month_after


def reviewed_of(rows, cycles, kind=None):
    """Practitioners with open cases of whom a case was reviewed in these cycles, and all of them."""
    seen = {row["practitioner"] for row in rows if row["cycle"] in cycles and kind in (None, row["kind"])}
    return len(seen), len({row["practitioner"] for row in rows})


def behind(register, rows, year, today):
    """F16: how many are behind with a register, and of how many entries are asked today; none: it expects none of anybody."""
    if not register.get("expects"):
        return None
    begins = year.begins(today.replace(day=1))
    parts, first = [], begins
    for month in (month_after(begins, at) for at in range(12)):
        if not register.get("months") or month.month in register["months"]:
            parts.append((first, month_after(month, 1)))
            first = month_after(month, 1)
    people = defaultdict(list)
    for row in rows:
        if row["register"] == register["key"]:
            people[(row["number"], row["role"])].append(row)
    by, of = 0, 0
    for (_, role), months in people.items():
        expected = next(one for one in register["expects"] if role in one["roles"])
        a_year = expected["times_a_year"]
        if months[0]["here_today"] == "0" or a_year == 0:
            continue
        of += 1
        here = {date.fromisoformat(row["month"]): int(row["days_here"]) for row in months}

        def counts(part):
            begun, ended = part
            days = sum(many for month, many in here.items() if begun <= month < ended)
            return days * 2 >= (ended - begun).days

        asked = [part for part in parts if counts(part)]
        share = lambda those: a_year * len(those) // max(1, len(parts))
        due, all_year = share([part for part in asked if part[1] - timedelta(days=1) < today]), share(asked)
        entries = sum(int(row["entries"]) for row in months)
        lacks_kind = "at_least_one" in expected and all_year > 0 and not any(int(row["of_the_kind"]) for row in months)
        by += entries < due or lacks_kind and due >= all_year
    return by, of
