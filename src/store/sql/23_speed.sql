-- Counted for every header, at every start: with the condition's own column in the index none of the rows is read for it.
DROP INDEX review_due;
CREATE INDEX review_due ON review (due_on, id, state) WHERE state = 'open';
DROP INDEX review_loop_open;
CREATE INDEX review_loop_open ON review (loop_since, id, supervision_due, loop) WHERE loop = 'open';
DROP INDEX strip_open;
CREATE INDEX strip_open ON strip (sort, id, kind, object, subject, practitioner, review, closed_at) WHERE closed_at IS NULL;
