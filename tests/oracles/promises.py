"""What was promised, counted again: lines of the improvement plan, what an open loop waits for, whose an action is, since last time."""

from collections import Counter, defaultdict
from datetime import date

from basics import EFFECTS, day_of, wordy

STATES = {"open": "open", "in-progress": "in progress", "done": "done, to sign off", "signed-off": "signed off"}
LINKS = {"supervision": "supervision", "actions-complete": "actions", "assurance": "assurance", "reflective-discussion": "reflective discussion"}
# In which order a report lists the loops that are open longest; so many are looked through for what they wait for.
LOOKED_THROUGH = 500


def titles(profile):
    return {role["key"]: role["label"] for role in profile["roles"]}


def is_late(action, today):
    return action["state"] in ("open", "in-progress") and date.fromisoformat(action["due_on"]) < today


def stood(action, today):
    """Where an action stands, as reports say it."""
    if action["state"] == "signed-off" and action["effect"]:
        return EFFECTS[action["effect"]]
    if is_late(action, today):
        return "overdue"
    return "done, to be signed off" if action["state"] == "done" else STATES.get(action["state"], action["state"])


def plan_lines(tables, profile, home, today):
    """The lines of the plan of a cycle and those carried into it: reference, and what of its cells is no free text."""
    role, boards = titles(profile), {board["key"]: board["label"] for board in profile.get("boards", [])}
    cycles = {row["cycle"]: row for row in tables["cycles"]}
    own = cycles[home]
    earlier = lambda ref: cycles[ref]["framework"] == own["framework"] and cycles[ref]["starts_on"] < own["starts_on"]
    carried = lambda ref: "" if ref == home else cycles[ref]["title"]
    lines = []
    meant = {row["action"]: row["service"] for row in tables["plan_notes"] if row["what"] == "answers"}
    for row in tables["actions"]:
        if row["cycle"] and row["state"] != "withdrawn" and (row["cycle"] == home or earlier(row["cycle"]) and row["state"] != "signed-off"):
            stands = EFFECTS[row["effect"]] if row["state"] == "signed-off" and row["effect"] else STATES[row["state"]]
            late = ", overdue" if is_late(row, today) else ""
            cells = {"Whose": role.get(row["owner_role"], ""), "On": wordy(row["due_on"]), "Stands": stands + late}
            lines.append({"what": "action", "ref": row["action"], "open": row["state"] != "signed-off", "from": carried(row["cycle"]), "service": meant.get(row["action"], ""), **cells})
    for row in tables["plan_notes"]:
        still = row["what"] in ("training", "concern") and not row["ended_on"]
        if row["action"] or row["cycle"] != home and not (still and earlier(row["cycle"])):
            continue
        short = lambda: f"{date.fromisoformat(row['ended_on']).day} {date.fromisoformat(row['ended_on']).strftime('%b')}"
        if row["what"] == "training":
            stands = "to be sent on" if still else f"sent {short()}"
        elif row["what"] == "concern":
            stands = "not resolved" if still else f"resolved {short()}"
        else:
            stands = {"presented": "presented", "narrative": "told"}.get(row["what"], "")
        line = {"what": row["what"], "ref": row["note"], "open": still, "from": carried(row["cycle"]), "On": wordy(row["on"]), "Stands": stands}
        # To whom training went, and which team tells of its month, is typed; a concern is nobody's.
        if row["what"] in ("presented", "progress"):
            line["Whose"] = boards.get(row["board"], row["board"])
        elif row["what"] == "concern":
            line["Whose"] = ""
        lines.append(line)
    return lines


def plan_for(tables, profile, services, within, today):
    """What the plans of these cycles hold for these services, each line once."""
    found = {}
    for cycle in within:
        for line in plan_lines(tables, profile, cycle, today):
            if line.get("service") in services:
                found.setdefault(line["ref"], line | {"from": ""})
    return list(found.values())


def is_tracked(tracking, review):
    """Whether the framework tracks a review until its loop is closed."""
    of_kind = not tracking.get("kinds") or review["kind"] in tracking["kinds"]
    return of_kind and review["grade"] in tracking.get("grades", []) and bool(tracking.get("needs")) and review["submitted_at"] != ""


