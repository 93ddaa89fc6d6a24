-- severity: error
-- rule: A system that is tested says where, one that is not says nothing there, and a claim has a source.
-- why: The register sends readers on; a pointer to nothing is worse than none.
-- remedy: Fill tested_where or claim_sources, or say no.
SELECT 'register' AS table_name, system_id AS row_key,
  CASE WHEN (claim IS NULL) <> (claim_sources IS NULL) THEN 'claim_sources' ELSE 'tested_where' END AS column_name,
  concat_ws(', ', tested, tested_where, claim, claim_sources) AS found
FROM register
WHERE (tested IN ('yes', 'partly')) <> (tested_where IS NOT NULL) OR (claim IS NULL) <> (claim_sources IS NULL)
ORDER BY row_key
