-- severity: error
-- rule: An assumption for one election names an election that is loaded.
-- why: For any other one it would silently hold for none.
-- remedy: Write the election_id of the folder, or leave it empty for all elections.
SELECT 'assumption' AS table_name, assumption_id AS row_key, 'election_id' AS column_name, election_id AS found
FROM assumption
WHERE election_id IS NOT NULL AND election_id NOT IN (SELECT election_id FROM election)
ORDER BY row_key
