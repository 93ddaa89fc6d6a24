-- severity: error
-- rule: The line-up says who was tested: final = the ballot, near-final = part of it, duel-a-v-b = a and b, x-a+b--
--   no-c = a and b besides the ballot, c not.
-- why: Line-ups with someone else on the list measure another vote; a policy leaves them out by this name.
-- remedy: Correct the line-up or the names in predictions.csv; set complete to false where the source drops
--   candidates.
WITH tested AS (
  SELECT forecast_id, list_sort(list(candidate_id)) AS names FROM prediction GROUP BY forecast_id
), ballot AS (
  SELECT contest_id, list_sort(list(candidate_id)) AS names FROM candidate GROUP BY contest_id
), poll AS (
  SELECT f.forecast_id, f.lineup, f.complete, t.names AS tested,
    list_filter(t.names, lambda name: NOT list_contains(b.names, name)) AS outside,
    list_filter(b.names, lambda name: NOT list_contains(t.names, name)) AS absent,
    -- The names after "x-", and those after "--no-"; they may hold hyphens, never two in a row.
    list_filter(string_split(regexp_extract(string_split(f.lineup, '--no-')[1], '^x-(.*)$', 1), '+'),
      lambda name: name <> '') AS added,
    list_filter(string_split(coalesce(string_split(f.lineup, '--no-')[2], ''), '+'),
      lambda name: name <> '') AS removed,
    list_sort(string_split(regexp_replace(f.lineup, '^duel-', ''), '-v-')) AS duel
  FROM forecast f
  JOIN tested t USING (forecast_id)
  JOIN ballot b USING (contest_id)
  WHERE f.lineup IS NOT NULL
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'lineup' AS column_name,
  lineup || ': tested ' || array_to_string(tested, ' ') AS found
FROM poll
WHERE CASE
    WHEN lineup = 'final' THEN len(outside) > 0 OR (complete AND len(absent) > 0)
    WHEN lineup = 'near-final' THEN len(outside) > 0
    WHEN lineup LIKE 'duel-%' THEN tested <> duel
    WHEN lineup LIKE 'x-%' THEN outside <> list_sort(added) OR NOT list_has_all(absent, removed)
    ELSE true
  END
ORDER BY row_key
