"""What the sentences of a report's text say, counted again: every number and day in them, or the sentence is one that holds none of ours."""

import math
import re
from datetime import date

from basics import GRADES, full, said_share, wordy
from promises import LINKS

NUMBER, DAY = r"(\d+)", r"(\d+ [A-Z][a-z]+ \d{4})"
SHARE = r"(\d+ of \d+ \(\d+ %\)|none counted)"
# Numbers that no figure of a council stands behind; what people wrote (quoted, noted, told of a month or a visit); and what names a focus.
NOT_COUNTED = [
    r"they need 10 off the median",
    r"95 % confidence",
    r"scaled practice from 0 to 10",
    r"^> .*",
    r"^[A-Z]+-\d+: ",
    r"^- and \d+ more$",
    r"^- \*\*(Focus|Visited|Goes to):\*\*.*",
    r"^The (last )?focus was .*",
]
# How lists of themes begin that are more often a strength (1), to improve (-1), or as often the one as the other (0).
THEMED = {
    r"^Themes that (were|are) more often a strength": 1,
    r"^Themes that more often need to improve|^What most needs to improve|^These are hard for many|^What we are working on|^Take one of these into": -1,
    r"^Themes that are as often a strength": 0,
}

# What the recount calls some of them.
NAMES = {
    "behind with theirs|is behind$": "who is behind",
    "service as a whole": "visits",
    "Promised|Happened|Slipped|Recurred|report of": "since last time",
    "Concerns raised": "disputes",
    "Practitioners with open cases": "practitioners reviewed",
    "plan still open": "plan lines",
    "^\\^- (supervision|actions|assurance|reflective)": "what loops wait for",
    "With supervision": "supervision",
}


def name_of(words):
    return next((f"sentences: {name}" for pattern, name in NAMES.items() if re.search(pattern, words)), "sentences")


def wilson(n, of):
    z = 1.959963984540054
    middle, half, scale = n / of + z * z / (2 * of), z * math.sqrt(n / of * (1 - n / of) / of + z * z / (4 * of * of)), 1 + z * z / of
    ends = (0.0 if n == 0 else max(0.0, (middle - half) / scale), 1.0 if n == of else min(1.0, (middle + half) / scale))
    return tuple(f"{end * 100:.0f}" for end in ends)


def title_of(report, kind, cycle, first, until):
    """What the days of a report are called."""
    every = kind.get("every", "1 month")
    if "week" in every:
        return f"week to {full(until)}"
    if int(every.split()[0]) <= report.year.months:
        return report.cycles[cycle]["title"]
    begins, ends = first.strftime("%B %Y"), until.strftime("%B %Y")
    return f"{first.strftime('%B')} to {ends}" if first.year == until.year else f"{begins} to {ends}"


