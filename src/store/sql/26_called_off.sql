-- A sitting that was planned and called off before it began: closed for everything that looks for what is to come, with the reason.
ALTER TABLE panel ADD COLUMN called_off TEXT NOT NULL DEFAULT '';
-- Who sat there goes on scoring blind: those sittings are looked for whenever something is read.
CREATE INDEX panel_called_off ON panel (id) WHERE called_off <> '';
