-- Read for every header, at every start: what is asked of these rows stands in their indexes, so that none of the rows is read.
DROP INDEX alert_open;
CREATE INDEX alert_open ON alert (due_at, id, what, closed_at) WHERE closed_at IS NULL;
DROP INDEX review_cycle;
CREATE INDEX review_cycle ON review (cycle, id, kind, state);
DROP INDEX review_panel;
CREATE INDEX review_panel ON review (id, panel, state) WHERE panel = 'waiting';
CREATE INDEX cycle_open ON cycle (starts_on, id, beside, begins_on, closed_on) WHERE closed_on IS NULL;
CREATE INDEX panel_open ON panel (id, stand) WHERE stand <> 'closed';
