-- What became of an action, in columns of its own: who said that it was done, who saw it, whether it helped.
ALTER TABLE action ADD COLUMN raised_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE action ADD COLUMN done_at INTEGER;
ALTER TABLE action ADD COLUMN done_by INTEGER REFERENCES person (id);
ALTER TABLE action ADD COLUMN signed_off_at INTEGER;
ALTER TABLE action ADD COLUMN signed_off_by INTEGER REFERENCES person (id);
ALTER TABLE action ADD COLUMN revisit_on TEXT CHECK (revisit_on IS NULL OR length(revisit_on) = 10);
ALTER TABLE action ADD COLUMN effect TEXT CHECK (effect IS NULL OR effect IN ('sustained', 'partly', 'recurred', 'cannot-tell'));
ALTER TABLE action ADD COLUMN recurred INTEGER NOT NULL DEFAULT 0 CHECK (recurred >= 0);
ALTER TABLE action ADD COLUMN reopened_on TEXT CHECK (reopened_on IS NULL OR length(reopened_on) = 10);
CREATE INDEX action_done_by ON action (done_by) WHERE done_by IS NOT NULL;
CREATE INDEX action_signed_off_by ON action (signed_off_by) WHERE signed_off_by IS NOT NULL;
-- Those to sign off and those to look at again, found without reading the others.
CREATE INDEX action_to_sign_off ON action (due_on, id, review) WHERE state = 'done';
CREATE INDEX action_to_revisit ON action (revisit_on, id, review) WHERE state = 'signed-off' AND effect IS NULL;

-- Further reviews whose findings an open action answers.
CREATE TABLE action_link (
    action INTEGER NOT NULL REFERENCES action (id),
    review INTEGER NOT NULL REFERENCES review (id),
    PRIMARY KEY (action, review)
) STRICT, WITHOUT ROWID;
CREATE INDEX action_link_review ON action_link (review, action);

-- What older journals tell, as the projection reads them.
UPDATE action SET
    raised_at = coalesce((
        SELECT j.at FROM journal j WHERE j.object = 'action/' || action.id AND j.object NOT GLOB 'review/*' AND j.kind = 'action-recorded'
        ORDER BY j.seq LIMIT 1), 0),
    done_at = (
        SELECT CASE WHEN j.kind = 'action-moved' AND json_extract(d.payload, '$."action-moved".state.after') = 'done' THEN j.at END
        FROM journal j JOIN journal_detail d ON d.seq = j.seq
        WHERE j.object = 'action/' || action.id AND j.object NOT GLOB 'review/*' AND (
            j.kind = 'action-recorded'
            OR json_extract(d.payload, '$."action-moved".state.after') IN ('open', 'in-progress')
            OR (json_extract(d.payload, '$."action-moved".state.after') = 'done'
                AND json_extract(d.payload, '$."action-moved".state.before') IN ('open', 'in-progress')))
        ORDER BY j.seq DESC LIMIT 1),
    signed_off_at = (
        SELECT CASE WHEN json_extract(d.payload, '$."action-moved".state.after') = 'signed-off' THEN j.at END
        FROM journal j JOIN journal_detail d ON d.seq = j.seq
        WHERE j.object = 'action/' || action.id AND j.object NOT GLOB 'review/*'
        AND (j.kind = 'action-recorded' OR json_extract(d.payload, '$."action-moved".state.after') IS NOT NULL)
        ORDER BY j.seq DESC LIMIT 1);
