-- What follows a review until its loop is closed, and how the loop stands.

CREATE TABLE follow_up (
    id       INTEGER PRIMARY KEY,
    review   INTEGER NOT NULL REFERENCES review (id),
    what     TEXT NOT NULL CHECK (what IN ('supervision', 'assurance', 'reflection', 'oversight', 'support', 'support-progress',
                                           'support-ended', 'longer-interval')),
    on_day   TEXT NOT NULL CHECK (length(on_day) = 10),
    by       INTEGER NOT NULL REFERENCES person (id),
    whom     INTEGER REFERENCES person (id),
    body     TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX follow_up_review ON follow_up (review, on_day, id);
CREATE INDEX follow_up_by ON follow_up (by);
CREATE INDEX follow_up_whom ON follow_up (whom) WHERE whom IS NOT NULL;

-- Reviews of before are looked at once, by whoever is there first, which the setting `loops` then says.
ALTER TABLE review ADD COLUMN loop TEXT NOT NULL DEFAULT 'untracked' CHECK (loop IN ('untracked', 'open', 'closed'));
ALTER TABLE review ADD COLUMN loop_since TEXT CHECK (loop_since IS NULL OR length(loop_since) = 10);
ALTER TABLE review ADD COLUMN supervision_due TEXT CHECK (supervision_due IS NULL OR length(supervision_due) = 10);
CREATE INDEX review_loop_open ON review (loop_since, id, supervision_due) WHERE loop = 'open';
