-- Entries of registers, and what tells cycles of the plan from those beside it.

CREATE TABLE entry (
    id         INTEGER PRIMARY KEY,
    register   TEXT NOT NULL CHECK (length(register) BETWEEN 1 AND 100),
    on_day     TEXT NOT NULL CHECK (length(on_day) = 10),
    person     INTEGER REFERENCES person (id),
    place      TEXT NOT NULL,
    noted      TEXT NOT NULL,
    words      TEXT NOT NULL,
    author     TEXT NOT NULL,
    taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
    revision   INTEGER NOT NULL
) STRICT;
CREATE INDEX entry_register ON entry (register, on_day, id) WHERE taken_back = 0;
CREATE INDEX entry_day ON entry (on_day) WHERE taken_back = 0;
CREATE INDEX entry_person ON entry (person);

-- The first day of the first phase, which may lie before the cycle's own (F04); and cycles beside the drawn one.
ALTER TABLE cycle ADD COLUMN begins_on TEXT NOT NULL DEFAULT '';
ALTER TABLE cycle ADD COLUMN beside INTEGER NOT NULL DEFAULT 0 CHECK (beside IN (0, 1));
UPDATE cycle SET begins_on = min(starts_on, coalesce((SELECT min(json_extract(value, '$.starts')) FROM json_each(cycle.body, '$.phases')), starts_on));
