-- severity: error
-- rule: What one poll finds of one group adds up to at most 101 per cent, and says neither, or abstention and blank_null, not both.
-- why: More than 100 means that two bases, two waves or two groups are mixed; a point is left to rounding.
-- remedy: Correct the figure, its day or its group.
SELECT 'transfer' AS table_name, min(transfer_id) AS row_key, 'share_pct' AS column_name,
  string_agg(to_option || ' ' || share_pct, ', ' ORDER BY to_option) AS found
FROM transfer
GROUP BY contest_id, forecaster_id, measured_from, measured_to, published_on, from_option
HAVING sum(share_pct) > 101
  OR (bool_or(to_option = 'neither') AND bool_or(to_option IN ('abstention', 'blank_null')))
  OR count(DISTINCT to_option) < count(*)
ORDER BY row_key
