"""What the tables of a report's text say beside its file of figures, counted again: medians, shares, open cases, who graded a file how."""

import math
from collections import Counter, defaultdict
from datetime import date
from statistics import median

from figures import GRADES, rows_of


def said_share(n, of):
    return f"{n} of {of} ({math.floor(100 * n / of + 0.5 + 1e-12)} %)" if of else "none counted"


def plain(number):
    return str(int(number)) if number == int(number) else str(number)


class Paper:
    """A report as it is read: what its tables say beside the figures."""

    def __init__(self, path, counted, steps_of, taken, kinds, days, folder, wrong, compared):
        self.counted, self.steps_of, self.taken, self.kinds, self.days = counted, steps_of, taken, kinds, days
        self.folder, self.wrong, self.compared, self.tables = folder, wrong, compared, []
        rows = []
        with open(path, encoding="utf-8") as file:
            for line in [*file, ""]:
                if line.startswith("|"):
                    rows.append([cell.strip().replace("\\", "") for cell in line.strip().strip("|").split("|")])
                elif rows:
                    self.tables.append((rows[0], rows[2:]))
                    rows = []

    def same(self, what, theirs, ours):
        self.compared["of the paper"] += 1
        if theirs != ours:
            self.wrong.append(f"the paper, {what}: it says {theirs!r}, counted again {ours!r}")

    def compare(self, points, words, words_of, effects, report):
        for head, rows in self.tables:
            if head[:1] == ["Question"]:
                for row in rows:
                    ours = self.question(row[0], "Median, 0\u201310" in head, points, words)
                    self.same(row[0], row[1:], row[1:] if row[1:] in ours else ours)
            elif head[:1] == ["Step"]:
                self.steps(head, rows)
            elif head[0] in ("Service", "Case type") and head[1:] == ["Reviews", "Open cases"]:
                self.coverage(head[0], rows, words_of)
            elif head[0] == "Did it last?":
                revisited = sum(effects[one] for one in ("sustained", "partly sustained", "recurred", "cannot tell"))
                ours = [[one[0].upper() + one[1:], f"{effects[one]} of {revisited}"] for one in ("sustained", "partly sustained", "recurred", "cannot tell")]
                self.same("what lasted", rows, ours)
            elif head[0] == "File":
                self.file(head, rows)
            elif head[0] == "Indicator":
                self.indicators(rows, report)

    def question(self, text, scaled, points, words):
        """What a row may say: of several kinds that ask the same in the same words each has one."""
        found = []
        for kind in self.kinds.values():
            for area in kind.get("areas", []):
                for question in area.get("questions", []):
                    key = (kind["key"], question["key"])
                    if question["text"] == text and scaled and points[key]:
                        given = sorted(points[key].elements())
                        found.append([str(len(given)), plain(median(given)), said_share(sum(point >= 7 for point in given), len(given))])
                    elif question["text"] == text and not scaled and words[key]:
                        found.append([said_share(words[key]["yes"], sum(words[key].values()))])
        return found

    def steps(self, head, rows):
        ours = []
        for key, plan in self.steps_of.items():
            before = None
            for step in plan:
                due = step.get("due", {})
                after, within = due.get("after", before), due.get("within")
                took, in_time, of, done = [], 0, 0, 0
                for ref, review in self.counted.items():
                    one = self.taken[ref].get(step["key"]) if review["kind"] == key else None
                    if one is None or one["happened"] != "1":
                        continue
                    done += 1
                    since = review["opened_on"] if after is None else self.taken[ref].get(after, {}).get("on")
                    if since:
                        since, on = date.fromisoformat(since), date.fromisoformat(one["on"])
                        took.append((on - since).days)
                        last = self.days.due(since, within) if within and not due.get("not_before") else None
                        if last is not None:
                            of, in_time = of + 1, in_time + (on <= last)
                if done:
                    ours.append([step["label"], within or "none", said_share(in_time, of) if within else "", plain(median(took)) if took else ""])
                before = step["key"]
        self.same("steps", sorted(rows), sorted(ours))

    def coverage(self, what, rows, words_of):
        column = "service" if what == "Service" else "case_type"
        of_cases = lambda all_rows: Counter(row[column] for row in all_rows if row["subject_kind"] != "service")
        reviews, cases = of_cases(self.counted.values()), of_cases(rows_of(self.folder, "caseload"))
        name = lambda key: (words_of.get(key, key) if column == "case_type" else key) or "Not known"
        ours = sorted([name(key), str(reviews[key]), str(cases[key])] for key in {*reviews, *cases})
        self.same(f"by {what.lower()}", sorted(rows), ours)

    def file(self, head, rows):
        """A file that several graded: each grade by how many gave it."""
        given = defaultdict(Counter)
        for row in rows_of(self.folder, "scores"):
            if row["given"] == "own" and row["field"] == "overall":
                given[row["review"]][row["word"]] += 1
        for row in rows:
            counts = [given[row[0]][grade] for grade in GRADES]
            self.same(f"who graded {row[0]}", row[1:6], [str(count) for count in [*counts, sum(counts)]])

    def indicators(self, rows, report):
        labels = {one["key"]: one["label"] for one in report["profile"].get("indicators", [])}
        ours = [
            [labels.get(row["indicator"], row["indicator"]), row["value"]]
            for row in rows_of(self.folder, "indicators")
            if date.fromisoformat(row["from"]) <= report["until"] and date.fromisoformat(row["until"]) >= report["first"]
        ]
        self.same("indicators", sorted(row[:2] for row in rows), sorted(ours))
