#!/usr/bin/env python3
"""An independent count of the pages of the insight view, of agreement and of the effect ledger, from the data set of `export csv`.

    insight.py DATA_FOLDER PROFILE.toml BANK_HOLIDAYS.json NOW [spoil] < SCREENS.json

reads what the screens hold (`pages` by name, `agreement`, `effects`) and counts every number again. Whatever differs is written out;
exit status 1 if anything does. The last line says how many numbers were compared, page by page.

With `spoil` each kind of number is altered once, in what the screens said, and has to be noticed. COUNTED.md lists what is counted
again, and what is not and why.

Nothing here is taken from the Rust code. Standard library only.
"""

import json
import math
import re
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from statistics import fmean, median

from agreement import Agreement
from basics import GRADES, Days, Year, brief, many, month_after, per_cent, rows_of, said_share
from people import behind, reviewed_of
from said import Said

Z = 1.959963984540054
WINDOW = 12
PAGES = ("cycles", "questions", "areas", "themes", "practice", "time", "coverage", "agreement", "behind", "effects")


def share(n, of):
    """In whole per cent, halves up."""
    return f"{per_cent(n, of)} %" if of else "-"


def wilson(n, of):
    p = n / of
    middle, half = p + Z * Z / (2 * of), Z * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    return (0.0 if n == 0 else max(0.0, (middle - half) / scale), 1.0 if n == of else min(1.0, (middle + half) / scale))