def patterns(paper):
    """Sentence, and the numbers that it has to hold."""
    report = paper.report
    found = lambda table, row, column: report.found.get((table, row, column), ["0"])[0]
    act = lambda column: found("Actions of these reviews", "actions", column)
    loop = lambda column, row="loops": int(found("Open loops", row, column))
    alert = lambda column: int(found("Alerts", "Alerts", column))
    family = lambda column: int(found("Families", "Families", column))
    dispute = lambda column: found("Disputes and practice alerts", "in the period", column)
    work = lambda column: str(sum(int(found("Reviews", report.cycles[ref]["title"], column)) for ref in report.within))
    reviews, drawn, completed, recorded = map(work, ("reviews", "drawn at random", "completed", "on the record"))
    of_all, open_loops = act("all"), loop("open")
    oldest = full(date.fromisoformat(report.looked[0]["loop_since"])) if report.looked else ""
    revisited = sum(report.lasted[one] for one in ("sustained", "partly sustained", "recurred", "cannot tell"))
    plan = [str(one) for one in report.plan_of]
    good = (report.good["how many"], report.good["of"])
    yield "figures as they stood on @", [full(report.today)]
    yield r"\*\*Figures counted on:\*\* @", [full(report.today)]
    yield r"\*\*Reviews:\*\* # of # completed, # on the record", [completed, reviews, recorded]
    yield "# reviews? belongs? to this period, # of them drawn at random", [reviews, drawn]
    yield "# reviews? belongs? to this period\\.", [reviews]
    yield "stands above: # in all, # of them open", [of_all, act("open")]
    yield "# of # have been completed and # of # are on the record", [completed, reviews, recorded, reviews]
    yield "# of # reviews (?:are|were) completed and # of # are on the record", [completed, reviews, recorded, reviews]
    yield "Practitioners with open cases who had a case reviewed: ~", [said_share(*report.workers)]
    yield "Actions out of these reviews: #", [of_all]
    yield r"(?:Actions out of these reviews that are open|\bOpen|Actions open): # of #", [act("open"), of_all]
    late = act("overdue")
    words = "none" if late == "0" else "#"
    yield rf"(?:Actions out of these reviews that are open|\bOpen|Actions open): # of #, {words} of them overdue", [act("open"), of_all, late][: 2 if late == "0" else 3]
    yield r"(?:Actions past their day|Actions out of the reviews of this time that are past their day|Actions out of reviews that are overdue): # of #", [act("overdue"), of_all]
    yield "Done and waiting to be signed off: # of #", [act("done"), of_all]
    yield "Signed off: # of #", [act("signed off"), of_all]
    yield "Actions of the last two years that are signed off: #. Looked at again since: #", [str(report.lasted["signed off"]), str(revisited)]
    yield "Open loops, whichever cycle they come from: #, the oldest since @", [str(open_loops), oldest]
    yield "Open for more than three months: ~", [said_share(loop("open for long"), open_loops)]
    yield "Open loops, each of them with supervision at its usual interval until it is closed: #", [str(open_loops)]
    yield "With supervision overdue: ~", [said_share(loop("supervision overdue"), open_loops)]
    yield "With supervision due within a fortnight: ~", [said_share(loop("supervision due"), open_loops)]
    yield "tracked and whose loop is closed: ~", [said_share(loop("closed", "of these reviews"), loop("tracked", "of these reviews"))]
    for wait in [*LINKS.values(), "assurance after the alert"]:
        yield f"^- {wait}: ~", [said_share(report.missing[wait], len(report.looked))]
    yield "Good or better in the random sample[^:]*: ~", [said_share(*good)]
    yield "Reviews in which the family was to be asked: #", [str(family("asked for"))]
    asked = {"Spoken with": "spoken with", "Could not be, with the reason on the record": "could not be", "Their words written down": "words written down"}
    for words, column in asked.items():
        yield f"{words}: ~", [said_share(family(column), family("asked for"))]
    moved = [str(report.moved[one]) for one in ("decided", "kept", "raised", "lowered")]
    yield "Reviews that the panel decided[^:]*: #. Grade kept: #. Raised: #. Lowered: #", moved
    yield "Alerts opened: #. Closed by now: #. Still open: #", [str(alert(one)) for one in ("opened", "closed", "open")]
    yield "Alerts still open: #", [str(alert("open"))]
    yield "Record reviewed and assurance given in time: ~", [said_share(alert("reviewed in time"), alert("record to be reviewed"))]
    yield "Lines of the (?:improvement )?plan still open: # of #", plan
    disputes = [dispute(one) for one in ("raised", "formal", "ended", "open", "over their time", "good practice")]
    yield "Concerns raised: #. Formal: #. Ended: #. Open at the end: #. Past their time limit: #. Alerts of good practice: #", disputes
    yield r"Besides these, # reviews? looks? at a service as a whole", [str(report.visits)]
    yield r"^PROVISIONAL: the time it speaks of goes on until @", [full(report.until)]
    yield "^PROVISIONAL: .*?# reviews? of # (?:is|are|was|were) still under way", [str(int(reviews) - int(recorded)), reviews]
    yield "# still to be completed", [str(int(reviews) - int(completed))]
    yield "# still to be moderated, returned or put on the record", [str(int(completed) - int(recorded))]
    yield from registers(report)
    yield from notes(report)
    yield from since_last_time(report)
    yield from grades(report)


