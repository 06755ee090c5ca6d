-- The sitting that somebody moved a waiting review to; empty: it is where it comes by itself.
ALTER TABLE review ADD COLUMN panel_sitting INTEGER;
