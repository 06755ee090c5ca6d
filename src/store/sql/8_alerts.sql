-- Strips: whatever is followed against several clocks on one line, whichever kind it is, and who has a part in it.

-- `id` is the journal row that opened it. `sort` is the moment at which the nearest clock runs out, or at which it was closed, as
-- thirteen digits of UTC milliseconds, so that rows sort as text; '9999999999999': no clock runs. `watch_at` is the next moment at
-- which something becomes due that is no fact yet. What it is about stands in `subject` and `practitioner`, by which it is withheld
-- from whoever is recused; most belong to a review.
CREATE TABLE strip (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    object    INTEGER NOT NULL,
    ref       TEXT NOT NULL UNIQUE,
    review    INTEGER REFERENCES review (id),
    subject   INTEGER NOT NULL REFERENCES subject (id),
    practitioner INTEGER REFERENCES person (id),
    opened_at INTEGER NOT NULL,
    sort      TEXT NOT NULL CHECK (length(sort) = 13),
    watch_at  INTEGER,
    closed_at INTEGER,
    revision  INTEGER NOT NULL,
    UNIQUE (kind, object)
) STRICT;
CREATE INDEX strip_open ON strip (sort, id) WHERE closed_at IS NULL;
CREATE INDEX strip_closed ON strip (sort, id) WHERE closed_at IS NOT NULL;
CREATE INDEX strip_watch ON strip (watch_at) WHERE closed_at IS NULL AND watch_at IS NOT NULL;
CREATE INDEX strip_review ON strip (review, id) WHERE review IS NOT NULL;
CREATE INDEX strip_subject ON strip (subject);
CREATE INDEX strip_practitioner ON strip (practitioner) WHERE practitioner IS NOT NULL;

-- Everybody with a part in a strip: `due` and `what` say which clock needs them now; the far moment: none does.
CREATE TABLE strip_person (
    strip  INTEGER NOT NULL REFERENCES strip (id),
    person INTEGER NOT NULL REFERENCES person (id),
    due    TEXT NOT NULL CHECK (length(due) = 13),
    what   TEXT NOT NULL,
    PRIMARY KEY (strip, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX strip_person_due ON strip_person (person, due);

-- Clocks that ran out, each once, whoever noticed.
CREATE TABLE overdue (
    object     TEXT NOT NULL CHECK (length(object) BETWEEN 1 AND 200),
    clock      TEXT NOT NULL,
    due_at     INTEGER NOT NULL,
    noticed_at INTEGER NOT NULL,
    PRIMARY KEY (object, clock, due_at)
) STRICT, WITHOUT ROWID;

-- The alert out of which an action was raised.
ALTER TABLE action ADD COLUMN alert INTEGER REFERENCES alert (id);
CREATE INDEX action_alert ON action (alert) WHERE alert IS NOT NULL;

-- Alerts of before: their one clock is the review of the record, which ended with their closing.
INSERT INTO strip (id, kind, object, ref, review, subject, practitioner, opened_at, sort, watch_at, closed_at, revision)
SELECT j.seq, 'alert', a.id, a.ref, a.review, r.subject, r.practitioner, a.opened_at,
       CASE WHEN a.closed_at IS NOT NULL THEN printf('%013d', a.closed_at) WHEN a.due_at IS NULL THEN '9999999999999'
            ELSE printf('%013d', a.due_at) END,
       CASE WHEN a.closed_at IS NULL THEN a.due_at END, a.closed_at, a.revision
FROM alert a JOIN review r ON r.id = a.review JOIN journal j ON j.object = 'alert/' || a.id AND j.kind = 'alert-opened';
INSERT INTO strip_person (strip, person, due, what)
SELECT DISTINCT t.id, json_extract(p.value, '$.person'), '9999999999999', ''
FROM strip t JOIN alert a ON a.id = t.object AND t.kind = 'alert', json_each(a.body, '$.addressees') p
WHERE json_extract(p.value, '$.person') IS NOT NULL;
