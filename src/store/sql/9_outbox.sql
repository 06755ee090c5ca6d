-- Messages to people, each with the cause that names it for good, and where it stands. One for each person and cause.

CREATE TABLE outbox (
    id       INTEGER PRIMARY KEY,
    person   INTEGER NOT NULL REFERENCES person (id),
    cause    TEXT NOT NULL CHECK (length(cause) BETWEEN 1 AND 200),
    alert    INTEGER REFERENCES alert (id),
    state    TEXT NOT NULL CHECK (state IN ('queued', 'claimed', 'sent', 'failed', 'not-needed')),
    -- The moment that its state looks at: of the next try, or of the claim; elsewhere that of its last fact.
    at       INTEGER NOT NULL,
    -- The address that was refused, where another one is tried.
    refused  TEXT NOT NULL DEFAULT '',
    body     TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (person, cause)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (at, id) WHERE state IN ('queued', 'claimed');
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';
CREATE INDEX outbox_alert ON outbox (alert) WHERE alert IS NOT NULL;
