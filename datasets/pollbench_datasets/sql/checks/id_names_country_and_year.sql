-- severity: warning
-- rule: The id of an election that starts with the code of a country names its own, and one that holds a year its own.
-- why: Rules of a country and the laws of mentions are chosen by the country, ages and horizons by the year.
-- remedy: Correct country or year in election.toml, or the id.

-- The codes are those of the elections and forecasters that come with PollBench; an id may name no country at all.
SELECT 'election' AS table_name, election_id AS row_key, 'election_id' AS column_name, country || ', ' || year AS found
FROM election
WHERE (regexp_matches(election_id, '^[a-z]{2}-') AND NOT list_contains(string_split(election_id, '-'), lower(country)))
  OR (regexp_matches(election_id, '(19|20)[0-9]{2}') AND NOT contains(election_id, year::VARCHAR))
ORDER BY row_key
