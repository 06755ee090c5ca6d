"""What the tables of a report's text say, counted again: those of its file of figures once more, and medians, shares and who graded what."""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property
from statistics import median

from basics import GRADES, brief, day_of, full, many, plain, said_share, wordy
from promises import standing
from sentences import Sentences

TO_DO = ("action", "training", "concern")


def span(first, until):
    if first == until:
        return full(first)
    if (first.year, first.month) == (until.year, until.month):
        return f"{first.day} to {full(until)}"
    return f"{first.day} {first.strftime('%B')} to {full(until)}" if first.year == until.year else f"{full(first)} to {full(until)}"


def lasted(minutes):
    """Within how long people were told: each minute, hour and day that was begun counts."""
    begun = lambda of: -(-minutes // of)
    if minutes < 120:
        return many(minutes, "minute", "minutes")
    return many(begun(60), "hour", "hours") if minutes < 2880 else many(begun(1440), "day", "days")


class Paper:
    """A report as it is read."""

    def __init__(self, report, lines):
        self.report, self.lines, self.wrong, self.compared = report, lines, [], Counter()
        self.tables, rows, headings = [], [], []
        self.span = span(report.first, report.until)
        self.given = defaultdict(Counter)
        for row in report.tables["scores"]:
            if row["given"] == "own" and row["field"] == "overall":
                self.given[row["review"]][row["word"]] += 1
        for line in [*lines, ""]:
            if line.startswith("|"):
                rows.append([cell.strip().replace("\\", "") for cell in line.strip().strip("|").split("|")])
            elif rows:
                self.tables.append((headings[-1] if headings else "", rows[0], rows[2:]))
                rows = []
            if line.startswith("#"):
                headings.append(line.lstrip("# "))

    def same(self, what, theirs, ours):
        self.compared[what] += 1
        if theirs != ours:
            self.wrong.append(f"the paper, {what}: it says {theirs!r}, counted again {ours!r}")

    def one_of(self, what, theirs, ours):
        """Of several kinds that say the same in the same words each has one."""
        self.same(what, theirs, theirs if theirs in ours else ours)

    def ours(self, table, row, column, otherwise=()):
        return self.report.found.get((table, row, column), list(otherwise))

    def compare(self, compared):
        for table in self.tables:
            self.table(*table)
        self.which()
        Sentences(self).compare()
        compared.update({f"of the paper, {what}": count for what, count in self.compared.items()})
        return self.wrong

    def table(self, heading, head, rows):
        report, first = self.report, head[0]
        registers = {one["label"] for one in report.profile.get("registers", [])} | {"Events of the year"}
        if first == "Question":
            for row in rows:
                self.one_of("questions", row[1:], self.question(row[0], "Median, 0\u201310" in head))
        elif first == "Step":
            self.same("steps", sorted(rows), sorted(self.steps))
        elif first in ("Service", "Case type") and head[1:] == ["Reviews", "Open cases"]:
            self.coverage(first, rows)
        elif first == "Did it last?":
            kinds = ("sustained", "partly sustained", "recurred", "cannot tell")
            revisited = sum(report.lasted[one] for one in kinds)
            self.same("what lasted", rows, [[one.capitalize(), f"{report.lasted[one]} of {revisited}"] for one in kinds])
        elif first == "File":
            self.file(head, rows)
        elif first == "Indicator":
            self.indicators(rows)
        elif first == "Grade":
            counts = {"Reviewers\u2019 own grade": report.own, "After moderation": report.final}
            ours = [[name, *[str(count[grade]) for grade in GRADES], str(sum(count.values()))] for name, count in counts.items()]
            self.same("grades", rows, ours)
        elif first == "Area":
            graded = {name: counts for name, counts in report.area_grades.items() if sum(counts)}
            self.same("grades of areas", sorted(rows), sorted([name, *map(str, counts), str(sum(counts))] for name, counts in graded.items()))
        elif first == "Theme":
            ours = [[theme, str(count["strength"]), str(count["improve"])] for theme, count in report.themed.items()]
            self.same("themes", sorted(rows), sorted(ours))
        elif first == "Kind of review":
            for name, *cells in rows:
                planned, completed = (self.ours("Reviews by kind", name, column, [""])[0] for column in ("reviews", "completed"))
                self.same("kinds of review", cells, [planned, "none planned" if planned == "0" else completed])
        elif first in registers and head[1:] == ["Entries"]:
            for name, entries in rows:
                field, _, answer = name.rpartition(": ")
                self.same("answers in registers", [entries], self.ours("Answers in registers", f"{first}: {field}", answer))
        elif head[:2] == ["Action", "What was promised"]:
            pairs = report.since["slipped" if heading == "Slipped" else "recurred"]
            ours = sorted(standing(pair, report.profile, report.today) for pair in pairs)
            self.same(f"since last time, {heading.lower()}", sorted([row[0], *row[2:]] for row in rows), ours[:len(rows)] if len(rows) == 12 else ours)
        elif first in ("Action", "Line", "Alert", "Review"):
            self.one_by_one(head, rows)
        else:
            self.wrong.append(f"the paper has a table that is not counted again: {head}")

    def one_by_one(self, head, rows):
        report = self.report
        if head[0] == "Action":
            for row in rows:
                self.same("actions", row[2:], [*(self.ours("Actions", row[0], column, [""])[0] for column in ("Whose", "By", "Stands"))])
        elif head[0] == "Line":
            lines = {line["ref"]: line for line in report.lines}
            for row in rows:
                line = lines.get(row[0], {"what": "", "On": "", "Stands": "", "from": ""})
                whose = line.get("Whose", row[2]) or ("nobody yet" if line["what"] in TO_DO else "")
                self.same("plan lines", row[2:], [whose, line["On"], line["Stands"] + (f", carried on from {line['from']}" if line["from"] else "")])
        elif head[0] == "Alert":
            self.same("alerts", sorted(row[:3] + row[4:] for row in rows), sorted(map(self.alert, report.alerted)))
        elif head[1] == "Open since":
            columns = head[1:]
            ours = [[row["review"], *(self.ours("Loops one by one", row["review"], column, [""])[0] for column in columns)] for row in report.looked]
            self.same("loops", rows, ours)
        else:
            ours = [ref for ref, row in report.reviews.items() if row["cycle"] in report.within]
            self.same("sample, which", sorted(row[0] for row in rows), sorted(ours))
            for row in rows:
                cells = [self.ours("Sample", row[0], column, [""])[0] for column in ("Case", "Case type", "Service", "Chosen")]
                visit = report.reviews.get(row[0], {}).get("subject_kind") == "service"
                self.same("visits in the sample" if visit else "sample", row[1:5], cells)

    def alert(self, row):
        told = [one for one in self.report.heard[row["alert"]] if one["told_at"]]
        minutes = self.ours("Alerts one by one", row["alert"], "Minutes until told")
        heard = f"{len(told)} of {len(self.report.heard[row['alert']])}" if self.report.heard[row["alert"]] else ""
        heard += f", within {lasted(int(minutes[0]))}" if minutes else ""
        reviewed = wordy(str(day_of(row["reviewed_at"]))) if row["reviewed_at"] else "not reviewed" if row["closed_at"] else "not yet"
        if not row["reviewed_at"] and not self.report.profile.get("escalation", {}).get("assurance"):
            reviewed = ""
        said = self.report.at_last(row)
        reviewed += "" if said is None else ", in time" if said else ", late"
        return [row["alert"], row["review"], brief(day_of(row["opened_at"])), heard, reviewed, brief(day_of(row["closed_at"])) if row["closed_at"] else "open"]

    def which(self):
        """Every action is in it, or every one that is overdue; of each kind of line of the plan that it lists, every line."""
        shown = lambda *head: sorted({row[0] for _, has, rows in self.tables if tuple(has[:len(head)]) == head for row in rows})
        if actions := shown("Action", "What needs to happen"):
            late = [row["action"] for row in self.report.todo if "overdue" in self.ours("Actions", row["action"], "Stands")]
            self.one_of("which actions", actions, [sorted(row["action"] for row in self.report.todo), sorted(late)])
        if lines := shown("Line"):
            kinds = {line["what"] for line in self.report.lines if line["ref"] in lines}
            self.same("which lines of the plan", lines, sorted(line["ref"] for line in self.report.lines if line["what"] in kinds))

    def question(self, text, scaled):
        """What a row may say: of several kinds that ask the same in the same words each has one."""
        found = []
        for kind in self.report.kinds.values():
            for area in kind.get("areas", []):
                for question in area.get("questions", []):
                    key = (kind["key"], question["key"])
                    points, words = self.report.points[key], self.report.short[key]
                    if question["text"] == text and scaled and points:
                        given = sorted(points.elements())
                        found.append([str(len(given)), plain(median(given)), said_share(sum(point >= 7 for point in given), len(given))])
                    elif question["text"] == text and not scaled and words:
                        found.append([said_share(words["yes"], sum(words.values()))])
        return found

    @cached_property
    def steps(self):
        ours, report = [], self.report
        for key, plan in report.steps_of.items():
            before = None
            for step in plan:
                due = step.get("due", {})
                after, within = due.get("after", before), due.get("within")
                took, in_time, of, done = [], 0, 0, 0
                for ref, review in report.counted.items():
                    one = report.taken[ref].get(step["key"]) if review["kind"] == key else None
                    if one is None or one["happened"] != "1":
                        continue
                    done += 1
                    since = review["opened_on"] if after is None else report.taken[ref].get(after, {}).get("on")
                    if since:
                        since, on = date.fromisoformat(since), date.fromisoformat(one["on"])
                        took.append((on - since).days)
                        last = report.days.due(since, within) if within and not due.get("not_before") else None
                        if last is not None:
                            of, in_time = of + 1, in_time + (on <= last)
                if done:
                    ours.append([key, step["label"], within or "none", said_share(in_time, of) if within else "", plain(median(took)) if took else ""])
                before = step["key"]
        # Where steps of two kinds of review have one name, it stands behind the kind's.
        names = Counter(label for _, label in {(key, label) for key, label, *_ in ours})
        named = lambda key, label: f"{report.kinds[key]['label']}: {label}" if names[label] > 1 else label
        return [[named(key, label), *rest] for key, label, *rest in ours]

    def coverage(self, what, rows):
        column = "service" if what == "Service" else "case_type"
        of_cases = lambda all_rows: Counter(row[column] for row in all_rows if row["subject_kind"] != "service")
        reviews, cases = of_cases(self.report.counted.values()), of_cases(self.report.tables["caseload"])
        name = lambda key: (self.report.words_of.get(key, key) if column == "case_type" else key) or "Not known"
        ours = sorted([name(key), str(reviews[key]), str(cases[key])] for key in {*reviews, *cases})
        self.same(f"by {what.lower()}", sorted(rows), ours)

    def file(self, head, rows):
        """A file that several graded: each grade by how many gave it, and the one that was agreed."""
        labels = dict(zip(GRADES, head[1:5]))
        for row in rows:
            counts = [self.given.get(row[0], {}).get(grade, 0) for grade in GRADES]
            agreed = labels.get(self.report.reviews.get(row[0], {}).get("grade"), "none yet")
            self.same("who graded a file", row[1:], [*map(str, [*counts, sum(counts)]), agreed])

    def indicators(self, rows):
        labels = {one["key"]: one["label"] for one in self.report.profile.get("indicators", [])}
        days = lambda row: (date.fromisoformat(row["from"]), date.fromisoformat(row["until"]))
        ours = [
            [labels.get(row["indicator"], row["indicator"]), row["value"], span(*days(row))]
            for row in self.report.tables["indicators"]
            if days(row)[0] <= self.report.until and days(row)[1] >= self.report.first
        ]
        self.same("indicators", sorted(row[:3] for row in rows), sorted(ours))
