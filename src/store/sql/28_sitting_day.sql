-- Gives waiting reviews the day of their sitting, or their own day back. It looks at nothing but the tables, so that a file brought up to
-- date and one rebuilt from its journal agree: a planned sitting whose day went by keeps what it had, which is late then.
UPDATE review SET due_on = coalesce(listed.day, phase_due, due_on),
    phase_due = CASE WHEN listed.day IS NULL THEN NULL ELSE coalesce(phase_due, due_on) END
FROM (
    SELECT r.id, coalesce(
        (SELECT p.on_day FROM panel p WHERE p.item = r.id),
        (SELECT p.on_day FROM panel_item i JOIN panel p ON p.id = i.panel WHERE i.review = r.id AND i.stand = 'open'
         AND p.stand <> 'closed' ORDER BY p.id LIMIT 1),
        (SELECT p.on_day FROM panel p WHERE p.id = r.panel_sitting AND p.stand <> 'closed'
         AND NOT EXISTS (SELECT 1 FROM panel_item i WHERE i.panel = p.id AND i.review = r.id)),
        (SELECT p.on_day FROM panel p WHERE p.stand <> 'closed'
         AND (coalesce(p.body ->> 'service', '') = ''
              OR p.body ->> 'service' = (SELECT t.service FROM team t WHERE t.id = r.team) COLLATE NOCASE)
         AND NOT EXISTS (SELECT 1 FROM panel_item i WHERE i.panel = p.id AND i.review = r.id)
         ORDER BY p.stand = 'planned' AND p.on_day < date(r.submitted_at / 1000, 'unixepoch'), p.id LIMIT 1)) AS day
    FROM review r
    WHERE r.panel = 'waiting' AND r.state = 'open' AND r.panel_back = '' AND r.step_label = 'Panel decides'
) AS listed
WHERE review.id = listed.id
  AND (due_on <> coalesce(listed.day, phase_due, due_on) OR (phase_due IS NULL) <> (listed.day IS NULL));
