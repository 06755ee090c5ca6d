-- Findings of `closeloop check` that somebody has set aside, with the reason and the facts as they were.
CREATE TABLE exemption (
    kind     TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    about    TEXT NOT NULL CHECK (length(about) BETWEEN 1 AND 60),
    body     TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (kind, about)
) STRICT, WITHOUT ROWID;

-- Looked for among years of them without reading the others.
CREATE INDEX review_inadequate ON review (id, kind) WHERE grade = 0 AND submitted_at IS NOT NULL AND state <> 'withdrawn';
CREATE INDEX action_without_evidence ON action (id) WHERE state IN ('done', 'signed-off') AND trim(evidence) = '';
CREATE INDEX action_own_sign_off ON action (id) WHERE state = 'signed-off' AND (signed_off_by = owner OR signed_off_by = done_by);
