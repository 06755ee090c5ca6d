-- Where an action comes from: a review, the improvement plan of a cycle, or an entry of a register; always one of them.
ALTER TABLE action ALTER COLUMN review DROP NOT NULL;
ALTER TABLE action ADD COLUMN cycle INTEGER REFERENCES cycle (id);
ALTER TABLE action ADD COLUMN entry INTEGER REFERENCES entry (id);
ALTER TABLE action ADD CONSTRAINT one_source CHECK ((review IS NOT NULL) + (cycle IS NOT NULL) + (entry IS NOT NULL) = 1);
CREATE INDEX action_cycle ON action (cycle, id) WHERE cycle IS NOT NULL;
CREATE INDEX action_entry ON action (entry, id) WHERE entry IS NOT NULL;
