-- severity: warning
-- rule: An election of France with polls by French houses names the law that asks for their mentions.
-- why: Without it no mention is printed under a poll, which the law forbids.
-- remedy: Write law = "fr-77-808"; for a vote that the law leaves out, such as a primary, leave it.

-- Law 77-808, article 1: presidential, parliamentary, senate, European, regional, departmental and municipal elections,
-- and referendums.
SELECT DISTINCT 'election' AS table_name, e.election_id AS row_key, 'law' AS column_name,
  coalesce(e.law, 'empty') AS found
FROM election e
JOIN contest c USING (election_id)
JOIN forecast f USING (contest_id)
JOIN forecaster o USING (forecaster_id)
WHERE e.country = 'FR' AND e.office <> 'primary' AND coalesce(e.law, 'none') = 'none'
  AND f.survey IS NOT NULL AND o.country = 'France'
ORDER BY row_key
