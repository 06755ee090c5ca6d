-- What waits for the panel and is listed for a sitting is due on the day of that sitting. The day that the framework's phase gives is kept
-- beside it: it holds again where the sitting is called off.
ALTER TABLE review ADD COLUMN phase_due TEXT CHECK (phase_due IS NULL OR length(phase_due) = 10);
