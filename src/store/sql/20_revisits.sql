-- Cases found Inadequate by the day they were completed: those to look at again are found without reading years of others.
CREATE INDEX review_inadequate_since ON review (submitted_at, id) WHERE grade = 0 AND submitted_at IS NOT NULL AND state <> 'withdrawn';
