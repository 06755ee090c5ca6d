-- Disputes of the independent reviewing officers, practice alerts, and alerts of good practice. Their clocks stand on their strips.

CREATE TABLE drp (
    id           INTEGER PRIMARY KEY,
    ref          TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('dispute', 'good-practice')),
    review       INTEGER REFERENCES review (id),
    subject      INTEGER NOT NULL REFERENCES subject (id),
    practitioner INTEGER REFERENCES person (id),
    team         TEXT NOT NULL,
    service      TEXT NOT NULL,
    raised_on    TEXT NOT NULL CHECK (length(raised_on) = 10),
    ended_on     TEXT CHECK (length(ended_on) = 10),
    taken_back   INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
    body         TEXT NOT NULL,
    revision     INTEGER NOT NULL
) STRICT;
CREATE INDEX drp_raised ON drp (raised_on) WHERE taken_back = 0;
CREATE INDEX drp_review ON drp (review) WHERE review IS NOT NULL;
CREATE INDEX drp_subject ON drp (subject);
CREATE INDEX drp_practitioner ON drp (practitioner) WHERE practitioner IS NOT NULL;
