-- A long history costs what its reviews cost. Rows about a review are found by journal_review, so the index by object need
-- hold only the others; it was the largest of the file, and written in no order.
DROP INDEX journal_object;
CREATE INDEX journal_object ON journal (object, seq) WHERE object NOT GLOB 'review/*';

-- FAIL instead of ABORT: one row is refused either way, and with nothing to take back SQLite need not copy the pages of the
-- journal and of its indexes before every row (the statement journal).
DROP TRIGGER journal_is_a_chain;
CREATE TRIGGER journal_is_a_chain BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR NEW.previous_hash IS NOT coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(FAIL, 'the journal is a chain'); END;

-- When a case was last reviewed, for every case of a frame, and who holds a role: both are asked again and again.
CREATE INDEX review_newest ON review (subject, opened_on) WHERE state <> 'withdrawn';
CREATE INDEX person_role ON person (lower(role));

-- The open actions are counted for every header: with the state and the review in the index none of their rows is read for it.
DROP INDEX action_due;
CREATE INDEX action_due ON action (due_on, id, state, review) WHERE state IN ('open', 'in-progress', 'done');