def loops_that_differ(waits, reviews):
    """Reviews whose loop is not as what it waits for says: open, closed, or not tracked at all."""
    expected = lambda ref: "untracked" if ref not in waits else "open" if waits[ref] else "closed"
    return [f"the loop of {ref} is {row['loop']}, counted again {expected(ref)}" for ref, row in reviews.items() if row["loop"] != expected(ref)]


def asked_for(profile, tables):
    """What each loop still waits for, in the framework's order: review, words. Of a closed one nothing should be left."""
    tracking = profile.get("tracking", {})
    actions, follow_ups, alerts = defaultdict(list), defaultdict(list), defaultdict(list)
    by_ref = {row["action"]: row for row in tables["actions"]}
    for row in tables["actions"]:
        actions[row["review"]].append(row)
    for row in tables["action_links"]:
        actions[row["review"]].append(by_ref[row["action"]])
    for row in tables["follow_ups"]:
        follow_ups[row["review"]].append(row)
    for row in tables["alerts"]:
        alerts[row["review"]].append(row)
    waits = {}
    for row in tables["reviews"]:
        if not is_tracked(tracking, row):
            continue
        since, ref, missing = str(day_of(row["submitted_at"])), row["review"], []
        followed = lambda what: [one for one in follow_ups[ref] if one["what"] == what and one["on"] >= since]
        came_back = max((one["reopened_on"] for one in actions[ref]), default="")
        for need in tracking.get("needs", []):
            if need == "supervision":
                there = bool(followed("supervision"))
            elif need == "reflective-discussion":
                there = bool(followed("reflection"))
            elif need == "actions-complete":
                there = all(one["state"] in ("signed-off", "withdrawn") for one in actions[ref])
            else:
                # The last one counts, and what came back since makes it worth nothing. They stand in the order of their days.
                given = followed("assurance")
                there = bool(given) and given[-1]["on"] >= came_back and given[-1]["improved"] == "yes"
            if not there:
                missing.append(LINKS[need])
        if row["grade"] == "inadequate" and any(not one["reviewed_at"] and not one["closed_at"] for one in alerts[ref]):
            missing.append("assurance after the alert")
        waits[ref] = missing
    return waits


def since_last(tables, kind, cycle_ref, first, today, whose):
    """What became of what the last report of the kind promised; none: there was none."""
    stands = {row["cycle"]: row["stands"] for row in tables["cycles"]}
    extra = stands[cycle_ref] == "extra"
    like = lambda ref: ref == cycle_ref if extra else stands[ref] != "extra"
    before = [row for row in tables["reports"] if row["report_kind"] == kind["key"] and row["until"] < str(first) and like(row["cycle"])]
    if not before:
        return None
    last = max(before, key=lambda row: (row["until"], int(row["version"])))
    now = {row["action"]: row for row in tables["actions"]}
    found = {"report": last, "slipped": [], "recurred": []}
    count = Counter()
    for then in tables["promises"]:
        if then["report"] != last["report"] or whose and then["owner_role"] not in whose:
            continue
        one = now.get(then["action"])
        if one and (int(one["recurred"]) > int(then["recurred"]) or one["effect"] == "recurred"):
            found["recurred"].append((then, one))
        count["sustained"] += one is not None and not then["effect"] and one["effect"] == "sustained"
        if then["state"] not in ("open", "in-progress"):
            continue
        count["promised"] += 1
        if one is None or one["state"] == "withdrawn":
            count["withdrawn"] += 1
        elif one["state"] in ("done", "signed-off"):
            count["happened"] += 1
        elif date.fromisoformat(then["due_on"]) < today:
            found["slipped"].append((then, one))
        else:
            count["to come"] += 1
    return {**found, **{name: count[name] for name in ("promised", "happened", "withdrawn", "sustained", "to come")}}


def standing(pair, profile, today):
    """A row of what slipped or recurred, without its words."""
    then, one = pair
    later = "" if one["due_on"] == then["due_on"] else f", now due {wordy(one['due_on'])}"
    return [then["action"], titles(profile).get(one["owner_role"], ""), wordy(then["due_on"]), stood(one, today) + later]


def looked_through(loops):
    """Those that are looked through for what they wait for: the ones open longest."""
    number = lambda row: int(row["review"].rsplit("-", 1)[1])
    return sorted(loops, key=lambda row: (row["loop_since"], number(row)))[:LOOKED_THROUGH]
