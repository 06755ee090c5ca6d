#!/usr/bin/env python3
"""An independent count of a report's figures, from the data set that `closeloop export csv` hands out.

    figures.py DATA_FOLDER PROFILE.toml BANK_HOLIDAYS.json NOW CYCLE KIND [PAPER.md [spoil]] < FIGURES.csv

reads the figures of one report (`closeloop report CYCLE --kind KIND --for-team --format csv`) and counts each of them again; with the
same report as Markdown also what only its tables (`paper`) and sentences (`sentences`) say. Every figure that differs, that only one
side has, or that this script cannot count is written out; exit status 1 if there is any. The last line says how many were compared,
table by table. With `spoil` each kind of figure is altered once, in what the program said, and has to be noticed (`spoil`): what is
not is written out as well. COUNTED.md lists what is counted again, and what is not and why.

Nothing here is taken from the Rust code. Standard library only.
"""

import csv
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta

from basics import EFFECTS, GRADES, Days, Year, brief, day_of, minutes_between, month_after, rows_of, wordy
from people import behind, reviewed_of
from promises import asked_for, is_late, looked_through, loops_that_differ, plan_for, plan_lines, since_last, stood, titles

# Of these a report may show some rows alone.
IN_PART = {"Answers from 0 to 10", "Answers yes, partly or no", "Registers", "Answers in registers", "Open loops", "Plan lines"}
# Free text and words of the program that no code of the data set stands for: COUNTED.md says which.
WORDS = {"What needs to happen", "Why", "Step", "What", "Answers"}
# A loop is open for long when it has been for more than a quarter; supervision is due soon within a fortnight.
LONG, SOON = timedelta(days=91), timedelta(days=14)
TABLES = (
    "cycles reviews steps answers themes alerts tellings actions action_links follow_ups plan_notes reports promises practitioners entries "
    "entry_answers expected_entries disputes good_practice scores indicators caseload codes"
).split()


