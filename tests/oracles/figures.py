#!/usr/bin/env python3
"""An independent count of a report's figures, from the data set that `closeloop export csv` hands out.

    figures.py DATA_FOLDER PROFILE.toml BANK_HOLIDAYS.json NOW CYCLE KIND [PAPER.md] < FIGURES.csv

reads the figures of one report (`closeloop report CYCLE --kind KIND --for-team --format csv`) and counts each of them again; with the
same report as Markdown also what only its tables say (medians, shares, open cases, who graded one file how). Every row that differs, that
only one side has, or that this script cannot count is written out; exit status 1 if there is any. The last line says how many rows were
compared, table by table.

Not in the data set, and so not counted here: lines of the improvement plan, what an open loop waits for, which practitioner held a case,
whose an action is, and what earlier reports promised.

Nothing here is taken from the Rust code. Standard library only.
"""

import csv
import json
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

GRADES = ["outstanding", "good", "requires-improvement", "inadequate"]
# What needs more than the data set holds.
NOT_IN_THE_DATA_SET = {"Improvement plan", "Plan lines"}
# Of these a report may show some rows alone.
IN_PART = {"Answers from 0 to 10", "Answers yes, partly or no", "Registers", "Answers in registers", "Open loops"}
# What a single thing says of itself that is no word of the data set.
WORDS = {"What needs to happen", "Whose", "Why", "Waits for", "Step"}
# A loop is open for long when it has been for more than a quarter; supervision is due soon within a fortnight.
LONG, SOON = timedelta(days=91), timedelta(days=14)


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

    def span(self, every, starts, today):
        last = month_after(starts, self.months) - timedelta(days=1)
        number, _, unit = every.partition(" ")
        if unit.startswith("week"):
            until = max(min(today, last), starts)
            return until - timedelta(days=7 * int(number) - 1), until
        size = max(int(number) if unit.startswith("month") else 1, self.months)
        if size == self.months:
            return starts, last
        into = (starts.month - self.starts_in) % 12
        begins = month_after(starts, -into)
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


