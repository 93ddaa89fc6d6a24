-- severity: error
-- rule: A poll of a run-off tests two candidates.
-- why: With one share the other is not known; with three it belongs to another round.
-- remedy: Add the missing share, or move the poll to the round it is about.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'contest_id' AS column_name, count(*) || ' tested' AS found
FROM forecast f
JOIN contest c USING (contest_id)
JOIN prediction p USING (forecast_id)
WHERE f.survey IS NOT NULL AND c.round > 1 AND c.advance = 1
GROUP BY f.forecast_id
HAVING count(*) <> 2
ORDER BY row_key
