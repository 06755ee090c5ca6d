-- Who looked at what: a file of its own beside the database, so that a look wakes no other screen and waits for no other
-- writer. Chained like the journal; `closeloop tick` notes the end of the chain in the journal.
CREATE TABLE look (
    seq           INTEGER PRIMARY KEY CHECK (seq > 0),
    at            INTEGER NOT NULL,
    login         TEXT NOT NULL CHECK (length(login) BETWEEN 1 AND 200),
    name          TEXT NOT NULL,
    session       TEXT NOT NULL CHECK (length(session) BETWEEN 1 AND 64),
    what          TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 20),
    about         TEXT NOT NULL CHECK (length(about) <= 200),
    review        INTEGER,
    why           TEXT NOT NULL CHECK (length(why) BETWEEN 1 AND 1000),
    own           INTEGER NOT NULL CHECK (own IN (0, 1)),
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash          BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX look_login ON look (login, seq);
CREATE INDEX look_review ON look (review, seq) WHERE review IS NOT NULL;
CREATE INDEX look_far ON look (seq) WHERE own = 0;
CREATE INDEX look_at ON look (at, seq);

CREATE TRIGGER look_is_never_changed BEFORE UPDATE ON look
BEGIN SELECT RAISE(ABORT, 'a look is never changed'); END;
CREATE TRIGGER look_is_never_cut BEFORE DELETE ON look
BEGIN SELECT RAISE(ABORT, 'a look is never taken out'); END;
CREATE TRIGGER look_is_a_chain BEFORE INSERT ON look
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM look)
  OR NEW.previous_hash IS NOT coalesce((SELECT hash FROM look ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'looks are a chain'); END;
