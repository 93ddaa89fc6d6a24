-- severity: error
-- rule: A law of mentions is one of the country of its election: its id starts with the code of the country.
-- why: The mentions of another country's law would be printed under its polls.
-- remedy: Correct law or country in election.toml, write none where no law asks for mentions, or leave it out.
SELECT 'election' AS table_name, election_id AS row_key, 'law' AS column_name, law || ' in ' || country AS found
FROM election
WHERE law <> 'none' AND NOT starts_with(law, lower(country) || '-')
ORDER BY row_key
