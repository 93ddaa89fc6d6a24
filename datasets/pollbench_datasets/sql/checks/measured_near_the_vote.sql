-- severity: error
-- rule: A forecast is measured and published within seven years before the vote, or a few weeks after it.
-- why: A public compilation of these very polls carries the year 2021 in all 59 rows of 2017, and its own validator
--   passes them.
-- remedy: Correct the year.

-- Seven years: the longest term of an office here. Up to 60 days after the vote is the matter of
-- measured_before_vote and published_before_vote; later than that it is a wrong year. A month or a year of
-- publication stands for its last day, at the latest the vote.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, min(stand.column_name) AS column_name,
  min_by(stand.day, stand.column_name) || ', the vote is on ' || any_value(c.day) AS found
FROM forecast f
JOIN contest c USING (contest_id),
  LATERAL (VALUES ('measured_from', f.measured_from), ('measured_to', f.measured_to),
    ('published_on', least(greatest(f.published_on, c.day), CASE f.published_precision
      WHEN 'month' THEN last_day(f.published_on)
      WHEN 'year' THEN make_date(year(f.published_on), 12, 31)
      ELSE f.published_on END))) AS stand (column_name, day)
WHERE stand.day NOT BETWEEN c.day - 2557 AND c.day + 60
GROUP BY f.forecast_id
ORDER BY row_key
