-- The moderation panel: its sittings as they go, the items on their tables, sealed scores, and minutes added afterwards.

ALTER TABLE panel ADD COLUMN body TEXT NOT NULL DEFAULT '';
ALTER TABLE panel ADD COLUMN stand TEXT NOT NULL DEFAULT 'planned' CHECK (stand IN ('planned', 'in-progress', 'closed'));
ALTER TABLE panel ADD COLUMN present TEXT NOT NULL DEFAULT '[]';
ALTER TABLE panel ADD COLUMN run TEXT NOT NULL DEFAULT '[]';
ALTER TABLE panel ADD COLUMN began_at INTEGER;
ALTER TABLE panel ADD COLUMN closed_at INTEGER;
ALTER TABLE panel ADD COLUMN item INTEGER REFERENCES review (id);
ALTER TABLE panel ADD COLUMN item_since INTEGER;
ALTER TABLE panel ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- Sittings that were planned by a day, a time and a chair: as their journal rows give them.
UPDATE panel SET body = json_object('id', id, 'on', on_day, 'at', at, 'chair', chair),
    revision = coalesce((SELECT max(seq) FROM journal WHERE object = 'panel/' || panel.id), 0);

-- Why a review is before the panel, as words of `WhyHere`, and what the panel asked for when it sent it back.
ALTER TABLE review ADD COLUMN panel_reasons TEXT NOT NULL DEFAULT '';
ALTER TABLE review ADD COLUMN panel_back TEXT NOT NULL DEFAULT '';

CREATE TABLE panel_item (
    panel     INTEGER NOT NULL REFERENCES panel (id),
    review    INTEGER NOT NULL REFERENCES review (id),
    stand     TEXT NOT NULL CHECK (stand IN ('open', 'decided', 'sent-back', 'deferred')),
    opened_at INTEGER NOT NULL,
    away      TEXT NOT NULL,
    revealed  INTEGER NOT NULL DEFAULT 0 CHECK (revealed IN (0, 1)),
    early     TEXT NOT NULL DEFAULT '',
    said      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (panel, review)
) STRICT, WITHOUT ROWID;
CREATE INDEX panel_item_review ON panel_item (review);

-- Only store/read/panel.rs reads `body`, and only for whom the seal is open. Round 1 is sealed, round 2 was given after it.
CREATE TABLE panel_score (
    panel  INTEGER NOT NULL REFERENCES panel (id),
    review INTEGER NOT NULL REFERENCES review (id),
    person INTEGER NOT NULL REFERENCES person (id),
    round  INTEGER NOT NULL CHECK (round IN (1, 2)),
    body   TEXT NOT NULL,
    PRIMARY KEY (panel, review, person, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX panel_score_review ON panel_score (review);
CREATE INDEX panel_score_person ON panel_score (person);

CREATE TABLE panel_minute (
    seq    INTEGER PRIMARY KEY,
    panel  INTEGER NOT NULL REFERENCES panel (id),
    review INTEGER REFERENCES review (id),
    at     INTEGER NOT NULL,
    text   TEXT NOT NULL CHECK (length(text) > 0)
) STRICT;
CREATE INDEX panel_minute_panel ON panel_minute (panel);
CREATE INDEX panel_minute_review ON panel_minute (review) WHERE review IS NOT NULL;
CREATE INDEX panel_item_open ON panel (item) WHERE item IS NOT NULL;
