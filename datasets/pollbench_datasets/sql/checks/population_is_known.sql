-- severity: error
-- rule: A population is adults, registered, likely, certain or subgroup:<which>, in small letters and hyphens.
-- why: Whom a poll asked decides whether it may be compared; a word of one's own would be compared with nothing.
-- remedy: Choose one of these; put the words of the source into base.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'population' AS column_name, population AS found
FROM forecast
WHERE NOT regexp_full_match(population, 'adults|registered|likely|certain|subgroup:[a-z0-9]+(-[a-z0-9]+)*')
ORDER BY row_key