def registers(report):
    """Entries of registers, who is behind, and what was noted how often."""
    for label, behind in report.behind.items():
        entries = report.found[("Registers", label, "entries")][0]
        words = f"{re.escape(label)}: (?:no entries|# entr(?:y|ies)) in the period"
        yield words, [entries if entries != "0" else None]
        if behind and behind[0]:
            yield f"{re.escape(label)}: .* People who are behind with theirs: ~", [said_share(*behind)]
        elif behind:
            yield f"{re.escape(label)}: .* Nobody of # is behind", [str(behind[1])]
    for (table, row, answer), values in list(report.found.items()):
        if table == "Answers in registers":
            yield rf"^{re.escape(row.split(': ')[0])}, entries about this in the period\. (?:.*\. )?{re.escape(answer)}: #", [values]


def notes(report):
    """Days of what was noted about lines of the plan."""
    noted_on = lambda text: f"{date.fromisoformat(text).strftime('%a')} {wordy(text)}"
    boards = {board["key"]: board["label"] for board in report.profile.get("boards", [])}
    for row in report.tables["plan_notes"]:
        if row["what"] in ("training", "concern") and row["ended_on"]:
            yield f"^- ({row['note']}): ([A-Z][a-z]+ \\d+ [A-Z][a-z]+ \\d+): ", [row["note"], noted_on(row["ended_on"])]
    said = {}
    for row in report.tables["plan_notes"]:
        if row["what"] == "progress" and row["action"]:
            where = f", {boards[row['board']]}" if row["board"] else ""
            said.setdefault(row["action"], []).append(f"{noted_on(row['on'])}{where}")
    for action, told in said.items():
        yield f"^- ({action}): ([A-Z][a-z]+ \\d+ [A-Z][a-z]+ \\d+(?:, [^:]+)?): ", [action, told]


def since_last_time(report):
    """What became of what the last report of the kind promised."""
    since = report.since
    if since is None:
        return
    last = since["report"]
    kind = report.kind
    title = title_of(report, kind, last["cycle"], date.fromisoformat(last["from"]), date.fromisoformat(last["until"]))
    promised, slipped = str(since["promised"]), str(len(since["slipped"]))
    yield r"The report of (.+?) was counted on @", [title, full(date.fromisoformat(last["counted_on"]))]
    yield "still open in the report of ([^,]+), so there is no progress", [title]
    yield r"\*\*Promised:\*\* #", [promised]
    yield r"\*\*Happened:\*\* # of these # done", [str(since["happened"]), promised]
    yield r"\*\*Slipped:\*\* # of these # past the day", [slipped, promised]
    yield r"\*\*Still to come:\*\* # of these #", [str(since["to come"]), promised]
    counts = {"Happened": since["happened"], "Slipped": len(since["slipped"]), "Still to come": since["to come"], "Taken back": since["withdrawn"]}
    for name, count in counts.items():
        yield rf"\*\*{name}:\*\* all # ", [promised if str(count) == promised else f"{count} of {promised}"]
    yield r"\*\*Taken back:\*\* # of these #", [str(since["withdrawn"]), promised]
    yield r"\*\*Sustained:\*\* #", [str(since["sustained"])]
    yield r"\*\*Recurred:\*\* (?:#|nothing)", [str(len(since["recurred"])) if since["recurred"] else None]
    begins = r"Of # actions? out of (?:a review that was|reviews that were) open in the report of ([^,]+), "
    yield begins, [promised, title]
    yield r"All # actions out of reviews that were open in the report of (.+?) are done by now", [str(since["happened"]), title]
    done = lambda many: [title if since["happened"] == since["promised"] == many else f"{since['happened']} of {promised}"]
    yield "The one action out of a review that was open in the report of (.+?) is done by now", done(1)
    yield "Both actions out of reviews that were open in the report of (.+?) are done by now", done(2)
    stands = {"done by now": since["happened"], "past the day that was promised": since["slipped"], "not yet due": since["to come"], "taken back": since["withdrawn"]}
    for how, many in stands.items():
        yield f"(?:, | and )# (?:is|are) {how}", [str(len(many) if isinstance(many, list) else many)]


