-- severity: error
-- rule: Valid, blank and null ballots add up to the ballots cast, which are not more than the registered voters.
-- why: Turnout and the share of blank ballots are read from these columns.
-- remedy: Compare with the proclamation.
SELECT 'contest' AS table_name, contest_id AS row_key, 'voters' AS column_name,
  concat_ws(', ', 'registered ' || registered, 'voters ' || voters, 'blank ' || blank, 'null ' || null_votes,
    'blank and null ' || blank_null, 'valid ' || valid) AS found
FROM contest
-- Wider integers: a mistyped count must be found, not overflow.
WHERE valid::BIGINT + blank_null <> voters OR blank::BIGINT + null_votes <> blank_null OR voters > registered
ORDER BY row_key
