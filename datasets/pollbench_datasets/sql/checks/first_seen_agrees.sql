-- severity: error
-- rule: The day on which a figure was first seen says how it is known, is not before its publication, and lies after
--   the vote exactly for what is recalled.
-- why: What is told only afterwards is what came out right; the two must never be mixed.
-- remedy: Correct first_seen_on, its basis or recalled.

-- Of a month or a year only the first day is known: it can be compared where it ends before the vote or begins after
-- it. On the day of the vote itself the hour decides, which no column holds.
WITH dated AS (
  SELECT f.*, c.day, CASE f.first_seen_precision
      WHEN 'month' THEN last_day(f.first_seen_on)
      WHEN 'year' THEN make_date(year(f.first_seen_on), 12, 31)
      ELSE f.first_seen_on END AS latest
  FROM forecast f
  JOIN contest c USING (contest_id)
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'first_seen_on' AS column_name,
  concat_ws(', ', coalesce(first_seen_on::VARCHAR, 'no day'), first_seen_precision, first_seen_basis,
    CASE WHEN recalled THEN 'recalled' END, CASE WHEN latest < published_on THEN 'published ' || published_on END) AS found
FROM dated
WHERE (first_seen_on IS NULL) <> (first_seen_precision IS NULL)
  OR (first_seen_on IS NULL) <> (first_seen_basis IS NULL)
  OR latest < published_on
  OR (latest < day AND recalled)
  OR (first_seen_on > day AND NOT recalled)
  OR (first_seen_basis IN ('said', 'corroborated') AND NOT recalled)
ORDER BY row_key
