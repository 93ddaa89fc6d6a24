-- severity: error
-- rule: An address starts with http:// or https:// and holds no space.
-- why: Pages and notices make links of them.
-- remedy: Give the whole address, or leave it empty.
SELECT 'source' AS table_name, source_id AS row_key, 'url' AS column_name, url AS found
FROM source
WHERE NOT regexp_full_match(url, 'https?://[^ ]+')
UNION ALL
SELECT 'forecast', forecast_id, 'notice_url', notice_url
FROM forecast
WHERE NOT regexp_full_match(notice_url, 'https?://[^ ]+')
ORDER BY row_key
