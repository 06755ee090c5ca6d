-- Reports: one row for each version, its frozen figures and its text in the body.

CREATE TABLE report (
    id           INTEGER PRIMARY KEY,
    ref          TEXT NOT NULL UNIQUE,
    cycle        INTEGER NOT NULL REFERENCES cycle (id),
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
    version      INTEGER NOT NULL CHECK (version >= 1),
    until_day    TEXT NOT NULL CHECK (length(until_day) = 10),
    state        TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'published')),
    built_at     INTEGER NOT NULL,
    body         TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    UNIQUE (cycle, kind, version)
) STRICT;
CREATE INDEX report_kind ON report (kind, until_day DESC, version DESC);
