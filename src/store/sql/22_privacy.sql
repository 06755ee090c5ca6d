-- How long records are kept, what holds them back, who decided, and what stays of those that are erased.
ALTER TABLE review ADD COLUMN erased_on TEXT CHECK (erased_on IS NULL OR length(erased_on) = 10);
-- Those to decide about, the oldest first, found without reading the others.
CREATE INDEX review_kept ON review (opened_on, id) WHERE erased_on IS NULL AND state <> 'open';

CREATE TABLE hold (
    review   INTEGER PRIMARY KEY REFERENCES review (id),
    body     TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT;

CREATE TABLE disposal (
    id       INTEGER PRIMARY KEY,
    stand    TEXT NOT NULL CHECK (stand IN ('asked', 'approved', 'refused', 'done')),
    body     TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX disposal_open ON disposal (id) WHERE stand IN ('asked', 'approved');

-- The highest number of a table that was erased with its row: none is given out twice.
CREATE TABLE number_used (
    name   TEXT PRIMARY KEY,
    number INTEGER NOT NULL CHECK (number > 0)
) STRICT;
