"""The page of agreement, counted again: what moderation moved, its kappa, and alpha of judgements given unseen, with their intervals."""

from collections import Counter, defaultdict

from coefficients import alpha_of, estimate, kappa, rounded
from basics import GRADES


def number_of(reference):
    """References are numbered through, whatever letters stand before the number."""
    return int(reference.rsplit("-", 1)[1])


def held(told):
    """An estimate as the screen holds it, as exactly as two programs can agree."""
    return {"value": rounded(told["value"])} if isinstance(told, dict) and "value" in told else told


class Agreement:
    """Part of the recount of the screens."""

    def once(self, name, make):
        """A resampled estimate, made once: what a screen says does not change it."""
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def agreement_page(self):
        decided = [row for row in self.reviews.values() if row["original_grade"] and row["moderated_grade"]]
        by_chance = [row for row in decided if self.panel.get(row["review"], {}).get("by_chance") == "1"]
        theirs = self.rows("agreement")
        expected = []
        for of in (decided, by_chance):
            if of:
                pairs = Counter((row["original_grade"], row["moderated_grade"]) for row in of)
                expected += [[pairs[(original, moderated)] for moderated in GRADES] for original in GRADES]
        self.same("agreement", "rows", len(theirs), len(expected))
        for (heading, label, _, counts), ours in zip(theirs, expected):
            for theirs_count, count in zip(counts, ours):
                self.same("agreement", f"{heading}, {label}", theirs_count, count)
        self.coefficient()

    def coefficient(self):
        """Exact agreement and quadratic-weighted kappa (Cohen 1968) of what the panel decided with the reviewer's grade in sight."""
        told = self.screens["agreement"]
        if told is None:
            return
        index = lambda row: (GRADES.index(row["original_grade"]), GRADES.index(row["moderated_grade"]))
        decided = [row for row in self.panel.values() if row["original_grade"] and row["moderated_grade"]]
        chance = [row for row in decided if row["by_chance"] == "1"]
        table = lambda rows: [[sum(index(row) == (a, b) for row in rows) for b in range(4)] for a in range(4)]
        self.same("agreement", "all decisions", told["all"], table(decided))
        self.same("agreement", "those by chance", told["by_chance"], table(chance))
        self.same("agreement", "left out", told["left_out"], len(decided) - len(chance))
        self.same("agreement", "exact", told["kept"], sum(index(row)[0] == index(row)[1] for row in decided))
        in_order = lambda rows: sorted(rows, key=lambda row: number_of(row["review"]))
        pairs = [index(row) for row in in_order(chance) if row["scoring"] == "sighted"]
        again = lambda: estimate(len(pairs), len(pairs), lambda times: kappa(pairs, times), told["seed"])
        self.told_again = ours = self.once("kappa", again)
        self.same("kappa", "with its interval", held(told["moderation"]), ours)
        self.compared["kappa by value"] += "value" in ours
        self.unseen(in_order(row for row in chance if row["scoring"] == "sealed"))

    def unseen(self, sealed):
        """Inter-rater reliability: of the panel's sealed scores, of pairs, and of benchmarking reviews."""
        given = defaultdict(lambda: defaultdict(list))
        for row in self.scores:
            given[(row["given"], row["review"])][row["field"]].append((row["scale"], GRADES[::-1].index(row["word"])))
        questions = lambda what, ref: [given[(what, ref)][field] for field in sorted(given[(what, ref)], key=lambda field: (field != "overall", field))]
        kinds = {kind["key"]: kind.get("conduct") for kind in self.profile["kinds"]}
        apart = sorted({ref for what, ref in given if what == "own"}, key=number_of)
        found = [("sealed-scores", [questions("panel", row["review"]) for row in sealed if int(row["scores"] or 0) > 1])]
        for by, conduct in (("pairs", "pair"), ("benchmarking", "all-on-one")):
            found.append((by, [questions("own", ref) for ref in apart if kinds[self.every[ref]["kind"]] == conduct]))
        ours = []
        for by, reviews in found:
            if not reviews:
                continue
            scaled = all(scale != "" for review in reviews for question in review for scale, _ in question)
            places = [[[int(scale) if scaled else place for scale, place in question] for question in review] for review in reviews]
            every = [[question] for review in places for question in review]
            by_question = len(places) < 5 and len(every) > len(places)
            alpha, cases, pairs = alpha_of(every if by_question else places)
            one = {"by": by, "reviews": len(reviews), "by_question": by_question}
            again = lambda: estimate(pairs, cases, alpha, self.screens["agreement"]["seed"])
            ours.append({**one, "estimate": self.once(by, again)})
            self.compared["alpha by value"] += "value" in ours[-1]["estimate"]
        self.unseen_again = ours
        theirs = [{**one, "estimate": held(one["estimate"])} for one in self.screens["agreement"]["unseen"]]
        self.same("alpha", "with its interval", theirs, ours)
