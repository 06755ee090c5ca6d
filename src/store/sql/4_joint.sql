-- Several reviewers on one case: who stands beside the lead, what each judged on their own, and why a seal was opened early.

CREATE TABLE co_reviewer (
    review INTEGER NOT NULL REFERENCES review (id),
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX co_reviewer_person ON co_reviewer (person, review);

-- Only store/read/joint.rs reads `body`, and only for whom the seal is open.
CREATE TABLE own_judgement (
    review INTEGER NOT NULL REFERENCES review (id),
    person INTEGER NOT NULL REFERENCES person (id),
    body   TEXT NOT NULL,
    PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX own_judgement_person ON own_judgement (person);

CREATE TABLE seal_opened (
    review INTEGER PRIMARY KEY REFERENCES review (id),
    why    TEXT NOT NULL CHECK (length(why) > 0)
) STRICT;
