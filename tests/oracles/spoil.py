"""Whether a recount can fail: each kind of figure is altered once, in what the program said, and has to be noticed.

What is not noticed is not counted again, whatever a recount says of itself.
"""

import re

from figures import WORDS
from paper import Paper
from said import PLAIN
from sentences import NOT_COUNTED, Sentences

# A report tells of the questions and registers that it is asked for.
IN_PART = {"Answers from 0 to 10", "Answers yes, partly or no", "Registers", "Answers in registers"}
# Columns of a paper's tables that are free text, or words of the program that no code of the data set stands for.
WORDS_OF_PAPER = {"What needs to happen", "What was promised", "What", "Why", "Source"}


def altered(text):
    """The same with one thing changed, each number by itself; a cell without any has other words."""
    numbers = list(re.finditer(r"\d+", text))
    return [text[: one.start()] + another(text, one) + text[one.end() :] for one in numbers] or [text + " x"]


def another(text, one):
    """Another number in the place of one. That of a reference belongs to nothing: the next one might be as true."""
    if re.search(r"[A-Z]+-$", text[: one.start()]):
        return "9" * len(one.group())
    return str(int(one.group()) + 1).zfill(len(one.group()))


def spoil_report(report, lines, compared):
    """What is not noticed when it is altered, in a report's file of figures and in its text."""
    unnoticed = []
    for key, values in report.wanted.items():
        typed = key[0] == "Plan lines" and key[2] == "Whose" and any(line["ref"] == key[1] and "Whose" not in line for line in report.lines)
        if key[2] in WORDS or typed:
            continue
        compared["spoiled, Sample: a visit"] += key[0] == "Sample" and report.reviews[key[1]]["subject_kind"] == "service"
        for at, value in enumerate(values):
            compared[f"spoiled, {key[0]}"] += 1
            if any(report.differs(key, [*values[:at], other, *values[at + 1 :]]) is None for other in altered(value)):
                unnoticed.append(f"{key} could be altered, and nobody would notice: {value}")
        # Of questions and registers a report shows those that it is asked for.
        if report.differs(key, []) is None and set(values) != {"0"} and key[0] not in IN_PART:
            unnoticed.append(f"{key} could be left out, and nobody would notice")
    unnoticed += spoil_paper(report, lines, compared)
    return unnoticed


def spoil_paper(report, lines, compared):
    paper, unnoticed = Paper(report, lines), []
    typed = {line["ref"] for line in report.lines if "Whose" not in line}

    def noticed(check):
        paper.wrong = []
        check()
        return bool(paper.wrong)

    for place, (heading, head, rows) in enumerate(list(paper.tables)):
        for row in {0, len(rows) - 1}:
            for column, name in enumerate(head):
                of_words = name in WORDS_OF_PAPER or (head[0], name) == ("Review", "Step")
                if of_words or name == "Whose" and rows[row][0] in typed:
                    continue
                for other in altered(rows[row][column]):
                    changed = [list(cells) for cells in rows]
                    changed[row][column] = other
                    paper.tables[place] = (heading, head, changed)
                    compared[f"spoiled, of the paper, {head[0]}"] += 1
                    if not noticed(lambda: paper.table(heading, head, changed)) and not noticed(paper.which):
                        unnoticed.append(f"the paper, {head[0]}, {name}: {rows[row][column]} could be {other}, and nobody would notice")
        paper.tables[place] = (heading, head, rows)
    sentences, heading = Sentences(paper), ""
    for line in lines:
        heading = line.lstrip("# ") if line.startswith("#") else heading
        if line.startswith("|") or not re.search(r"\d", line):
            continue
        ours = line
        for words in NOT_COUNTED:
            ours = re.sub(words, lambda match: "~" * len(match.group()), ours)
        # Of a line of the plan what follows its day is somebody's words.
        ours = re.sub(r"(?<=^- )((?:A|PN)-\d+: [A-Z][a-z]+ \d+ [A-Z][a-z]+ \d+).*", r"\1", ours)
        for one in re.finditer(r"\d+", ours):
            other = line[: one.start()] + another(line, one) + line[one.end() :]
            compared["spoiled, of the paper, sentences"] += 1
            if not noticed(lambda: sentences.check(other, heading)):
                unnoticed.append(f"the paper could say, and nobody would notice: {other!r}")
    paper.wrong = []
    return unnoticed


def cells_of(page):
    """Where the numbers of a page stand: of each heading the first row and the last, each cell by what it says and by what it counts."""
    rows, groups = page["rows"], {}
    for at, row in enumerate(rows):
        heading = row["label"] if row["heading"] else heading if at else ""
        if not row["heading"]:
            groups.setdefault(heading, []).append(row)
    for heading, of in groups.items():
        for row in {id(one): one for one in (of[0], of[-1])}.values():
            for column, cell in enumerate(row["cells"]):
                if re.search(r"\d", cell["text"]):
                    yield f"{row['label']}, {column}", cell, "text"
                if cell["count"] is not None:
                    yield f"{row['label']}, {column} as counted", cell, "count"


def spoil_screens(recount):
    """What is not noticed when it is altered, on the pages of the insight view, in agreement and in the effect ledger."""
    unnoticed = []

    def alter(page, what, holder, key):
        before = holder[key]
        others = altered(before) if isinstance(before, str) else [before + 1]
        for other in others:
            holder[key], recount.wrong = other, []
            recount.page(page)
            recount.spoiled[page] += 1
            if not recount.wrong:
                unnoticed.append(f"{page}, {what}: {before!r} could be {other!r}, and nobody would notice")
        holder[key], recount.wrong = before, []

    for page, held in recount.screens["pages"].items():
        for what, cell, key in cells_of(held):
            alter(page, what, cell, key)
        for at, said in enumerate(held["says"]):
            if re.search(r"\d", said) and not any(re.search(words, said) for words in PLAIN[:2]):
                alter(page, f"sentence {at}", held["says"], at)
        for point in (held["chart"] or {}).get("points", [])[:1]:
            alter("cycles", "a point of the chart", point["share"], "n")
    agreement = recount.screens["agreement"]
    for what in ("left_out", "kept"):
        alter("agreement", what, agreement, what)
    alter("agreement", "a decision", agreement["all"][1], 1)
    for one in agreement["unseen"][:1]:
        alter("agreement", "how many reviews", one, "reviews")
    for name, rows in (("all", [recount.screens["effects"]["all"]]), ("kinds", recount.screens["effects"]["kinds"]), ("themes", recount.screens["effects"]["themes"])):
        for row in [row for row in rows if row["judged"]][:1]:
            for effect in row["judged"]:
                alter("effects", f"{name}, {effect}", row["judged"], effect)
    return unnoticed