class Report:
    """One report, counted again."""

    def __init__(self, folder, profile, holidays, now, cycle_ref, kind_key, wanted):
        self.tables = {name: rows_of(folder, name) for name in TABLES}
        self.profile, self.now, self.today, self.wanted = profile, now, date.fromisoformat(now[:10]), wanted
        self.kind = next(report for report in profile["reports"] if report["key"] == kind_key)
        self.kinds = {one["key"]: one for one in profile["kinds"]}
        self.steps_of = {one["key"]: one.get("steps", []) for one in profile["kinds"]}
        self.cycles = {row["cycle"]: row for row in self.tables["cycles"]}
        self.year, self.days = Year(profile), Days(holidays)
        asked = self.cycles[cycle_ref]
        starts = date.fromisoformat(asked["starts_on"]).replace(day=1)
        self.first, self.until = self.year.span(self.kind.get("every", "1 month"), starts, self.today)
        self.extra = asked["stands"] == "extra"
        self.cycle, self.within = self.counted_by(asked)
        self.reviews = {row["review"]: row for row in self.tables["reviews"]}
        of_kind = lambda row: self.kind.get("kind") in (None, row["kind"])
        self.counted = {ref: row for ref, row in self.reviews.items() if row["cycle"] in self.within and of_kind(row)}
        self.taken = defaultdict(dict)
        for row in self.tables["steps"]:
            self.taken[row["review"]][row["step"]] = row
        # What people read is in the words of the profile. A visit to a service is of no case.
        self.words_of = {one["key"]: one["label"] for one in profile.get("case_types", [])}
        self.words_of |= {"foster-carer": "Foster carer", "adopter": "Adopter", "service": "Service"}
        self.found = defaultdict(list)
        for part in (self.work, self.answers, self.steps, self.themes, self.coverage, self.alerts, self.registers, self.disputes, self.loops):
            part()
        for part in (self.actions, self.effects, self.plan, self.lists, self.sample, self.grades, self.areas, self.files):
            part()
        self.since = since_last(self.tables, self.kind, self.cycle, self.first, self.today, self.kind.get("whose", []))

    def put(self, table, row, column, value):
        self.found[(table, row, column)].append(str(value))

    def counted_by(self, asked):
        """The cycle under which the report is kept, and all that it counts. Extra work has reports of its own, and is in no other."""
        if self.extra:
            return asked["cycle"], {asked["cycle"]}
        starts = lambda row: date.fromisoformat(row["starts_on"])
        mine = [row for row in self.cycles.values() if row["framework"] == asked["framework"] and row["stands"] != "extra"]
        within = [row for row in mine if self.first <= starts(row) <= self.until]
        like = lambda row: row["stands"] == asked["stands"] and (self.kind.get("kind") is None or row["kind"] == asked["kind"])
        begun = [row for row in within if starts(row) <= self.today and like(row) and row["starts_on"] > asked["starts_on"]]
        home = max(begun, key=starts, default=asked)["cycle"]
        return home, {row["cycle"] for row in within} | {home}

    def in_time_of(self, day):
        return self.first <= date.fromisoformat(day) <= self.until

    def work(self):
        """How far the reviews are. Cycles go by the titles that they have."""
        for ref in self.within:
            of = [row for row in self.counted.values() if row["cycle"] == ref]
            counts = {
                "reviews": len(of),
                "drawn at random": sum(row["chosen"] in ("random", "substitute") for row in of),
                "completed": sum(row["submitted_at"] != "" for row in of),
                "on the record": sum(row["state"] == "finalised" for row in of),
            }
            for column, count in counts.items():
                self.put("Reviews", self.cycles[ref]["title"], column, count)
        for kind in self.kinds.values():
            of = [row for row in self.reviews.values() if row["cycle"] in self.within and row["kind"] == kind["key"]]
            self.put("Reviews by kind", kind["label"], "reviews", len(of))
            self.put("Reviews by kind", kind["label"], "completed", sum(row["submitted_at"] != "" for row in of))

    def answers(self):
        self.points, self.short = defaultdict(Counter), defaultdict(Counter)
        for row in self.tables["answers"]:
            review = self.counted.get(row["review"])
            if review is None or review["submitted_at"] == "" or not row["field"].startswith("q/"):
                continue
            key = (review["kind"], row["field"][2:])
            if row["scale"] != "":
                self.points[key][int(row["scale"])] += 1
            elif row["word"] in ("yes", "partly", "no"):
                self.short[key][row["word"]] += 1
        for kind in self.kinds.values():
            for area in kind.get("areas", []):
                for question in area.get("questions", []):
                    scaled, short = self.points[(kind["key"], question["key"])], self.short[(kind["key"], question["key"])]
                    text = question["text"]
                    if scaled:
                        self.put("Answers from 0 to 10", text, "answers", sum(scaled.values()))
                        self.put("Answers from 0 to 10", text, "7 or more", sum(n for point, n in scaled.items() if point >= 7))
                        for point in range(11):
                            self.put("Answers from 0 to 10", text, str(point), scaled[point])
                    if short:
                        self.put("Answers yes, partly or no", text, "answers", sum(short.values()))
                        for word in ("yes", "partly", "no"):
                            self.put("Answers yes, partly or no", text, word, short[word])

    def steps(self):
        """Steps taken and in time, and asking families."""
        family, steps = Counter(), defaultdict(Counter)
        for ref, review in self.counted.items():
            before = None
            for step in self.steps_of[review["kind"]]:
                one = self.taken[ref].get(step["key"])
                # `contact` is the step at which the family is asked: the profile says so by its duty, or by its key.
                if (step.get("duty") or step["key"]) == "family-contact":
                    family["asked for"] += 1
                    if one:
                        family["spoken with"] += one["happened"] == "1"
                        family["could not be"] += one["happened"] == "0"
                        family["words written down"] += one["happened"] == "1" and one["said"] == "1"
                count = steps[(review["kind"], step["key"], step["label"])]
                if one and one["happened"] == "1":
                    count["done"] += 1
                    due = step.get("due", {})
                    after, within = due.get("after", before), due.get("within")
                    since = review["opened_on"] if after is None else self.taken[ref].get(after, {}).get("on")
                    if within and not due.get("not_before") and since:
                        last = self.days.due(date.fromisoformat(since), within)
                        if last is not None:
                            count["with a limit"] += 1
                            count["in time"] += date.fromisoformat(one["on"]) <= last
                before = step["key"]
        # A name that steps of several kinds of review have stands behind the kind's.
        names = Counter(label for _, label in {(kind, label) for kind, _, label in steps})
        for (kind, _, label), count in steps.items():
            row = f"{self.kinds[kind]['label']}: {label}" if names[label] > 1 else label
            for column in ("done", "with a limit", "in time"):
                self.put("Steps", row, column, count[column])
        for column in ("asked for", "spoken with", "could not be", "words written down"):
            self.put("Families", "Families", column, family[column])

    def themes(self):
        names = {theme["key"]: theme["label"] for theme in self.profile.get("themes", [])}
        self.themed = defaultdict(Counter)
        for row in self.tables["themes"]:
            if row["review"] in self.counted:
                self.themed[names.get(row["theme"], row["theme"])][row["found"]] += 1
        for theme, count in self.themed.items():
            self.put("Themes", theme, "strength", count["strength"])
            self.put("Themes", theme, "to improve", count["improve"])

    def coverage(self):
        cases = [row for row in self.counted.values() if row["subject_kind"] != "service"]
        self.visits = len(self.counted) - len(cases)
        for table, column in (("Reviews by service", "service"), ("Reviews by case type", "case_type")):
            for name, count in Counter(row[column] for row in cases).items():
                self.put(table, "Reviews", (self.words_of.get(name, name) if column == "case_type" else name) or "not known", count)
        self.workers = reviewed_of(self.tables["practitioners"], self.within, self.kind.get("kind"))

    def at_last(self, row):
        """Whether the record was reviewed in time; none where that cannot be said yet."""
        at, due = row["reviewed_at"], row["review_due_at"]
        return at != "" and at <= due if due and (at or due <= self.now or row["closed_at"]) else None

    def alerts(self):
        self.alerted = [row for row in self.tables["alerts"] if row["review"] in self.counted]
        self.put("Alerts", "Alerts", "opened", len(self.alerted))
        self.put("Alerts", "Alerts", "closed", sum(row["closed_at"] != "" for row in self.alerted))
        self.put("Alerts", "Alerts", "open", sum(row["closed_at"] == "" for row in self.alerted))
        said = [self.at_last(row) for row in self.alerted]
        self.put("Alerts", "Alerts", "record to be reviewed", sum(one is not None for one in said))
        self.put("Alerts", "Alerts", "reviewed in time", sum(one is True for one in said))

    def registers(self):
        """Entries, and what they note out of a closed list; who is behind."""
        entries = Counter(row["register"] for row in self.tables["entries"] if self.in_time_of(row["on"]))
        noted = Counter((row["register"], row["noted"], row["answer"]) for row in self.tables["entry_answers"] if self.in_time_of(row["on"]))
        events = {"key": "year-events", "label": "Events of the year", "fields": [{"key": "event", "label": "Which event was held", "kind": "choice"}]}
        codes = {(row["column"], row["code"]): row["words"] for row in self.tables["codes"]}
        self.behind = {}
        for register in [*self.profile.get("registers", []), events]:
            self.put("Registers", register["label"], "entries", entries[register["key"]])
            self.behind[register["label"]] = behind(register, self.tables["expected_entries"], self.year, self.today)
            for field in register.get("fields", []):
                if field["kind"] == "yes-no":
                    answers = {"yes": "yes", "no": "no"}
                elif "choices" in field:
                    answers = {choice["key"]: choice["label"] for choice in field["choices"]}
                else:
                    answers = {key: codes.get(("answer", key), key) for of, name, key in noted if (of, name) == (register["key"], field["key"])}
                for key, answer in answers.items():
                    self.put("Answers in registers", f"{register['label']}: {field['label']}", answer, noted[(register["key"], field["key"], key)])

    def disputes(self):
        """Disputes and alerts of good practice."""
        upto, tally = min(self.until, self.today), Counter()
        for row in self.tables["disputes"]:
            day_in = lambda column: date.fromisoformat(row[column]) if row[column] else None
            raised, formal, due, ended = (day_in(column) for column in ("raised_on", "formal_on", "due_on", "ended_on"))
            if raised > upto or (ended and ended < self.first):
                continue
            if row["kind"] == "good-practice":
                tally["good practice"] += raised >= self.first
                continue
            over = ended is not None and ended <= upto
            became_formal = formal is not None and self.first <= formal <= upto
            tally.update({"raised": int(raised >= self.first), "formal": int(became_formal), "ended": int(over), "open": int(not over)})
            tally["over their time"] += due is not None and (ended or self.today) > due and due + timedelta(days=1) <= upto
        for column in ("raised", "formal", "ended", "open", "over their time", "good practice"):
            self.put("Disputes and practice alerts", "in the period", column, tally[column])

    def loops(self):
        """Open loops: those of every cycle, and of the report's own how many are closed."""
        today = self.today
        self.open_loops = [row for row in self.reviews.values() if row["loop"] == "open" and row["loop_since"]]
        dues = [date.fromisoformat(row["supervision_due"]) for row in self.open_loops if row["supervision_due"]]
        tracked = [row for row in self.reviews.values() if row["cycle"] in self.within and row["loop"] != "untracked"]
        self.waits = asked_for(self.profile, self.tables)
        self.looked = looked_through(self.open_loops)
        counts = {
            ("loops", "open"): len(self.open_loops),
            ("loops", "open for long"): sum(date.fromisoformat(row["loop_since"]) < today - LONG for row in self.open_loops),
            ("loops", "supervision due"): sum(today <= due <= today + SOON for due in dues),
            ("loops", "supervision overdue"): sum(due < today for due in dues),
            ("of these reviews", "tracked"): len(tracked),
            ("of these reviews", "closed"): sum(row["loop"] == "closed" for row in tracked),
        }
        self.missing = Counter(wait for row in self.looked for wait in self.waits[row["review"]])
        counts |= {("they wait for", wait): many for wait, many in self.missing.items()}
        for (row, column), count in counts.items():
            self.put("Open loops", row, column, count)

    def actions(self):
        whose = self.kind.get("whose")
        of_these = [row for row in self.tables["actions"] if row["review"] in self.counted and row["state"] != "withdrawn"]
        self.todo = [row for row in of_these if not whose or row["owner_role"] in whose]
        state = Counter(row["state"] for row in self.todo)
        late = sum(is_late(row, self.today) for row in self.todo)
        counts = {"all": len(self.todo), "open": state["open"] + state["in-progress"], "done": state["done"], "signed off": state["signed-off"]}
        for column, count in {**counts, "overdue": late}.items():
            self.put("Actions of these reviews", "actions", column, count)

    def effects(self):
        two_years = month_after(self.until + timedelta(days=1), -24) - timedelta(days=1)
        mine = self.cycles[self.cycle]["framework"]
        in_time = lambda row: two_years < date.fromisoformat(row["starts_on"]) <= self.until
        lately = {ref for ref, row in self.cycles.items() if row["framework"] == mine and in_time(row)}
        self.lasted = Counter()
        for row in self.tables["actions"]:
            if row["state"] == "withdrawn" or row["review"] not in self.reviews or self.reviews[row["review"]]["cycle"] not in lately:
                continue
            if row["effect"] == "recurred":
                self.lasted["recurred"] += 1
            elif row["state"] == "signed-off":
                self.lasted["signed off"] += 1
                self.lasted[EFFECTS.get(row["effect"], "")] += 1
            else:
                self.lasted["open"] += 1
        for column in ("signed off", "sustained", "partly sustained", "recurred", "cannot tell", "open"):
            self.put("Actions of two years", "actions", column, self.lasted[column])

    def plan(self):
        of = self.kinds.get(self.kind.get("kind"), {}).get("subjects", [])
        if of == ["service"]:
            visited = {row["case"] for row in self.counted.values() if row["submitted_at"]}
            self.lines = plan_for(self.tables, self.profile, visited, self.within, self.today)
        else:
            self.lines = plan_lines(self.tables, self.profile, self.cycle, self.today)
        to_do = [line for line in self.lines if line["what"] in ("action", "training", "concern")]
        self.plan_of = (sum(line["open"] for line in to_do), len(to_do))
        self.put("Improvement plan", "lines", "all", len(to_do))
        self.put("Improvement plan", "lines", "open", self.plan_of[0])
        for kind in ("action", "training", "concern"):
            of_kind = [line["open"] for line in to_do if line["what"] == kind]
            self.put("Improvement plan", kind, "all", len(of_kind))
            self.put("Improvement plan", kind, "open", sum(of_kind))
        for line in self.lines:
            cells = {"Whose": line.get("Whose"), "On": line["On"], "Stands": line["Stands"], "Carried from": line["from"]}
            for column, value in cells.items():
                if value:
                    self.put("Plan lines", line["ref"], column, value)

    def lists(self):
        """Lists for the team: each thing once, with what the data set knows of it."""
        role = titles(self.profile)
        for row in self.todo:
            cells = {"Whose": role.get(row["owner_role"], ""), "By": wordy(row["due_on"]), "Stands": stood(row, self.today)}
            cells["Urgent"] = "yes" if row["urgent"] == "1" else "no"
            for table in ["Actions"] + ["Overdue actions"] * is_late(row, self.today):
                for column, value in cells.items():
                    self.put(table, row["action"], column, value)
        self.heard = defaultdict(list)
        for row in self.tables["tellings"]:
            self.heard[row["alert"]].append(row)
        for row in self.alerted:
            told = [one for one in self.heard[row["alert"]] if one["told_at"]]
            closed = brief(day_of(row["closed_at"])) if row["closed_at"] else "open"
            cells = {"Review": row["review"], "Opened": brief(day_of(row["opened_at"])), "Closed": closed}
            if self.heard[row["alert"]]:
                cells |= {"Told": len(told), "To be told": len(self.heard[row["alert"]])}
            if told:
                cells["Minutes until told"] = max(max(0, minutes_between(one["since"], one["told_at"])) for one in told)
            if row["reviewed_at"]:
                cells["Record reviewed"] = brief(day_of(row["reviewed_at"]))
            in_time = self.at_last(row)
            if in_time is not None:
                cells["In time"] = "yes" if in_time else "no"
            for column, value in cells.items():
                self.put("Alerts one by one", row["alert"], column, value)
        for row in self.looked:
            self.put("Loops one by one", row["review"], "Open since", wordy(row["loop_since"]))
            self.put("Loops one by one", row["review"], "Waits for", ", ".join(self.waits[row["review"]]))
            if row["supervision_due"]:
                self.put("Loops one by one", row["review"], "Supervision due", wordy(row["supervision_due"]))

    def sample(self):
        chosen = {"random": "drawn at random", "substitute": "in place of a drawn one"}
        for ref, row in self.reviews.items():
            if row["cycle"] not in self.within:
                continue
            visit = row["subject_kind"] == "service"
            cells = {
                "Case": "" if visit else row["case"],
                "Case type": self.words_of["service"] if visit else self.words_of.get(row["case_type"], row["case_type"]),
                "Service": row["case"] if visit else row["service"],
                "Chosen": chosen.get(row["chosen"], "named"),
            }
            for column, value in cells.items():
                if value:
                    self.put("Sample", ref, column, value)

    def grades(self):
        """Grades, of everything that came before as well: each cycle by itself, for the team leaves none out."""
        self.own, self.final, self.moved, self.good, self.line = Counter(), Counter(), Counter(), Counter(), []
        of_kind = self.kind.get("kind") or self.cycles[self.cycle]["kind"]
        lined = [row for row in self.cycles.values() if row["cycle"] == self.cycle or not self.extra and row["stands"] != "extra"]
        mine = self.cycles[self.cycle]["framework"]
        starts = {row["cycle"]: date.fromisoformat(row["starts_on"]) for row in lined if row["framework"] == mine}
        starts = {ref: day for ref, day in starts.items() if day <= self.until}
        graded = defaultdict(list)
        for row in self.reviews.values():
            if row["cycle"] in starts and row["kind"] == of_kind and row["original_grade"]:
                graded[row["cycle"]].append(row)
        for ref in sorted(graded, key=lambda ref: (starts[ref], ref)):
            drawn = [row for row in graded[ref] if row["chosen"] in ("random", "substitute")]
            good = sum(row["grade"] in ("outstanding", "good") for row in drawn)
            if drawn:
                self.line.append((ref, self.cycles[ref]["title"], str(good), str(len(drawn))))
            if starts[ref] < self.first or not drawn:
                continue
            self.own.update(row["original_grade"] for row in drawn)
            self.final.update(row["grade"] for row in drawn)
            self.good.update({"how many": good, "of": len(drawn)})
            for row in graded[ref]:
                if row["moderated_grade"]:
                    step = GRADES.index(row["original_grade"]) - GRADES.index(row["moderated_grade"])
                    self.moved["decided"] += 1
                    self.moved["kept" if step == 0 else "raised" if step > 0 else "lowered"] += 1
        self.name_grades()

    def left_out(self, ref, of):
        """Whether the grades of a cycle are not all there yet. Until when its reviews may be written is not in the data set: of one of
        which some are not, the report has to say itself whether it goes on."""
        if self.cycles[ref]["closed_on"]:
            return False
        if of < self.profile["small_numbers_below"]:
            return True
        unwritten = any(not row["submitted_at"] for row in self.reviews.values() if row["cycle"] == ref)
        so_far = ("Good or better over the cycles", f"{self.cycles[ref]['title']} so far", "of")
        return unwritten and so_far in self.wanted

    def name_grades(self):
        """Puts the grades under the names that the report gives them: grades by their order."""
        named = lambda table, at: list(dict.fromkeys(key[at] for key in self.wanted if key[0] == table))
        for row, count in (("Reviewers\u2019 own grade", self.own), ("After moderation", self.final)):
            for column, grade in zip(named("Grades of the random sample", 2), GRADES):
                self.put("Grades of the random sample", row, column, count[grade])
        names = named("Good or better over the cycles", 1)
        for _, title, good, of in self.line[-len(names):] if names else []:
            # One that still goes on says so.
            name = title if title in names else f"{title} so far"
            self.put("Good or better over the cycles", name, "how many", good)
            self.put("Good or better over the cycles", name, "of", of)
        for name in named("Good or better", 1):
            for column in ("how many", "of"):
                self.put("Good or better", name, column, self.good[column])
        for name in named("Moderation", 1):
            for column in ("decided", "kept", "raised", "lowered"):
                self.put("Moderation", name, column, self.moved[column])

    def files(self):
        """Files that several reviewers graded, each on their own: how many gave each grade, by the order of the grades."""
        table, given = "Files graded by several reviewers", defaultdict(Counter)
        for row in self.tables["scores"]:
            if row["given"] == "own" and row["field"] == "overall":
                given[row["review"]][row["word"]] += 1
        columns = [column for column in dict.fromkeys(key[2] for key in self.wanted if key[0] == table) if column != "reviewers"]
        for ref in {key[1] for key in self.wanted if key[0] == table}:
            for column, grade in zip(columns, GRADES):
                self.put(table, ref, column, given[ref][grade])
            self.put(table, ref, "reviewers", sum(given[ref].values()))

    def areas(self):
        """Grades of areas are in the order of the grades, whatever they are called."""
        areas = defaultdict(Counter)
        title = {(key["key"], area["key"]): area["title"] for key in self.kinds.values() for area in key.get("areas", [])}
        for row in self.tables["answers"]:
            review = self.counted.get(row["review"])
            if review and review["submitted_at"] and row["field"].startswith("area/") and row["word"] in GRADES:
                areas[title[(review["kind"], row["field"][5:])]][row["word"]] += 1
        columns = [column for (table, _, column) in self.wanted if table == "Grades of areas"]
        order = [column for column in dict.fromkeys(columns) if column != "all"]
        self.area_grades = {name: [count[grade] for grade in GRADES] for name, count in areas.items()}
        for name, counts in self.area_grades.items():
            self.put("Grades of areas", name, "all", sum(counts))
            for column, count in zip(order, counts):
                self.put("Grades of areas", name, column, count)

    def differs(self, key, theirs):
        """What is wrong with what the report says under a key; none: nothing, or it is not counted again."""
        table, row, column = key
        if column in WORDS or not theirs and self.may_be_left_out(table, row):
            return None
        # To whom a request for training went, and which team a narrative is of, was typed.
        if (table, column) == ("Plan lines", "Whose") and any(line["ref"] == row and "Whose" not in line for line in self.lines):
            return None
        theirs, ours = sorted(theirs), sorted(self.found.get(key, []))
        if theirs != ours and not (not theirs and set(ours) == {"0"}) and not (not ours and set(theirs) == {"0"}):
            return f"{key}: the report says {theirs}, counted again {ours}"
        return None

    def may_be_left_out(self, table, row):
        """Of some tables a report shows a part: of a plan lines of some kinds, of open loops what its words ask for."""
        if table in ("Open loops", "Improvement plan"):
            return not any(key[:2] == (table, row) for key in self.wanted)
        if table == "Plan lines":
            kind = {line["ref"]: line["what"] for line in self.lines}
            return kind[row] not in {kind.get(key[1]) for key in self.wanted if key[0] == table}
        return table in IN_PART

    def compare(self):
        """What differs in its file of figures, which holds what the report itself shows; and how many figures were compared, by table."""
        shown = {table for table, _, _ in self.wanted}
        wrong, compared = loops_that_differ(self.waits, self.reviews), Counter()
        for key in sorted(set(self.wanted) | {key for key in self.found if key[0] in shown}):
            if key[2] not in WORDS:
                compared[key[0]] += 1
                wrong += filter(None, [self.differs(key, self.wanted.get(key, []))])
        return wrong, compared


def main():
    folder, profile_path, holidays, now, cycle_ref, kind_key = sys.argv[1:7]
    with open(profile_path, "rb") as file:
        profile = tomllib.load(file)
    wanted = {}
    for row in csv.DictReader(sys.stdin):
        wanted.setdefault((row["Table"], row["Row"], row["Column"]), []).append(row["Value"])
    report = Report(folder, profile, holidays, now, cycle_ref, kind_key, wanted)
    wrong, compared = report.compare()
    if len(sys.argv) > 7:
        from paper import Paper

        with open(sys.argv[7], encoding="utf-8") as file:
            lines = file.read().splitlines()
        wrong += Paper(report, lines).compare(compared)
    if len(sys.argv) > 8 and not wrong:
        from spoil import spoil_report

        wrong += spoil_report(report, lines, compared)
    print("\n".join(wrong))
    print("; ".join(f"{table}: {count}" for table, count in sorted(compared.items()) if count))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
