"""What the pages of the insight view say in words, counted again: every number of every sentence."""

import re

from basics import GRADES

# Sentences without a figure of a council: what a row means, and what the run rules need.
PLAIN = (r"“9-10: 8” is 8 answers of 9 or 10", r"they need 10 off the median", r"with 95 % confidence between")
CALLED = {"sealed-scores": "Sealed scores of the panel", "pairs": "Pairs who judged on their own", "benchmarking": "Benchmarking reviews"}


def two(value):
    return f"{value:.2f}"


class Said:
    """Part of the recount of the screens."""

    def said(self, page):
        """Compares what a page says with what has to stand in it: a sentence that begins so has these numbers, in this order."""
        # What these pages say is compared as a whole where their cells are.
        if page in ("practice", "coverage"):
            return
        expected = getattr(self, f"{page}_sentences", list)()
        for at, sentence in enumerate(self.screens["pages"][page]["says"]):
            numbers = re.findall(r"\d+(?:\.\d+)?|\d+", sentence)
            if not numbers or any(re.search(words, sentence) for words in PLAIN):
                continue
            ours = [one for words, one in expected if re.search(words, sentence)]
            self.same(page, f"sentence {at}", numbers if numbers in ours else sentence, numbers if numbers in ours else ours)

    def cells_as_counted(self, page):
        """What a cell says is what it counts, unless it says a share."""
        for heading, label, texts, counts in self.rows(page):
            for text, count in zip(texts, counts):
                if count is not None and not re.fullmatch(r"\d+ %", text):
                    # A part of a scale says from where to where before what it counts.
                    self.same(page, f"{heading}, {label}: a cell", str(count) in re.findall(r"\d+", text.split(": ")[-1]), True)

    def cycles_sentences(self):
        found = []
        for cycle in self.cycles:
            here = [row for row in self.reviews.values() if row["cycle"] == cycle["cycle"]]
            drawn = [row for row in here if row["chosen"] in ("random", "substitute")]
            submitted, names = sum(row["submitted_at"] != "" for row in here), re.findall(r"\d+", cycle["cycle"])
            numbers = [*names, str(submitted), str(len(here))]
            found.append((f"^{cycle['cycle']} is not in the chart yet", [*numbers, str(sum(row["grade"] != "" for row in drawn))]))
            found.append((f"^{cycle['cycle']} is not complete", numbers))
        waiting = sum(row["panel"] == "waiting" and row["original_grade"] != "" for row in self.reviews.values())
        named = sum(row["chosen"] not in ("random", "substitute") for row in self.reviews.values())
        found += [("still before the panel", [str(waiting)]), ("^[0-9]+ named reviews? (is|are) counted", [str(named)])]
        chart = self.screens["pages"]["cycles"]["chart"]
        for signal in chart["signals"] if chart else []:
            for where in signal.values():
                ends = [chart["points"][where[end]]["name"] for end in ("from", "to", "at") if end in where]
                found.append((".", re.findall(r"\d+", " ".join(ends))))
                if "from" in where:
                    found.append((".", [str(where["to"] - where["from"] + 1), *re.findall(r"\d+", " ".join(ends))]))
        return found

    def themes_sentences(self):
        found = []
        for words, which in (("^Most often a strength: ", "strength"), ("^Most often to improve: ", "improve")):
            of = {}
            for row in self.themes:
                if row["review"] in self.reviews and row["found"] == which:
                    of.setdefault(row["theme"], set()).add(row["review"])
            most = max(map(len, of.values()), default=0)
            found.append((words, [str(most)]))
        return found

    def agreement_sentences(self):
        decided = [row for row in self.panel.values() if row["original_grade"] and row["moderated_grade"]]
        chance = [row for row in decided if row["by_chance"] == "1"]
        steps = [GRADES.index(row["original_grade"]) - GRADES.index(row["moderated_grade"]) for row in chance]
        mean = abs(sum(steps)) / len(steps) if steps else 0
        moved = [sum(step > 0 for step in steps), sum(step < 0 for step in steps), sum(step == 0 for step in steps), len(steps)]
        size = [] if two(mean) == "0.00" else [two(mean)]
        found = [
            ("^[0-9]+ decisions? so far, all", [str(len(decided))]),
            ("^[0-9]+ of [0-9]+ decisions? so far", [str(len(chance)), str(len(decided))]),
            ("^Of these alone: ", [*size, *map(str, moved)]),
            ("Moderation agreement", self.estimated(self.told_again)),
        ]
        for one in self.unseen_again:
            found.append((f"^{CALLED[one['by']]}, .*Inter-rater reliability", [str(one["reviews"]), *self.estimated(one["estimate"])]))
        return found

    def estimated(self, estimate):
        """The numbers of an estimate as it is said."""
        if "too-few" in estimate:
            few = estimate["too-few"]
            return [str(few["n"]), str(few["needed"])]
        if "value" not in estimate:
            return []
        value = estimate["value"]
        # 95 stands for the interval.
        return [two(value["value"]), "95", two(value["low"]), two(value["high"]), str(value["n"]), str(value["resamples"]), str(value["seed"])]
