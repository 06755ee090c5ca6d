-- What sort of action it is, by its key in the profile; empty: nobody said.
ALTER TABLE action ADD COLUMN kind TEXT NOT NULL DEFAULT '';
-- The effect ledger reads what was ever looked at again, and nothing else. What recurred stays counted while it is open once more.
CREATE INDEX action_judged ON action (kind, review, effect, recurred, id) WHERE effect IS NOT NULL OR recurred > 0;
-- Groups of the tracker are counted in the index alone.
CREATE INDEX action_by_owner ON action (owner, due_on, state, review, id) WHERE state IN ('open', 'in-progress', 'done');
-- Columns of the board that hold what is not open any more, in the order of their rows.
CREATE INDEX action_not_looked_at ON action (due_on, id, review) WHERE state = 'signed-off' AND effect IS NULL;
CREATE INDEX action_looked_at ON action (due_on, id, review) WHERE state = 'signed-off' AND effect IS NOT NULL;
