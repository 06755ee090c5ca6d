-- Cases that are not drawn, companions of first reviews, look-back, notices, and who stands in for somebody away.
--
-- SQLite cannot widen a CHECK in place, so the table is made anew beside the old one, filled, and takes its name, with
-- foreign keys off while that lasts; the ladder switches them off before the transaction and checks every one inside it.

CREATE TABLE review_wider (
    id           INTEGER PRIMARY KEY,
    ref          TEXT NOT NULL UNIQUE,
    cycle        INTEGER NOT NULL REFERENCES cycle (id),
    kind         TEXT NOT NULL,
    subject      INTEGER NOT NULL REFERENCES subject (id),
    case_type    TEXT NOT NULL,
    team         INTEGER REFERENCES team (id),
    practitioner INTEGER REFERENCES person (id),
    reviewer     INTEGER REFERENCES person (id),
    opened_on    TEXT NOT NULL CHECK (length(opened_on) = 10),
    chosen       TEXT NOT NULL CHECK (chosen IN ('random', 'substitute', 'proposed', 'showcase', 'revisit', 'added')),
    state        TEXT NOT NULL CHECK (state IN ('open', 'finalised', 'withdrawn')),
    step         TEXT NOT NULL,
    step_label   TEXT NOT NULL,
    due_on       TEXT NOT NULL CHECK (length(due_on) = 10),
    opens_on     TEXT CHECK (opens_on IS NULL OR length(opens_on) = 10),
    original_scaling  INTEGER CHECK (original_scaling BETWEEN 0 AND 10),
    original_grade    INTEGER CHECK (original_grade BETWEEN 0 AND 3),
    moderated_scaling INTEGER CHECK (moderated_scaling BETWEEN 0 AND 10),
    moderated_grade   INTEGER CHECK (moderated_grade BETWEEN 0 AND 3),
    grade        INTEGER CHECK (grade BETWEEN 0 AND 3),
    submitted_at INTEGER,
    panel        TEXT NOT NULL DEFAULT 'not-needed' CHECK (panel IN ('not-needed', 'waiting', 'decided')),
    panel_why    TEXT NOT NULL DEFAULT '',
    decision     TEXT,
    alerts       INTEGER NOT NULL DEFAULT 0 CHECK (alerts >= 0),
    revision     INTEGER NOT NULL,
    named        TEXT,
    companion    INTEGER REFERENCES person (id),
    look_back    TEXT,
    CHECK ((named IS NULL) = (chosen IN ('random', 'substitute'))),
    CHECK ((moderated_grade IS NULL) OR (original_grade IS NOT NULL))
) STRICT;
INSERT INTO review_wider
   (id, ref, cycle, kind, subject, case_type, team, practitioner, reviewer, opened_on, chosen, state, step,
    step_label, due_on, opens_on, original_scaling, original_grade, moderated_scaling, moderated_grade, grade,
    submitted_at, panel, panel_why, decision, alerts, revision)
    SELECT
    id, ref, cycle, kind, subject, case_type, team, practitioner, reviewer, opened_on, chosen, state, step,
    step_label, due_on, opens_on, original_scaling, original_grade, moderated_scaling, moderated_grade, grade,
    submitted_at, panel, panel_why, decision, alerts, revision
    FROM review;
DROP TABLE review;
ALTER TABLE review_wider RENAME TO review;
CREATE INDEX review_due ON review (due_on, id) WHERE state = 'open';
CREATE INDEX review_panel ON review (id) WHERE panel = 'waiting';
CREATE INDEX review_cycle ON review (cycle, id);
CREATE INDEX review_subject ON review (subject, id);
CREATE INDEX review_reviewer ON review (reviewer, id);
CREATE INDEX review_practitioner ON review (practitioner, id);
CREATE INDEX review_team ON review (team, id);
CREATE INDEX review_grade ON review (grade, id);
CREATE INDEX review_named ON review (chosen, id) WHERE chosen NOT IN ('random', 'substitute');
CREATE INDEX review_companion ON review (companion) WHERE companion IS NOT NULL;

-- Of a cycle's reviews, those that were named and not drawn: they never count in the figures of the random sample (F03).
ALTER TABLE cycle ADD COLUMN named INTEGER NOT NULL DEFAULT 0 CHECK (named >= 0);

ALTER TABLE absence ADD COLUMN deputy INTEGER REFERENCES person (id);
CREATE INDEX absence_deputy ON absence (deputy) WHERE deputy IS NOT NULL;

CREATE TABLE notice (
    review INTEGER NOT NULL REFERENCES review (id),
    role   TEXT NOT NULL,
    person INTEGER REFERENCES person (id),
    how    TEXT NOT NULL CHECK (length(how) > 0),
    on_day TEXT NOT NULL CHECK (length(on_day) = 10),
    PRIMARY KEY (review, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_person ON notice (person);
