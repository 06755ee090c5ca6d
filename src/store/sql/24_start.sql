-- Read for every header, at every start: what is asked of these rows stands in their indexes, so that none of the rows is read.
DROP INDEX alert_open;
CREATE INDEX alert_open ON alert (due_at, id, what, closed_at) WHERE closed_at IS NULL;
DROP INDEX review_cycle;
CREATE INDEX review_cycle ON review (cycle, id, kind, state);
DROP INDEX review_panel;
CREATE INDEX review_panel ON review (id, panel, state) WHERE panel = 'waiting';
CREATE INDEX cycle_open ON cycle (starts_on, id, beside, begins_on, closed_on) WHERE closed_on IS NULL;
CREATE INDEX panel_open ON panel (id, stand) WHERE stand <> 'closed';

-- FAIL instead of ABORT, as for the journal itself (7_journal.sql): a detail is one row, refused either way.
DROP TRIGGER journal_detail_comes_with_its_row;
CREATE TRIGGER journal_detail_comes_with_its_row BEFORE INSERT ON journal_detail
WHEN NEW.seq IS NOT (SELECT max(seq) FROM journal) OR EXISTS (SELECT 1 FROM journal_detail WHERE seq = NEW.seq)
BEGIN SELECT RAISE(FAIL, 'a detail comes with its row'); END;