def main():
    folder, profile_path, holidays, now, cycle_ref, kind_key = sys.argv[1:7]
    today = date.fromisoformat(now[:10])
    with open(profile_path, "rb") as file:
        profile = tomllib.load(file)
    wanted = {}
    for row in csv.DictReader(sys.stdin):
        key = (row["Table"], row["Row"], row["Column"])
        wanted.setdefault(key, []).append(row["Value"])
    kind = next(report for report in profile["reports"] if report["key"] == kind_key)
    cycles = {row["cycle"]: row for row in rows_of(folder, "cycles")}
    year, days = Year(profile), Days(holidays)
    asked = date.fromisoformat(cycles[cycle_ref]["starts_on"])
    first, until = year.span(kind.get("every", "1 month"), asked.replace(day=1), today)
    mine = lambda row: row["framework"] == cycles[cycle_ref]["framework"]
    # Extra work has reports of its own, and is in no other.
    planned = {ref: row for ref, row in cycles.items() if "-x" not in ref and "-x" not in cycle_ref}
    within = {ref for ref, row in planned.items() if mine(row) and first <= date.fromisoformat(row["starts_on"]) <= until} | {cycle_ref}
    reviews = {row["review"]: row for row in rows_of(folder, "reviews")}
    counted = {ref: row for ref, row in reviews.items() if row["cycle"] in within and kind.get("kind") in (None, row["kind"])}
    kinds = {one["key"]: one for one in profile["kinds"]}
    found = defaultdict(list)

    def put(table, row, column, value):
        found[(table, row, column)].append(str(value))

    # How far the reviews are, cycle by cycle. Titles are the report's own: they are matched by what stands under them.
    work = defaultdict(Counter)
    for row in counted.values():
        one = work[row["cycle"]]
        one["reviews"] += 1
        one["drawn at random"] += row["chosen"] in ("random", "substitute")
        one["completed"] += row["submitted_at"] != ""
        one["on the record"] += row["state"] == "finalised"
    in_cycle = {column: sorted(str(work[ref][column]) for ref in within) for column in ("reviews", "drawn at random", "completed", "on the record")}
    for key in kinds.values():
        of = [row for row in reviews.values() if row["cycle"] in within and row["kind"] == key["key"]]
        put("Reviews by kind", key["label"], "reviews", len(of))
        put("Reviews by kind", key["label"], "completed", sum(row["submitted_at"] != "" for row in of))

    # Grades: of the kind the report is about, else of the kind its cycle is made of.
    steps_of = {one["key"]: one.get("steps", []) for one in kinds.values()}

    taken = defaultdict(dict)
    for row in rows_of(folder, "steps"):
        taken[row["review"]][row["step"]] = row

    # Answers.
    points, words = defaultdict(Counter), defaultdict(Counter)
    for row in rows_of(folder, "answers"):
        review = counted.get(row["review"])
        if review is None or review["submitted_at"] == "" or not row["field"].startswith("q/"):
            continue
        key = (review["kind"], row["field"][2:])
        if row["scale"] != "":
            points[key][int(row["scale"])] += 1
        elif row["word"] in ("yes", "partly", "no"):
            words[key][row["word"]] += 1
    for key in kinds.values():
        for area in key.get("areas", []):
            for question in area.get("questions", []):
                scaled, short = points[(key["key"], question["key"])], words[(key["key"], question["key"])]
                text = question["text"]
                if scaled:
                    put("Answers from 0 to 10", text, "answers", sum(scaled.values()))
                    put("Answers from 0 to 10", text, "7 or more", sum(n for point, n in scaled.items() if point >= 7))
                    for point in range(11):
                        put("Answers from 0 to 10", text, str(point), scaled[point])
                if short:
                    put("Answers yes, partly or no", text, "answers", sum(short.values()))
                    for word in ("yes", "partly", "no"):
                        put("Answers yes, partly or no", text, word, short[word])

    # Steps and families.
    asked_for = spoken = barrier = said = 0
    steps = defaultdict(Counter)
    for ref, review in counted.items():
        plan = steps_of[review["kind"]]
        before = None
        for step in plan:
            one = taken[ref].get(step["key"])
            # `contact` is the step at which the family is asked: the profile says so by its duty, or by its key.
            if (step.get("duty") or step["key"]) == "family-contact":
                asked_for += 1
                if one:
                    spoken += one["happened"] == "1"
                    barrier += one["happened"] == "0"
                    said += one["happened"] == "1" and one["said"] == "1"
            count = steps[(review["kind"], step["key"], step["label"])]
            if one and one["happened"] == "1":
                count["done"] += 1
                due = step.get("due", {})
                after = due.get("after", before)
                within_limit = due.get("within")
                since = None
                if after is None:
                    since = review["opened_on"]
                elif after in taken[ref]:
                    since = taken[ref][after]["on"]
                if within_limit and not due.get("not_before") and since:
                    last = days.due(date.fromisoformat(since), within_limit)
                    if last is not None:
                        count["with a limit"] += 1
                        count["in time"] += date.fromisoformat(one["on"]) <= last
            before = step["key"]
    for (_, _, label), count in steps.items():
        for column in ("done", "with a limit", "in time"):
            put("Steps", label, column, count[column])
    put("Families", "Families", "asked for", asked_for)
    put("Families", "Families", "spoken with", spoken)
    put("Families", "Families", "could not be", barrier)
    put("Families", "Families", "words written down", said)

    # Themes.
    names = {theme["key"]: theme["label"] for theme in profile.get("themes", [])}
    themes = defaultdict(Counter)
    for row in rows_of(folder, "themes"):
        if row["review"] in counted:
            themes[row["theme"]][row["found"]] += 1
    for theme, count in themes.items():
        put("Themes", names.get(theme, theme), "strength", count["strength"])
        put("Themes", names.get(theme, theme), "to improve", count["improve"])

    # Who was reviewed. What people read is in the words of the profile. A visit to a service is of no case.
    words_of = {one["key"]: one["label"] for one in profile.get("case_types", [])}
    words_of |= {"foster-carer": "Foster carer", "adopter": "Adopter", "service": "Service"}
    for table, column in (("Reviews by service", "service"), ("Reviews by case type", "case_type")):
        cases = [row for row in counted.values() if row["subject_kind"] != "service"]
        for name, count in Counter(row[column] for row in cases).items():
            put(table, "Reviews", (words_of.get(name, name) if column == "case_type" else name) or "not known", count)

    # Alerts.
    alerts = [row for row in rows_of(folder, "alerts") if row["review"] in counted]
    put("Alerts", "Alerts", "opened", len(alerts))
    put("Alerts", "Alerts", "closed", sum(row["closed_at"] != "" for row in alerts))
    put("Alerts", "Alerts", "open", sum(row["closed_at"] == "" for row in alerts))

    def at_last(row):
        """Whether the record was reviewed in time; none where that cannot be said yet."""
        at, due = row["reviewed_at"], row["review_due_at"]
        return at != "" and at <= due if due and (at or due <= now or row["closed_at"]) else None

    said = [at_last(row) for row in alerts]
    put("Alerts", "Alerts", "record to be reviewed", sum(one is not None for one in said))
    put("Alerts", "Alerts", "reviewed in time", sum(one is True for one in said))

    # Registers.
    entries = Counter(row["register"] for row in rows_of(folder, "entries") if first <= date.fromisoformat(row["on"]) <= until)
    put("Registers", "Events of the year", "entries", entries["year-events"])
    for register in profile.get("registers", []):
        put("Registers", register["label"], "entries", entries[register["key"]])

    # What entries note out of a closed list.
    noted = Counter((row["register"], row["noted"], row["answer"]) for row in rows_of(folder, "entry_answers") if first <= date.fromisoformat(row["on"]) <= until)
    events = {"key": "year-events", "label": "Events of the year", "fields": [{"key": "event", "label": "Which event was held", "kind": "choice"}]}
    codes = {(row["column"], row["code"]): row["words"] for row in rows_of(folder, "codes")}
    for register in [*profile.get("registers", []), events]:
        for field in register.get("fields", []):
            if field["kind"] == "yes-no":
                answers = {"yes": "yes", "no": "no"}
            elif "choices" in field:
                answers = {choice["key"]: choice["label"] for choice in field["choices"]}
            else:
                answers = {key: codes.get(("answer", key), key) for of, name, key in noted if (of, name) == (register["key"], field["key"])}
            for key, answer in answers.items():
                put("Answers in registers", f"{register['label']}: {field['label']}", answer, noted[(register["key"], field["key"], key)])

    # Disputes and alerts of good practice.
    upto = min(until, today)
    tally = Counter()
    for row in rows_of(folder, "disputes"):
        day_in = lambda column: date.fromisoformat(row[column]) if row[column] else None
        raised, formal, due, ended = (day_in(column) for column in ("raised_on", "formal_on", "due_on", "ended_on"))
        if raised > upto or (ended and ended < first):
            continue
        if row["kind"] == "good-practice":
            tally["good practice"] += raised >= first
            continue
        over = ended is not None and ended <= upto
        became_formal = formal is not None and first <= formal <= upto
        tally.update({"raised": int(raised >= first), "formal": int(became_formal), "ended": int(over), "open": int(not over)})
        tally["over their time"] += due is not None and (ended or today) > due and due + timedelta(days=1) <= upto
    for column in ("raised", "formal", "ended", "open", "over their time", "good practice"):
        put("Disputes and practice alerts", "in the period", column, tally[column])

    # Open loops: those of every cycle, and of the report's own how many are closed.
    loops = [row for row in reviews.values() if row["loop"] == "open" and row["loop_since"]]
    due_of = lambda row: date.fromisoformat(row["supervision_due"]) if row["supervision_due"] else None
    dues = [due_of(row) for row in loops if row["supervision_due"]]
    put("Open loops", "loops", "open", len(loops))
    put("Open loops", "loops", "open for long", sum(date.fromisoformat(row["loop_since"]) < today - LONG for row in loops))
    put("Open loops", "loops", "supervision due", sum(today <= due <= today + SOON for due in dues))
    put("Open loops", "loops", "supervision overdue", sum(due < today for due in dues))
    tracked = [row for row in reviews.values() if row["cycle"] in within and row["loop"] != "untracked"]
    put("Open loops", "of these reviews", "tracked", len(tracked))
    put("Open loops", "of these reviews", "closed", sum(row["loop"] == "closed" for row in tracked))

    # Actions.
    actions = [row for row in rows_of(folder, "actions") if row["review"] in counted and row["state"] != "withdrawn"]
    state = Counter(row["state"] for row in actions)
    put("Actions of these reviews", "actions", "all", len(actions))
    put("Actions of these reviews", "actions", "open", state["open"] + state["in-progress"])
    put("Actions of these reviews", "actions", "done", state["done"])
    put("Actions of these reviews", "actions", "signed off", state["signed-off"])
    late = sum(row["state"] in ("open", "in-progress") and date.fromisoformat(row["due_on"]) < today for row in actions)
    put("Actions of these reviews", "actions", "overdue", late)
    two_years = month_after(until + timedelta(days=1), -24) - timedelta(days=1)
    lately = {ref for ref, row in cycles.items() if mine(row) and two_years < date.fromisoformat(row["starts_on"]) <= until}
    effects = Counter()
    for row in rows_of(folder, "actions"):
        if row["state"] == "withdrawn" or row["review"] not in reviews or reviews[row["review"]]["cycle"] not in lately:
            continue
        effect = row["effect"]
        if effect == "recurred":
            effects["recurred"] += 1
        elif row["state"] == "signed-off":
            effects["signed off"] += 1
            effects[{"sustained": "sustained", "partly": "partly sustained", "cannot-tell": "cannot tell"}.get(effect, "")] += 1
        else:
            effects["open"] += 1
    for column in ("signed off", "sustained", "partly sustained", "recurred", "cannot tell", "open"):
        put("Actions of two years", "actions", column, effects[column])

    # Lists for the team: each thing once, with what the data set knows of it.
    wordy = lambda text: brief(date.fromisoformat(text)) if text else ""
    for row in actions:
        overdue = row["state"] in ("open", "in-progress") and date.fromisoformat(row["due_on"]) < today
        state = {"in-progress": "in progress", "done": "done, to be signed off", "signed-off": "signed off"}.get(row["state"], row["state"])
        if row["state"] == "signed-off" and row["effect"]:
            state = {"sustained": "sustained", "partly": "partly sustained", "recurred": "recurred", "cannot-tell": "cannot tell"}[row["effect"]]
        cells = {"By": wordy(row["due_on"]), "Urgent": "yes" if row["urgent"] == "1" else "no", "Stands": "overdue" if overdue else state}
        for table in ["Actions"] + ["Overdue actions"] * overdue:
            for column, value in cells.items():
                put(table, row["action"], column, value)
    heard = defaultdict(list)
    for row in rows_of(folder, "tellings"):
        heard[row["alert"]].append(row)
    unasked = not profile.get("escalation", {}).get("assurance")
    for row in alerts:
        told = [one for one in heard[row["alert"]] if one["told_at"]]
        cells = {"Review": row["review"], "Opened": brief(day_of(row["opened_at"])), "Closed": brief(day_of(row["closed_at"])) if row["closed_at"] else "open"}
        if heard[row["alert"]]:
            cells |= {"Told": len(told), "To be told": len(heard[row["alert"]])}
        if told:
            cells["Minutes until told"] = max(max(0, minutes_between(one["since"], one["told_at"])) for one in told)
        if row["reviewed_at"]:
            cells["Record reviewed"] = brief(day_of(row["reviewed_at"]))
        in_time = at_last(row)
        if in_time is not None:
            cells["In time"] = "yes" if in_time else "no"
        for column, value in cells.items():
            put("Alerts one by one", row["alert"], column, value)
    for row in loops:
        put("Loops one by one", row["review"], "Open since", wordy(row["loop_since"]))
        if row["supervision_due"]:
            put("Loops one by one", row["review"], "Supervision due", wordy(row["supervision_due"]))
    chosen = {"random": "drawn at random", "substitute": "in place of a drawn one"}
    for ref, row in reviews.items():
        if row["cycle"] not in within:
            continue
        visit = row["subject_kind"] == "service"
        cells = {
            "Case": "" if visit else row["case"],
            "Case type": words_of["service"] if visit else words_of.get(row["case_type"], row["case_type"]),
            "Service": row["case"] if visit else row["service"],
            "Chosen": chosen.get(row["chosen"], "named"),
        }
        for column, value in cells.items():
            if value:
                put("Sample", ref, column, value)

    # Grades, of everything that came before as well: each cycle by itself, for the team leaves none out.
    of_kind = kind.get("kind") or next((kind_of for kind_of, _ in Counter(row["kind"] for row in reviews.values() if row["cycle"] == cycle_ref).most_common(1)), None)
    graded = any(table.startswith("Good or better") for table, _, _ in wanted)
    if graded:
        lined = planned or {cycle_ref: cycles[cycle_ref]}
        mine_too = {ref: date.fromisoformat(row["starts_on"]) for ref, row in lined.items() if mine(row) and date.fromisoformat(row["starts_on"]) <= until}
        grades = defaultdict(list)
        for row in reviews.values():
            if row["cycle"] in mine_too and row["kind"] == of_kind and row["original_grade"]:
                grades[row["cycle"]].append(row)
        line, own, final, moved = [], Counter(), Counter(), Counter()
        in_period = Counter()
        for ref in sorted(grades, key=lambda ref: (mine_too[ref], ref)):
            drawn = [row for row in grades[ref] if row["chosen"] in ("random", "substitute")]
            good = sum(row["grade"] in ("outstanding", "good") for row in drawn)
            if drawn:
                line.append((str(good), str(len(drawn))))
            if first <= mine_too[ref] <= until and drawn:
                own.update(row["original_grade"] for row in drawn)
                final.update(row["grade"] for row in drawn)
                in_period.update({"how many": good, "of": len(drawn)})
                for row in grades[ref]:
                    if row["moderated_grade"]:
                        step = GRADES.index(row["original_grade"]) - GRADES.index(row["moderated_grade"])
                        moved["decided"] += 1
                        moved["kept" if step == 0 else "raised" if step > 0 else "lowered"] += 1
        compare_grades(wanted, found, line, own, final, moved, in_period)

    # Grades of areas are in the order of the grades, whatever they are called.
    areas = defaultdict(Counter)
    title = {(key["key"], area["key"]): area["title"] for key in kinds.values() for area in key.get("areas", [])}
    for row in rows_of(folder, "answers"):
        review = counted.get(row["review"])
        if review and review["submitted_at"] and row["field"].startswith("area/") and row["word"] in GRADES:
            areas[title[(review["kind"], row["field"][5:])]][row["word"]] += 1
    columns = [column for (table, _, column) in wanted if table == "Grades of areas"]
    order = [column for column in dict.fromkeys(columns) if column != "all"]
    for name, count in areas.items():
        put("Grades of areas", name, "all", sum(count.values()))
        for column, grade in zip(order, GRADES):
            put("Grades of areas", name, column, count[grade])

    # A report's file holds what the report itself shows.
    shown = {table for table, _, _ in wanted}
    wrong, compared = [], Counter()
    for key in sorted(set(wanted) | set(found)):
        table = key[0]
        if table in NOT_IN_THE_DATA_SET or table not in shown or table in IN_PART and key not in wanted:
            continue
        if table == "Reviews" or key[2] in WORDS or key[1] == "they wait for":
            continue
        compared[table] += 1
        theirs, ours = sorted(wanted.get(key, [])), sorted(found.get(key, []))
        if theirs != ours and not (not theirs and set(ours) == {"0"}) and not (not ours and set(theirs) == {"0"}):
            wrong.append(f"{key}: the report says {theirs}, counted again {ours}")
    for column, ours in in_cycle.items() if "Reviews" in shown else []:
        theirs = sorted(value for key, values in wanted.items() if key[0] == "Reviews" and key[2] == column for value in values)
        compared["Reviews"] += 1
        if theirs != ours:
            wrong.append(f"Reviews, {column}: the report says {theirs}, counted again {ours}")
    if len(sys.argv) > 7:
        from paper import Paper

        paper = Paper(sys.argv[7], counted, steps_of, taken, kinds, days, folder, wrong, compared)
        paper.compare(points, words, words_of, effects, {"first": first, "until": until, "profile": profile})
    print("\n".join(wrong))
    print(", ".join(f"{table}: {many}" for table, many in sorted(compared.items())))
    sys.exit(1 if wrong else 0)


