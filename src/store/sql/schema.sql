-- closeloop's tables. The journal is the truth; every other table is its projection and can be rebuilt from it.
-- Dates are ISO text (2026-11-19); moments are UTC milliseconds; '9999-12-31' stands for "no date" where rows are sorted by it.

CREATE TABLE journal (
    seq           INTEGER PRIMARY KEY CHECK (seq > 0),
    batch         INTEGER NOT NULL CHECK (batch > 0 AND batch <= seq),
    at            INTEGER NOT NULL,
    actor         TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    session       TEXT NOT NULL CHECK (length(session) BETWEEN 1 AND 64),
    kind          TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    object        TEXT NOT NULL CHECK (length(object) BETWEEN 1 AND 200),
    review        INTEGER,
    detail_hash   BLOB NOT NULL CHECK (length(detail_hash) = 32),
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash          BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_review ON journal (review, seq) WHERE review IS NOT NULL;
CREATE INDEX journal_object ON journal (object, seq);

-- Personal data of a journal row: erasable by law without breaking the chain, because only its salted hash is chained.
CREATE TABLE journal_detail (
    seq     INTEGER PRIMARY KEY REFERENCES journal (seq),
    salt    BLOB NOT NULL CHECK (length(salt) = 16),
    payload TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never cut'); END;
CREATE TRIGGER journal_is_a_chain BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR NEW.previous_hash IS NOT coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'the journal is a chain'); END;

-- A detail is written once, with its row: it may be erased by law, never exchanged.
CREATE TRIGGER journal_detail_is_never_changed BEFORE UPDATE ON journal_detail
BEGIN SELECT RAISE(ABORT, 'a detail is never changed'); END;
CREATE TRIGGER journal_detail_comes_with_its_row BEFORE INSERT ON journal_detail
WHEN NEW.seq IS NOT (SELECT max(seq) FROM journal) OR EXISTS (SELECT 1 FROM journal_detail WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a detail comes with its row'); END;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE framework (
    id      TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    text    TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE holiday (
    day   TEXT PRIMARY KEY CHECK (length(day) = 10),
    title TEXT NOT NULL
) STRICT;

CREATE TABLE team (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    service TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    short        TEXT NOT NULL,
    sort         TEXT NOT NULL,
    role         TEXT NOT NULL,
    team         INTEGER REFERENCES team (id),
    service      TEXT NOT NULL,
    email        TEXT NOT NULL,
    login        TEXT NOT NULL,
    line_manager INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    left_on      TEXT CHECK (left_on IS NULL OR length(left_on) = 10),
    reviewing    INTEGER NOT NULL DEFAULT 0,
    cases        INTEGER NOT NULL DEFAULT 0,
    revision     INTEGER NOT NULL
) STRICT;
CREATE INDEX person_team ON person (team);
CREATE INDEX person_line_manager ON person (line_manager);
CREATE INDEX person_sort ON person (sort, id);
CREATE UNIQUE INDEX person_login ON person (login) WHERE login <> '';

CREATE TABLE absence (
    id       INTEGER PRIMARY KEY,
    person   INTEGER NOT NULL REFERENCES person (id),
    from_day TEXT NOT NULL CHECK (length(from_day) = 10),
    until    TEXT NOT NULL CHECK (length(until) = 10 AND until >= from_day),
    reason   TEXT NOT NULL
) STRICT;
CREATE INDEX absence_person ON absence (person, until);

CREATE TABLE subject (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('child', 'care-experienced', 'foster-carer', 'adopter', 'service')),
    pseudonym  TEXT NOT NULL UNIQUE,
    council_id TEXT NOT NULL,
    case_type  TEXT NOT NULL,
    age_years  INTEGER CHECK (age_years BETWEEN 0 AND 120),
    disability INTEGER CHECK (disability IN (0, 1)),
    team       INTEGER REFERENCES team (id),
    worker     INTEGER REFERENCES person (id),
    started_on TEXT CHECK (started_on IS NULL OR length(started_on) = 10),
    open       INTEGER NOT NULL CHECK (open IN (0, 1)),
    revision   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX subject_council_id ON subject (kind, council_id);
CREATE INDEX subject_open ON subject (open, id);
CREATE INDEX subject_team ON subject (team);
CREATE INDEX subject_worker ON subject (worker);

CREATE TABLE imported_file (
    seq        INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
    rows       INTEGER NOT NULL,
    oddities   INTEGER NOT NULL,
    frame_date TEXT,
    at         INTEGER NOT NULL
) STRICT;

CREATE TABLE cycle (
    id        INTEGER PRIMARY KEY,
    ref       TEXT NOT NULL,
    framework TEXT NOT NULL,
    version   INTEGER NOT NULL,
    starts_on TEXT NOT NULL CHECK (length(starts_on) = 10),
    closed_on TEXT CHECK (closed_on IS NULL OR length(closed_on) = 10),
    body      TEXT NOT NULL,
    reviews   INTEGER NOT NULL DEFAULT 0 CHECK (reviews >= 0),
    allocated INTEGER NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    submitted INTEGER NOT NULL DEFAULT 0 CHECK (submitted >= 0),
    for_panel INTEGER NOT NULL DEFAULT 0 CHECK (for_panel >= 0),
    panel_decided INTEGER NOT NULL DEFAULT 0 CHECK (panel_decided >= 0),
    returned  INTEGER NOT NULL DEFAULT 0 CHECK (returned >= 0),
    finalised INTEGER NOT NULL DEFAULT 0 CHECK (finalised >= 0),
    revision  INTEGER NOT NULL,
    FOREIGN KEY (framework, version) REFERENCES framework (id, version)
) STRICT;
CREATE UNIQUE INDEX cycle_ref ON cycle (framework, ref);
CREATE INDEX cycle_version ON cycle (framework, version);
CREATE INDEX cycle_starts ON cycle (starts_on DESC, id DESC);

CREATE TABLE draw (
    id    INTEGER PRIMARY KEY,
    cycle INTEGER NOT NULL REFERENCES cycle (id),
    body  TEXT NOT NULL
) STRICT;
CREATE INDEX draw_cycle ON draw (cycle, id);

CREATE TABLE substitution (
    seq    INTEGER PRIMARY KEY,
    draw   INTEGER NOT NULL REFERENCES draw (id),
    body   TEXT NOT NULL
) STRICT;
CREATE INDEX substitution_draw ON substitution (draw, seq);

CREATE TABLE review (
    id           INTEGER PRIMARY KEY,
    ref          TEXT NOT NULL UNIQUE,
    cycle        INTEGER NOT NULL REFERENCES cycle (id),
    kind         TEXT NOT NULL,
    subject      INTEGER NOT NULL REFERENCES subject (id),
    case_type    TEXT NOT NULL,
    team         INTEGER REFERENCES team (id),
    practitioner INTEGER REFERENCES person (id),
    reviewer     INTEGER REFERENCES person (id),
    opened_on    TEXT NOT NULL CHECK (length(opened_on) = 10),
    chosen       TEXT NOT NULL CHECK (chosen IN ('random', 'substitute')),
    state        TEXT NOT NULL CHECK (state IN ('open', 'finalised', 'withdrawn')),
    step         TEXT NOT NULL,
    step_label   TEXT NOT NULL,
    due_on       TEXT NOT NULL CHECK (length(due_on) = 10),
    opens_on     TEXT CHECK (opens_on IS NULL OR length(opens_on) = 10),
    original_scaling  INTEGER CHECK (original_scaling BETWEEN 0 AND 10),
    original_grade    INTEGER CHECK (original_grade BETWEEN 0 AND 3),
    moderated_scaling INTEGER CHECK (moderated_scaling BETWEEN 0 AND 10),
    moderated_grade   INTEGER CHECK (moderated_grade BETWEEN 0 AND 3),
    grade        INTEGER CHECK (grade BETWEEN 0 AND 3),
    submitted_at INTEGER,
    panel        TEXT NOT NULL DEFAULT 'not-needed' CHECK (panel IN ('not-needed', 'waiting', 'decided')),
    panel_why    TEXT NOT NULL DEFAULT '',
    decision     TEXT,
    alerts       INTEGER NOT NULL DEFAULT 0 CHECK (alerts >= 0),
    revision     INTEGER NOT NULL,
    CHECK ((moderated_grade IS NULL) OR (original_grade IS NOT NULL))
) STRICT;
CREATE INDEX review_due ON review (due_on, id) WHERE state = 'open';
CREATE INDEX review_panel ON review (id) WHERE panel = 'waiting';
CREATE INDEX review_cycle ON review (cycle, id);
CREATE INDEX review_subject ON review (subject, id);
CREATE INDEX review_reviewer ON review (reviewer, id);
CREATE INDEX review_practitioner ON review (practitioner, id);
CREATE INDEX review_team ON review (team, id);
CREATE INDEX review_grade ON review (grade, id);

CREATE TABLE review_step (
    review  INTEGER NOT NULL REFERENCES review (id),
    step    TEXT NOT NULL,
    on_day  TEXT NOT NULL CHECK (length(on_day) = 10),
    body    TEXT NOT NULL,
    PRIMARY KEY (review, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    review   INTEGER NOT NULL REFERENCES review (id),
    field    TEXT NOT NULL,
    value    TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (review, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel (
    id    INTEGER PRIMARY KEY,
    on_day TEXT NOT NULL CHECK (length(on_day) = 10),
    at    TEXT NOT NULL,
    chair INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX panel_day ON panel (on_day);
CREATE INDEX panel_chair ON panel (chair);

CREATE TABLE alert (
    id        INTEGER PRIMARY KEY,
    ref       TEXT NOT NULL UNIQUE,
    review    INTEGER NOT NULL REFERENCES review (id),
    what      TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    due_at    INTEGER,
    body      TEXT NOT NULL,
    assurance TEXT NOT NULL DEFAULT '',
    closed_at INTEGER,
    revision  INTEGER NOT NULL,
    UNIQUE (review, what)
) STRICT;
CREATE INDEX alert_open ON alert (due_at, id) WHERE closed_at IS NULL;

CREATE TABLE action (
    id       INTEGER PRIMARY KEY,
    ref      TEXT NOT NULL UNIQUE,
    review   INTEGER NOT NULL REFERENCES review (id),
    text     TEXT NOT NULL CHECK (length(text) > 0),
    owner    INTEGER NOT NULL REFERENCES person (id),
    due_on   TEXT NOT NULL CHECK (length(due_on) = 10),
    urgent   INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    state    TEXT NOT NULL CHECK (state IN ('open', 'in-progress', 'done', 'signed-off', 'withdrawn')),
    evidence TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX action_due ON action (due_on, id) WHERE state IN ('open', 'in-progress', 'done');
CREATE INDEX action_review ON action (review, id);
CREATE INDEX action_owner ON action (owner, id);
