-- What belongs to a cycle's improvement plan beside its wider actions: presented, progress, training, narratives, concerns.
CREATE TABLE plan_note (
    id         INTEGER PRIMARY KEY,
    cycle      INTEGER NOT NULL REFERENCES cycle (id),
    action     INTEGER REFERENCES action (id),
    on_day     TEXT NOT NULL CHECK (length(on_day) = 10),
    kind       TEXT NOT NULL CHECK (kind IN ('answers', 'presented', 'progress', 'training', 'narrative', 'concern')),
    open       INTEGER NOT NULL CHECK (open IN (0, 1)),
    body       TEXT NOT NULL,
    author     INTEGER REFERENCES person (id),
    taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
    revision   INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_note_cycle ON plan_note (cycle, on_day, id) WHERE taken_back = 0;
CREATE INDEX plan_note_action ON plan_note (action, on_day, id) WHERE action IS NOT NULL;
CREATE INDEX plan_note_author ON plan_note (author) WHERE author IS NOT NULL;
-- What is still to do is carried into every later plan.
CREATE INDEX plan_note_open ON plan_note (cycle, id) WHERE open = 1 AND taken_back = 0;