def grades(report):
    """What stands in the place of charts, and how uncertain a share is."""
    cells = ", ".join(["[^,;]+ #"] * 4) + ", of #"
    counts = [str(one) for count in (report.own, report.final) for one in [*(count[grade] for grade in GRADES), sum(count.values())]]
    within = [title for ref, title, _, _ in report.line if date.fromisoformat(report.cycles[ref]["starts_on"]) >= report.first]
    spans = f"{within[0]} to {within[-1]}" if len(within) > 1 else "".join(within)
    if len(within) > 1 and within[0].rsplit(" ", 1)[1] == within[-1].rsplit(" ", 1)[1]:
        spans = f"{within[0].rsplit(' ', 1)[0]} to {within[-1]}"
    yield rf"\*Reviews by grade: [^:;]+: {cells}; [^:;]+: {cells}", counts
    yield rf"\*Reviews by grade, ([^:]+): [^:;]+: {cells}; [^:;]+: {cells}", [spans, *counts]
    words = f"{spans} {'taken together' if len(within) > 1 else 'alone'}"
    yield "Good or better in the random sample, ([^:]+): ~", [words, said_share(report.good["how many"], report.good["of"])]
    yield r"Reviews that the panel decided, ([^:]+): #", [words, str(report.moved["decided"])]
    # What goes on, and is not completed or has few grades, stands in no line.
    left_out = [title for ref, title, _, of in report.line if report.left_out(ref, int(of))]
    said = [f"{title} {said_share(int(good), int(of))}" for _, title, good, of in report.line if title not in left_out]
    yield r"\*Share Good or better, cycle by cycle: ([^*]+)\.\*", ["; ".join(said)]
    yield r"^(.+) (?:is|are) left out of the line", [" and ".join(left_out) if len(left_out) < 3 else ", ".join(left_out[:-1]) + f" and {left_out[-1]}"]
    # The share of its own time; where none is told yet, the last one in the line.
    in_line = [(title, good, of) for _, title, good, of in report.line if title not in left_out]
    example = (spans, report.good["how many"], report.good["of"]) if within else in_line[-1] if in_line else None
    if example:
        title, n, of = example
        low, high = wilson(int(n), int(of))
        words = r"A share of few is uncertain: ~ \(([^)]+)\) may stand, with 95 % confidence, for anything between # % and # %"
        yield words, [said_share(int(n), int(of)), title, low, high]
    improve = {theme: count["improve"] for theme, count in report.themed.items() if count["improve"]}
    yield r"\*Themes to improve, by how many reviews: the # most often named of #: ", ["8", str(len(improve))]
    for theme, count in improve.items():
        yield rf"\*Themes to improve, by how many reviews[^*]*?(?:: |; ){re.escape(theme)} #[;.]", [str(count)]


def of_files(paper):
    """How far the reviewers of one file agree."""
    for ref, given in paper.given.items():
        places = [at for at, grade in enumerate(GRADES) if given[grade]]
        everybody, agreed = str(sum(given.values())), paper.report.reviews[ref]["grade"] if ref in paper.report.reviews else ""
        yield f"^{ref}: all # reviewers gave the same grade", [everybody]
        yield f"^{ref}: # of # reviewers gave", [str(max(given.values())), everybody]
        yield f"^{ref}: .*, # gave [^,]+(?:,|$)", [str(max(given.values()))]
        yield f"^{ref}: .* lie # steps? apart", [str(places[-1] - places[0])]
        yield f"^{ref}: .* # of # had given the grade that was agreed", [str(given[agreed]), everybody]