def days_of(value):
    return "-" if value is None else (f"{value:.0f}" if value == int(value) else f"{value:.1f}")


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Recount(Agreement, Said):
    def __init__(self, folder, profile, holidays, now, screens):
        self.now, self.screens, self.profile, self.days = moment(now), screens, profile, Days(holidays)
        self.today = self.now.date()
        table = lambda name: rows_of(folder, name)
        cycles = [row for row in table("cycles") if date.fromisoformat(row["starts_on"]) <= self.today and row["stands"] == "planned"]
        cycles.sort(key=lambda row: row["starts_on"])
        self.cycles = cycles[-WINDOW:]
        known = {row["cycle"] for row in self.cycles}
        self.every = {row["review"]: row for row in table("reviews")}
        self.reviews = {ref: row for ref, row in self.every.items() if row["cycle"] in known}
        self.kinds = [kind for kind in profile["kinds"] if any(row["kind"] == kind["key"] for row in self.reviews.values())]
        self.steps = defaultdict(dict)
        for row in table("steps"):
            self.steps[row["review"]][row["step"]] = row
        self.answers = defaultdict(dict)
        for row in table("answers"):
            self.answers[row["review"]][row["field"]] = row
        self.themes, self.panel, self.alerts = table("themes"), {row["review"]: row for row in table("panel")}, table("alerts")
        self.actions, self.caseload, self.indicators = table("actions"), table("caseload"), table("indicators")
        self.entries, self.expected, self.practitioners, self.year = table("entries"), table("expected_entries"), table("practitioners"), Year(profile)
        self.practice = [row for row in table("good_practice") if row["review"] in self.reviews]
        self.tellings, self.scores = table("tellings"), table("scores")
        self.wrong, self.compared, self.spoiled, self.made = [], Counter(), Counter(), {}

    def page(self, page):
        """All of a page: its cells, what they count, and what it says in words."""
        getattr(self, f"{page}_page")()
        if page != "effects":
            self.cells_as_counted(page)
            self.said(page)

    def same(self, page, what, theirs, ours):
        self.compared[page] += 1
        if theirs != ours:
            self.wrong.append(f"{page}, {what}: the screen says {theirs!r}, counted again {ours!r}")

    def rows(self, page):
        """The rows of a page: heading above, label, texts and counts of the cells."""
        heading, found = "", []
        for row in self.screens["pages"][page]["rows"]:
            if row["heading"]:
                heading = row["label"]
            else:
                found.append((heading, row["label"], [cell["text"] for cell in row["cells"]], [cell["count"] for cell in row["cells"]]))
        return found

    def of(self, test):
        return sum(test(row) for row in self.reviews.values())

    def scaled(self, page, kind):
        """The short answers of submitted reviews of a kind: review, field, point or word."""
        for ref, row in self.reviews.items():
            if row["kind"] == kind and row["submitted_at"]:
                for field, answer in self.answers[ref].items():
                    if answer["scale"] != "":
                        yield row, field, int(answer["scale"])
                    elif answer["word"] in ("yes", "partly", "no"):
                        yield row, field, answer["word"]

    def middle(self, values):
        points = [value for value in values if isinstance(value, int)]
        if points:
            return f"{median(points):.1f}"
        return f"{share(sum(value == 'yes' for value in values), len(values))} yes" if values else ""

    def level(self, values):
        """Where the answers of an area stand together: their mean, or the share of yes."""
        points = [value for value in values if isinstance(value, int)]
        return f"{fmean(points):.1f}" if points else self.middle(values)

    # Pages.

    def cycles_page(self):
        graded = any(kind.get("grading", "ungraded") != "ungraded" for kind in self.profile["kinds"])
        rows, shares = self.rows("cycles"), []
        self.same("cycles", "which", [label for _, label, _, _ in rows], [row["cycle"] for row in self.cycles])
        for (_, label, texts, counts), cycle in zip(rows, self.cycles):
            here = [row for row in self.reviews.values() if row["cycle"] == cycle["cycle"]]
            drawn = [row for row in here if row["chosen"] in ("random", "substitute")]
            final = Counter(row["grade"] for row in drawn if row["grade"])
            own = Counter(row["original_grade"] for row in drawn if row["original_grade"])
            good, all_final = final["outstanding"] + final["good"], sum(final.values())
            expected = [len(here), sum(row["submitted_at"] != "" for row in here)]
            if graded:
                expected += [final[grade] for grade in GRADES] + [good]
                low_high = "" if not all_final else "\u2013".join(f"{end * 100:.0f}" for end in wilson(good, all_final)) + " %"
                self.same("cycles", f"{label}, share", texts[6], share(good, all_final))
                self.same("cycles", f"{label}, interval", texts[7], low_high)
                self.same("cycles", f"{label}, own share", texts[8], share(own["outstanding"] + own["good"], sum(own.values())))
                done = sum(row["submitted_at"] != "" for row in here) == len(here)
                shares.append((label, good, all_final, cycle["closed_on"] != "", done))
            expected += [sum(row["state"] == "finalised" for row in here), len(here) - len(drawn)]
            for column, (theirs, ours) in enumerate(zip([count for count in counts if count is not None], expected)):
                self.same("cycles", f"{label}, number {column}", theirs, ours)
        if graded:
            self.chart(shares)

    def chart(self, rows):
        shares = [(name, n, of) for name, n, of, _, _ in rows if of]
        begun = self.begun(rows)
        chart, says = self.screens["pages"]["cycles"]["chart"], self.screens["pages"]["cycles"]["says"]
        n, of = sum(one[1] for one in shares), sum(one[2] for one in shares)
        low, high = wilson(n, of)
        line = f"Good or better in the random sample: {n} of {of} ({share(n, of)}), with 95 % confidence between {low * 100:.0f} % and {high * 100:.0f} %."
        self.same("run chart", "in words", says[0], line)
        # What has only begun stands in no line.
        shares = [one for one in shares if one[0] not in begun]
        n, of = sum(one[1] for one in shares), sum(one[2] for one in shares)
        if chart is None:
            self.same("run chart", "points", len(shares) > 1, False)
            return
        values = [one[1] / one[2] for one in shares]
        limits = len(values) >= 13
        centre = n / of if limits else median(values)
        self.same("run chart", "points", [(p["name"], p["share"]["n"], p["share"]["of"]) for p in chart["points"]], shares)
        self.same("run chart", "line", chart["lines"], "limits" if limits else "median")
        self.same("run chart", "centre", round(chart["centre"], 12), round(centre, 12))
        signals, sides = [], [(at, value > centre) for at, value in enumerate(values) if value != centre]
        runs = []
        for at, above in sides:
            if runs and runs[-1][0] == above:
                runs[-1][1].append(at)
            else:
                runs.append((above, [at]))
        if limits:
            for at, (_, _, count) in enumerate(shares):
                sigma = 3 * math.sqrt(centre * (1 - centre) / count)
                ends = (max(0.0, centre - sigma), min(1.0, centre + sigma))
                self.same("run chart", "limits", [round(end, 12) for end in chart["points"][at]["limits"]], [round(end, 12) for end in ends])
                if not ends[0] <= values[at] <= ends[1]:
                    signals.append({"outside": {"at": at, "above": values[at] > ends[1]}})
        signals += [{"shift": {"from": places[0], "to": places[-1], "above": above}} for above, places in runs if len(places) >= (7 if limits else 6)]
        distinct = [at for at in range(len(values)) if at == 0 or values[at] != values[at - 1]]
        start = 0
        for place in range(1, len(distinct) + 1):
            rising = place < len(distinct) and values[distinct[place]] > values[distinct[place - 1]]
            if place < len(distinct) and (place == start + 1 or rising == (values[distinct[start + 1]] > values[distinct[start]])):
                continue
            if place - start >= (6 if limits else 5):
                signals.append({"trend": {"from": distinct[start], "to": distinct[place - 1], "rising": values[distinct[start + 1]] > values[distinct[start]]}})
            start = place - 1
        most = {10: 9, 11: 10, 12: 11}.get(len(sides))
        if not limits and most:
            if len(runs) < 3:
                signals.append({"few-runs": {"runs": len(runs), "least": 3}})
            elif len(runs) > most:
                signals.append({"many-runs": {"runs": len(runs), "most": most}})
        self.same("run chart", "signals", chart["signals"], signals)

    def begun(self, rows):
        """The cycles that the page says have only begun: open ones, with too few grades or with reviews that are not completed."""
        fewest = self.profile["small_numbers_below"]
        said = next((one for one in self.screens["pages"]["cycles"]["says"] if "not in the chart yet" in one), "")
        named = {name for name, *_ in rows if name in said}
        for name, _, of, closed, done in rows:
            may, must = not closed and (of < fewest or not done), not closed and 0 < of < fewest
            self.same("run chart", f"{name}, begun", name in named, must or (may and name in named))
        return named

    def questions_page(self):
        rows = {}
        for heading, label, texts, counts in self.rows("questions"):
            rows.setdefault((heading, label), []).append((texts, counts))
        grades = Counter(row["grade"] for row in self.reviews.values() if row["grade"])
        if grades:
            (texts, counts), = rows[("Overall grade, every review", "Grade that counts")]
            self.same("questions", "grades", [counts[0], *counts[2:]], [sum(grades.values())] + [grades[grade] for grade in GRADES])
        asked = spoken = said = barrier = 0
        for ref, row in self.reviews.items():
            kind = next(kind for kind in self.profile["kinds"] if kind["key"] == row["kind"])
            for step in kind.get("steps", []):
                if (step.get("duty") or step["key"]) == "family-contact":
                    one = self.steps[ref].get(step["key"], {})
                    asked += 1
                    spoken += one.get("happened") == "1"
                    said += one.get("happened") == "1" and one.get("said") == "1"
                    barrier += one.get("happened") == "0"
        if asked:
            (texts, _), = rows[("Families", "Contact with the family")]
            numbers = [int(text.split()[-1]) for text in texts if text]
            self.same("questions", "families", numbers, [asked, spoken, said, barrier])
        self.indicators_of(rows)
        bands = sorted(((band["from"], band["to"]) for band in self.profile.get("bands", [])), reverse=True) or [(9, 10), (6, 8), (3, 5), (0, 2)]
        for kind in self.kinds:
            given = defaultdict(list)
            for _, field, value in self.scaled("questions", kind["key"]):
                given[field].append(value)
            for area in kind.get("areas", []):
                for question in area.get("questions", []):
                    values = given[f"q/{question['key']}"]
                    if not values:
                        continue
                    places = rows.get((area["title"], question["text"]), [])
                    points = [value for value in values if isinstance(value, int)]
                    if points:
                        parts = [sum(low <= point <= high for point in points) for low, high in bands]
                    else:
                        parts = [values.count(word) for word in ("yes", "partly", "no")]
                    ours = (len(values), self.middle(values), parts)
                    theirs = [(counts[0], texts[1], [count for count in counts[2:] if count is not None]) for texts, counts in places]
                    # Where it scales, each part says from which point to which.
                    named = [f"{low}-{high}" for low, high in bands]
                    said = [[text.split(":")[0] for text in texts[2:] if re.match(r"\d", text)] for texts, _ in places]
                    self.same("questions", f"{question['text']}, parts", named if named in said or not points else said, named)
                    self.compared["questions"] += 1
                    if ours not in theirs:
                        self.wrong.append(f"questions, {question['text']}: the screen says {theirs!r}, counted again {ours!r}")

    def indicators_of(self, rows):
        """Those whose periods touch the cycles that are shown: the newest, and up to four before it."""
        labels = {one["key"]: one["label"] for one in self.profile.get("indicators", [])}
        first, last = self.cycles[0]["starts_on"], self.cycles[-1]["ends_on"]
        of = defaultdict(list)
        for row in self.indicators:
            if row["from"] <= last and row["until"] >= first:
                of[labels.get(row["indicator"], row["indicator"])].append(row)
        theirs = {label: texts for (heading, label), ((texts, _),) in rows.items() if heading == "Performance indicators of the whole council"}
        self.same("indicators", "which", sorted(theirs), sorted(of))
        month = lambda row: date.fromisoformat(row["until"]).strftime("%b")
        for label, values in of.items():
            values.sort(key=lambda row: (row["until"], row["from"]), reverse=True)
            newest = values[0]
            ours = [f"{month(newest)} {newest['until'][:4]}", newest["value"], *[f"{month(row)}: {row['value']}" for row in values[1:5]]]
            self.same("indicators", label, theirs.get(label), ours)

    def areas_page(self):
        columns, expected, services = self.screens["pages"]["areas"]["columns"], [], set()
        found = []
        for kind in self.kinds:
            area_of = {f"q/{question['key']}": area["key"] for area in kind.get("areas", []) for question in area.get("questions", [])}
            values, who, graded = defaultdict(list), defaultdict(set), defaultdict(Counter)
            for row, field, value in self.scaled("areas", kind["key"]):
                if field in area_of:
                    values[(area_of[field], row["service"])].append(value)
                    who[(area_of[field], row["service"])].add(row["review"])
            for ref, row in self.reviews.items():
                if row["kind"] == kind["key"] and row["submitted_at"]:
                    for field, answer in self.answers[ref].items():
                        if field.startswith("area/") and answer["word"] in GRADES:
                            graded[(field[5:], row["service"])][answer["word"]] += 1
            services |= {service for _, service in [*values, *graded]}
            found.append((kind, values, who, graded))
        services = sorted(services)
        self.same("areas", "services", columns, [service or "no service" for service in services])
        for kind, values, who, graded in found:
            for area in kind.get("areas", []):
                at = [(area["key"], service) for service in services]
                if not any(one in values or one in graded for one in at):
                    continue
                cells = [f"{self.level(values[one])} ({len(who[one])})" if who.get(one) else "-" for one in at]
                expected.append((area["title"], cells))
                if any(one in graded for one in at):
                    expected += [(None, [str(graded[one][grade]) if one in graded else "0" for one in at]) for grade in GRADES]
        theirs = self.rows("areas")
        self.same("areas", "rows", len(theirs), len(expected))
        for (_, label, texts, _), (title, cells) in zip(theirs, expected):
            if title is not None:
                self.same("areas", "row", label, title)
            for service, text, cell in zip(services, texts, cells):
                self.same("areas", f"{label}, {service}", text, cell)

    def themes_page(self):
        labels = {theme["key"]: theme["label"] for theme in self.profile.get("themes", [])}
        found, passages = defaultdict(lambda: defaultdict(set)), Counter(labels.get(row["theme"], row["theme"]) for row in self.practice)
        for row in self.themes:
            if row["review"] in self.reviews:
                found[labels.get(row["theme"], row["theme"])][row["found"]].add(row["review"])
        rows = {label: (counts, texts) for _, label, texts, counts in self.rows("themes")}
        self.same("themes", "which", sorted(rows), sorted({*found, *passages}))
        for label in {*found, *passages} & set(rows):
            by, (counts, texts) = found[label], rows[label]
            either = by["strength"] | by["improve"]
            each = [sum(self.reviews[ref]["cycle"] == cycle["cycle"] for ref in either) for cycle in reversed(self.cycles)]
            self.same("themes", label, [*counts[:3], *counts[4:]], [len(either), len(by["strength"]), len(by["improve"]), *each])
            self.same("practice", f"passages under {label}", texts[3], str(passages[label]))

    def practice_page(self):
        """The library: every passage once, the newest first."""
        labels = {theme["key"]: theme["label"] for theme in self.profile.get("themes", [])}
        theirs, newest = [tuple(texts) for _, _, texts, _ in self.rows("practice")], sorted(self.practice, key=lambda row: row["on"], reverse=True)
        ours = [(row["review"], self.reviews[row["review"]]["cycle"], labels.get(row["theme"], row["theme"])) for row in newest]
        self.same("practice", "passages", sorted(theirs), sorted(ours))
        days = defaultdict(set)
        for row in self.practice:
            days[row["review"]].add(row["on"])
        # A review with passages of one day only says where it has to stand.
        order = [day for ref, _, _ in theirs for day in days[ref] if len(days[ref]) == 1]
        self.same("practice", "the newest first", order, sorted(order, reverse=True))
        many = f"{len(ours)} passages that show good practice, newest first. They are kept for good and name nobody."
        self.same("practice", "in words", self.screens["pages"]["practice"]["says"], [many])

    def time_page(self):
        expected = []
        for kind in self.kinds:
            before = None
            for step in kind.get("steps", []):
                due = step.get("due", {})
                after, limit = due.get("after", before), due.get("within")
                took, in_time, late, done, barrier, to_come = [], 0, 0, 0, 0, 0
                for ref, row in self.reviews.items():
                    if row["kind"] != kind["key"]:
                        continue
                    one = self.steps[ref].get(step["key"])
                    if one is None or one["happened"] == "0":
                        barrier, to_come = barrier + (one is not None), to_come + (one is None)
                        continue
                    done += 1
                    since = row["opened_on"] if after is None else self.steps[ref].get(after, {}).get("on")
                    if since:
                        since, on = date.fromisoformat(since), date.fromisoformat(one["on"])
                        took.append((on - since).days)
                        last = self.days.due(since, limit) if limit and not due.get("not_before") else None
                        if last is not None:
                            in_time, late = in_time + (on <= last), late + (on > last)
                timed = in_time + late > 0
                expected.append((step["label"], [str(done), f"{in_time}, {share(in_time, in_time + late)}" if timed else "-", str(late) if timed else "-",
                                 days_of(median(took) if took else None), str(max(took)) if took else "-", str(barrier), str(to_come)]))
                before = step["key"]
        rows = self.rows("time")
        steps = [(label, texts) for heading, label, texts, _ in rows if heading != "Alerts"]
        self.same("time", "rows", [label for label, _ in steps], [label for label, _ in expected])
        for (label, theirs), (_, ours) in zip(steps, expected):
            for column, (one, other) in enumerate(zip(theirs, ours)):
                self.same("time", f"{label}, {column}", one, other)
        alerts = [row for row in self.alerts if row["review"] in self.reviews]
        here = {label: texts for heading, label, texts, _ in rows if heading == "Alerts"}
        if alerts:
            self.same("time", "alerts", here["Alerts opened"][0], str(len(alerts)))
            hours, said = [], []
            for row in alerts:
                at, due = row["reviewed_at"], row["review_due_at"]
                if at:
                    hours.append(math.trunc((moment(at) - moment(row["opened_at"])).total_seconds() / 3600))
                if due and (at or moment(due) <= self.now or row["closed_at"]):
                    said.append(bool(at) and moment(at) <= moment(due))
            part = f"{sum(said)} of {len(said)}, {share(sum(said), len(said))}" if said else "-"
            middle = f"{days_of(median(hours))} h" if hours else "-"
            self.same("time", "records reviewed", here["Record reviewed"], [str(len(hours)), part, str(len(said) - sum(said)), middle])
            self.telling({row["alert"] for row in alerts}, here)

    def telling(self, alerts, here):
        """How many of those who had to hear of an alert were told, how soon, and how many of these acknowledged."""
        part = lambda n, of: f"{n} of {of}, {share(n, of)}" if of else "-"
        tellings = [row for row in self.tellings if row["alert"] in alerts]
        told = [row for row in tellings if row["told_at"]]
        minutes = [max(0, math.trunc((moment(row["told_at"]) - moment(row["since"])).total_seconds() / 60)) for row in told]
        middle = f"{days_of(median(minutes))} min" if minutes else "-"
        self.same("telling", "people told", here["People told"], [part(len(told), len(tellings)), "-", "-", middle])
        acknowledged = sum(row["acknowledged_at"] != "" for row in told)
        self.same("telling", "people who acknowledged", here["People who acknowledged"], [part(acknowledged, len(told)), "-", "-", "-"])
        of_alert = Counter(row["alert"] for row in told)
        for row in self.alerts:
            if row["alert"] in alerts:
                self.same("telling", f"{row['alert']}, told", int(row["told"]), of_alert[row["alert"]])

    def coverage_page(self):
        labels = {one["key"]: one["label"] for one in self.profile.get("case_types", [])}
        theirs = {(heading, label): texts for heading, label, texts, _ in self.rows("coverage")}
        expected = {}
        for heading, column in (("Services", "service"), ("Case types", "case_type"), ("Teams", "team")):
            # A visit to a service is of no case, and a service is none.
            of_cases = lambda rows: Counter(row[column] for row in rows if row["subject_kind"] != "service")
            reviews, cases = of_cases(self.reviews.values()), of_cases(self.caseload)
            for key in set(reviews) | set(cases):
                name = labels.get(key, key) if column == "case_type" else key
                cells = [str(reviews[key]), share(reviews[key], sum(reviews.values())), str(cases[key]), share(cases[key], sum(cases.values()))]
                expected[(heading, name or "none known")] = cells
        self.same("coverage", "which", sorted(theirs), sorted(expected))
        workers = said_share(*reviewed_of(self.practitioners, {row["cycle"] for row in self.cycles}))
        visits = sum(row["subject_kind"] == "service" for row in self.reviews.values())
        looks = [f"{many(visits, 'more review looks', 'more reviews look')} at a service as a whole, and at no case of one."] if visits else []
        says = ["Whether each part is reviewed as often as it stands among today\u2019s open cases."]
        says.append(f"Workers with open cases of whom a case was reviewed: {workers}. Nobody is listed by name.")
        self.same("coverage", "in words", self.screens["pages"]["coverage"]["says"], says + looks)
        for key, cells in expected.items():
            for theirs_cell, ours_cell in zip(theirs.get(key, []), cells):
                self.same("coverage", str(key), theirs_cell, ours_cell)

    def behind_page(self):
        """Each register: entries of this year, how many people are behind with theirs (F16), and by when the next entry is due."""
        begins = self.year.begins(self.today.replace(day=1))
        ends = month_after(begins, 12)
        expected = []
        registers = self.profile.get("registers", []) + [{"key": "year-events", "label": "Events of the year"}] * bool(self.profile["cycle"].get("events"))
        for one in registers:
            days = [date.fromisoformat(row["on"]) for row in self.entries if row["register"] == one["key"]]
            who = behind(one, self.expected, self.year, self.today)
            due = self.next_due(one, max(days, default=None), begins)
            cells = [str(sum(begins <= day < ends for day in days)), f"{who[0]} of {who[1]}" if who else "-", brief(due) if due else "-"]
            expected.append((one["label"], cells))
        theirs = [(label, texts) for _, label, texts, _ in self.rows("behind")]
        self.same("behind", "which", [label for label, _ in theirs], [label for label, _ in expected])
        for (label, texts), (_, cells) in zip(theirs, expected):
            for what, one, other in zip(("entries of this year", "who is behind", "next due"), texts, cells):
                self.same("behind", f"{label}, {what}", one, other)

    def next_due(self, register, newest, begins):
        """By the end of which month the next entry is due; none: the register has no time of its own."""
        last = lambda day: month_after(day, 1) - timedelta(days=1)
        if every := register.get("every"):
            number, unit = every.split(" ", 1)
            later = lambda day: month_after(day, int(number)) if unit.startswith("month") else self.days.due(day, every)
            # A month after the 31st is still in the next month.
            return last(later(newest)) if newest else last(later(begins) - timedelta(days=1))
        for month in (month_after(begins, at) for at in range(25)):
            ahead = last(month) >= self.today if register.get("expects") else newest is None or newest < month
            if month.month in register.get("months", []) and ahead:
                return last(month)
        return None

    def effects_page(self):
        """The effect ledger: a row is told from so many judgements on; of one that is not told there are fewer, or it protects another."""
        ledger = self.screens["effects"]
        judged = [row for row in self.actions if row["effect"] or int(row["recurred"])]

        def tally(rows):
            seen = Counter(row["effect"] for row in rows)
            return {"sustained": seen["sustained"], "partly": seen["partly"], "recurred": sum(int(row["recurred"]) for row in rows), "cannot_tell": seen["cannot-tell"]}

        of_theme = defaultdict(set)
        for row in self.themes:
            of_theme[row["theme"]].add(row["review"])
        groups = [("all", [ledger["all"]], lambda key: judged)]
        groups.append(("kinds", ledger["kinds"], lambda key: [row for row in judged if row["kind"] == key]))
        groups.append(("themes", ledger["themes"], lambda key: [row for row in judged if row["review"] in of_theme[key]]))
        for name, rows, which in groups:
            for row in rows:
                ours = tally(which(row["key"]))
                if row["judged"] is None:
                    self.compared["effects left out"] += 1
                    small = sum(ours.values()) < ledger["fewest"]
                    if not small and sum(other["judged"] is None for other in rows) != 2:
                        self.wrong.append(f"effects, {name} {row['label']}: left out, though {ours!r} were judged")
                else:
                    self.same("effects", f"{name} {row['label']}", row["judged"], ours)


def main():
    folder, profile, holidays, now = sys.argv[1:5]
    with open(profile, "rb") as file:
        profile = tomllib.load(file)
    recount = Recount(folder, profile, holidays, now, json.load(sys.stdin))
    for page in PAGES:
        if page == "effects" or page in recount.screens["pages"]:
            recount.page(page)
    if len(sys.argv) > 5 and not recount.wrong:
        from spoil import spoil_screens

        compared = Counter(recount.compared)
        recount.wrong = spoil_screens(recount)
        recount.compared = compared + Counter({f"spoiled, {page}": count for page, count in recount.spoiled.items()})
    print("\n".join(recount.wrong))
    print(", ".join(f"{page}: {many}" for page, many in sorted(recount.compared.items())))
    sys.exit(1 if recount.wrong else 0)


if __name__ == "__main__":
    main()
