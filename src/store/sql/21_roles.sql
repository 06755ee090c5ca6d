-- Whether a review's return to its practitioner is recorded and stands: who sees only some of a cycle's reviews is told how many of
-- those were returned, without the journal being read for each.
ALTER TABLE review ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1));
UPDATE review SET returned = 1 WHERE id IN (
    SELECT j.review FROM journal j JOIN journal_detail d ON d.seq = j.seq
    WHERE j.kind = 'review-returned' AND json_extract(d.payload, '$."review-returned".record.after') IS NOT NULL
    AND j.seq = (SELECT max(k.seq) FROM journal k WHERE k.review = j.review AND k.kind = 'review-returned'));
