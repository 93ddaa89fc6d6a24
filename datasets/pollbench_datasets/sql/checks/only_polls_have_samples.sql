-- severity: error
-- rule: Only a poll has a survey, a sample and a line-up.
-- why: Those who post or click are no sample that was drawn; a size there would be given a margin of error.
-- remedy: Leave survey, sample_size, expressing_n and lineup empty; put a number of messages into the note.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'sample_size' AS column_name,
  concat_ws(', ', o.family, f.survey, f.sample_size, f.expressing_n, f.lineup) AS found
FROM forecast f
JOIN forecaster o USING (forecaster_id)
WHERE NOT is_poll(o.family, o.kind)
  AND (f.survey IS NOT NULL OR f.sample_size IS NOT NULL OR f.expressing_n IS NOT NULL OR f.lineup IS NOT NULL)
ORDER BY row_key
