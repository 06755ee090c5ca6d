-- What findings have in common: themes of the code book, passages of good practice, and performance indicators beside them.

CREATE TABLE review_theme (
    review INTEGER NOT NULL REFERENCES review (id),
    theme  TEXT NOT NULL CHECK (length(theme) BETWEEN 1 AND 100),
    found  TEXT NOT NULL CHECK (found IN ('strength', 'improve')),
    PRIMARY KEY (review, theme, found)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_theme_theme ON review_theme (theme, found, review);

CREATE TABLE good_practice (
    id       INTEGER PRIMARY KEY,
    review   INTEGER NOT NULL REFERENCES review (id),
    theme    TEXT NOT NULL,
    place    TEXT NOT NULL,
    note     TEXT NOT NULL CHECK (length(note) > 0),
    author   TEXT NOT NULL,
    on_day   TEXT NOT NULL CHECK (length(on_day) = 10),
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX good_practice_review ON good_practice (review);
CREATE INDEX good_practice_theme ON good_practice (theme, id);

CREATE TABLE indicator (
    key      TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 100),
    from_day TEXT NOT NULL CHECK (length(from_day) = 10),
    until    TEXT NOT NULL CHECK (length(until) = 10 AND until >= from_day),
    value    TEXT NOT NULL,
    source   TEXT NOT NULL,
    PRIMARY KEY (key, from_day, until)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicator_day ON indicator (from_day);
