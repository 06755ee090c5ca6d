-- Who stands how to a case: declared interests, which recuse; who was asked; what the lists suggest and was set aside.

CREATE TABLE interest (
    id           INTEGER PRIMARY KEY,
    person       INTEGER NOT NULL REFERENCES person (id),
    subject      INTEGER REFERENCES subject (id),
    practitioner INTEGER REFERENCES person (id),
    stands       INTEGER NOT NULL CHECK (stands IN (0, 1)),
    body         TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    CHECK ((subject IS NULL) <> (practitioner IS NULL))
) STRICT;
CREATE INDEX interest_person ON interest (person) WHERE stands = 1;
CREATE INDEX interest_subject ON interest (subject) WHERE subject IS NOT NULL;
CREATE INDEX interest_practitioner ON interest (practitioner) WHERE practitioner IS NOT NULL;

CREATE TABLE asked (
    person  INTEGER NOT NULL REFERENCES person (id),
    subject INTEGER NOT NULL REFERENCES subject (id),
    on_day  TEXT NOT NULL CHECK (length(on_day) = 10),
    PRIMARY KEY (person, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE inference_dismissed (
    person    INTEGER NOT NULL REFERENCES person (id),
    subject   INTEGER NOT NULL REFERENCES subject (id),
    inference TEXT NOT NULL,
    because   TEXT NOT NULL CHECK (length(because) > 0),
    PRIMARY KEY (person, subject, inference)
) STRICT, WITHOUT ROWID;
CREATE INDEX inference_dismissed_subject ON inference_dismissed (subject);
