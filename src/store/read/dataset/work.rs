//! What was promised and who was asked, row by row: plans, reports that were kept, whose cases were reviewed and of whom entries are
//! expected. No practitioner can be told from a row: each is a number that follows from the rest of their rows alone.

/// An open loop waits for these actions as well.
pub(super) const ACTION_LINKS: &str = "WITH visible(id, ref) AS (SELECT r.id, r.ref FROM review r WHERE {seen} AND {known})
     SELECT a.ref, v.ref FROM action_link l JOIN action a ON a.id = l.action JOIN visible v ON v.id = l.review
     WHERE a.review IS NULL OR a.review IN (SELECT id FROM visible) ORDER BY a.ref, v.ref";

/// Of what was typed nothing but a board that the framework names, and a service that has a team.
pub(super) const PLAN_NOTES: &str = "SELECT printf('PN-%04d', n.id), c.ref, a.ref, n.kind, n.on_day, b.value,
     coalesce(n.body ->> '$.training.sent.on', n.body ->> '$.concern.resolved.on'),
     (SELECT t.service FROM team t WHERE t.service = n.body ->> '$.answers.service' LIMIT 1)
     FROM plan_note n JOIN cycle c ON c.id = n.cycle LEFT JOIN action a ON a.id = n.action
     LEFT JOIN json_each({boards}) b ON b.value = coalesce(n.body ->> '$.presented.board', n.body ->> '$.progress.board')
     WHERE n.taken_back = 0 ORDER BY n.id";

pub(super) const REPORTS: &str = "SELECT p.ref, c.ref, p.kind, p.version, p.state, p.body ->> '$.material.from', p.until_day,
     p.body ->> '$.material.counted_on' FROM report p JOIN cycle c ON c.id = p.cycle ORDER BY p.ref";

/// What a report holds of a review that the viewer may not see is not in it.
pub(super) const PROMISES: &str = "WITH role(written, key) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each({roles}))
     SELECT p.ref, a.value ->> 'reference', a.value ->> 'state', a.value ->> 'due_on', a.value ->> 'effect', a.value ->> 'recurred', k.key
     FROM report p JOIN json_each(p.body, '$.material.actions') a JOIN review r ON r.id = a.value ->> 'review'
     LEFT JOIN role k ON k.written = lower(trim(a.value ->> 'owner'))
     WHERE {seen} AND {known} ORDER BY p.ref, a.value ->> 'reference'";

/// Numbered by what stands beside the number: whoever has the same rows may change places, and the file stays the same.
pub(super) const PRACTITIONERS: &str =
    "WITH worker(id) AS (SELECT DISTINCT s.worker FROM subject s WHERE s.open = 1 AND s.worker IS NOT NULL AND {subject_seen}),
     reviewed(id, cycle, kind) AS (
       SELECT DISTINCT r.practitioner, c.ref, r.kind FROM review r JOIN cycle c ON c.id = r.cycle
       WHERE r.practitioner IN (SELECT id FROM worker) AND r.state <> 'withdrawn' AND {seen}),
     each(id, told) AS (
       SELECT w.id, group_concat(v.cycle || ' ' || v.kind, ', ' ORDER BY v.cycle, v.kind)
       FROM worker w LEFT JOIN reviewed v ON v.id = w.id GROUP BY w.id),
     numbered(id, number) AS (SELECT id, row_number() OVER (ORDER BY told) FROM each)
     SELECT n.number, v.cycle, v.kind FROM numbered n LEFT JOIN reviewed v ON v.id = n.id ORDER BY 1, 2, 3";

/// Who left before the year began has no part in it. Numbered like practitioners, by what the rows of somebody say.
pub(super) const EXPECTED_ENTRIES: &str =
    "WITH RECURSIVE role(written, key) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each({roles})),
     asked(register, role, field, choice) AS (
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each({expected})),
     joined(person, since) AS MATERIALIZED (
       SELECT CAST(value ->> 0 AS INTEGER), value ->> 1 FROM json_each({joined})),
     day(d) AS (SELECT '{year}' UNION ALL SELECT date(d, '+1 day') FROM day WHERE d < date('{year}', '+1 year', '-1 day')),
     month(m) AS (SELECT d FROM day WHERE substr(d, 9) = '01'),
     person_of(id, register, role, field, choice, since, left_on) AS MATERIALIZED (
       SELECT p.id, a.register, a.role, a.field, a.choice, j.since, p.left_on
       FROM asked a JOIN role k ON k.key = a.role JOIN person p ON lower(trim(p.role)) = k.written LEFT JOIN joined j ON j.person = p.id
       WHERE p.left_on IS NULL OR p.left_on >= '{year}'),
     told(id, register, role, here_today, month, days, entries, of_the_kind) AS MATERIALIZED (
       SELECT o.id, o.register, o.role,
         coalesce(o.left_on >= '{today}', 1)
           AND NOT EXISTS (SELECT 1 FROM absence b WHERE b.person = o.id AND '{today}' BETWEEN b.from_day AND b.until),
         m.m,
         (SELECT count(*) FROM day d WHERE d.d >= m.m AND d.d < date(m.m, '+1 month')
            AND coalesce(o.since <= d.d, 1) AND coalesce(d.d <= o.left_on, 1)
            AND NOT EXISTS (SELECT 1 FROM absence b WHERE b.person = o.id AND d.d BETWEEN b.from_day AND b.until)),
         (SELECT count(*) FROM entry e WHERE e.person = o.id AND e.register = o.register AND e.taken_back = 0
            AND e.on_day >= m.m AND e.on_day < date(m.m, '+1 month')),
         (SELECT count(*) FROM entry e, json_each(e.noted) n WHERE e.person = o.id AND e.register = o.register AND e.taken_back = 0
            AND e.on_day >= m.m AND e.on_day < date(m.m, '+1 month') AND n.key = o.field AND n.value = o.choice)
       FROM person_of o CROSS JOIN month m),
     each(id, register, role, told) AS (
       SELECT id, register, role, group_concat(here_today || ' ' || days || ' ' || entries || ' ' || of_the_kind, ', ' ORDER BY month)
       FROM told GROUP BY id, register, role),
     numbered(id, register, role, number) AS (
       SELECT id, register, role, row_number() OVER (PARTITION BY register ORDER BY role, told) FROM each)
     SELECT t.register, n.number, t.role, t.here_today, t.month, t.days, t.entries, t.of_the_kind
     FROM told t JOIN numbered n ON n.id = t.id AND n.register = t.register AND n.role = t.role ORDER BY 1, 2, 5";