def brief(day):
    return f"{day.day} {day.strftime('%b %Y')}"


def minutes_between(since, until):
    stamp = lambda text: datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int((stamp(until) - stamp(since)).total_seconds() // 60)


def compare_grades(wanted, found, line, own, final, moved, in_period):
    """Puts the grades under the names that the report gives them: cycles by their order, grades by theirs."""
    order = list(dict.fromkeys(key[2] for key in wanted if key[0] == "Grades of the random sample"))
    for row, count in (("Reviewers\u2019 own grade", own), ("After moderation", final)):
        for column, grade in zip(order, GRADES):
            found[("Grades of the random sample", row, column)].append(str(count[grade]))
    names = list(dict.fromkeys(key[1] for key in wanted if key[0] == "Good or better over the cycles"))
    for name, (good, of) in zip(names, line[-len(names):] if names else []):
        found[("Good or better over the cycles", name, "how many")].append(good)
        found[("Good or better over the cycles", name, "of")].append(of)
    for name in dict.fromkeys(key[1] for key in wanted if key[0] == "Good or better"):
        for column in ("how many", "of"):
            found[("Good or better", name, column)].append(str(in_period[column]))
    for name in dict.fromkeys(key[1] for key in wanted if key[0] == "Moderation"):
        for column in ("decided", "kept", "raised", "lowered"):
            found[("Moderation", name, column)].append(str(moved[column]))


if __name__ == "__main__":
    main()