def named(paper, line):
    """What a line that names the report or its days has to be; none: it is no such line."""
    report = paper.report
    first = date.fromisoformat(report.cycles[report.cycle]["starts_on"])
    if line.startswith("# "):
        return f"# {report.kind['label']}: {title_of(report, report.kind, report.cycle, report.first, report.until)}"
    if line.startswith("- **Period:**"):
        begun = min(date.fromisoformat(report.cycles[ref]["starts_on"]) for ref in report.within)
        so_far = f"; the figures are of the cycle so far, from {full(begun)} on" if begun < report.first else ""
        return f"- **Period:** {paper.span}{so_far}"
    return None


class Sentences:
    """Every number of every sentence is counted again, or the sentence holds none of ours."""

    def __init__(self, paper):
        self.paper, self.known = paper, {}
        for words, ours in [*patterns(paper), *of_files(paper)]:
            self.known.setdefault(re.compile(words.replace("#", NUMBER).replace("@", DAY).replace("~", SHARE)), []).append(ours)

    def compare(self):
        heading, intro, listed = "", "", []
        for line in [*self.paper.lines, "#"]:
            heading = line.lstrip("# ") if line.startswith("#") else heading
            if line.startswith("- "):
                listed.append(line[2:])
            elif line:
                self.themes(intro, listed)
                intro, listed = line, []
            if not line.startswith("|"):
                self.check(line, heading)

    def themes(self, intro, listed):
        """Themes that are more often one thing than the other, in words: the most often found first, of many the first and how many more."""
        signs = {one for words, one in THEMED.items() if re.search(words, intro)}
        if not signs or not listed:
            return
        sign, = signs
        leans = lambda count: (count["strength"] > count["improve"]) - (count["strength"] < count["improve"])
        themed = {theme: count for theme, count in self.paper.report.themed.items() if leans(count) == sign}
        counts = {theme: max(count["strength"], count["improve"]) for theme, count in themed.items()}
        ours = sorted(counts.values(), reverse=True)
        if len(ours) > 7:
            ours = [*ours[:5], f"and {len(ours) - 5} more"]
        self.paper.same("themes in words", [counts.get(one, one) for one in listed], ours)

    def check(self, line, heading):
        paper, whole = self.paper, named(self.paper, line)
        if whole is not None:
            paper.same("what it is called" if line.startswith("#") else "its days", line, whole)
            return
        fits = lambda one, ours: one == ours or isinstance(ours, list) and one in ours
        left = list(line)
        for pattern, each in [*self.known.items(), *of_service(paper, heading)] if re.search(r"\d", line) else []:
            for match in pattern.finditer(line):
                theirs = list(match.groups())
                good = any(len(theirs) == len(ours) and all(map(fits, theirs, ours)) for ours in each)
                paper.same(name_of(pattern.pattern), theirs, theirs if good else each)
                for group in range(1, len(theirs) + 1):
                    for at in range(*match.span(group)):
                        left[at] = " "
                # What was said of a line of the plan on that day follows.
                left = [] if pattern.pattern.startswith("^- (") else left
        left = "".join(left)
        for words in NOT_COUNTED:
            left = re.sub(words, "", left)
        if re.search(r"\d", left):
            paper.wrong.append(f"the paper says what is not counted again: {line!r}, of it {left.strip()!r}")


def of_service(paper, heading):
    """How many recommendations to the service of a heading are open."""
    report, service = paper.report, "" if heading == "No service known" else heading
    of = [row for row in report.todo if report.reviews[row["review"]]["service"] == service]
    still = sum(row["state"] in ("open", "in-progress") for row in of)
    return [(re.compile(r"^(\d+) of (\d+) recommendations? (?:is|are) open"), [[str(still), str(len(of))]])]
