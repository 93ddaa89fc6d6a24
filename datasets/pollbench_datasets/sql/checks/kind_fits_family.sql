-- severity: error
-- rule: The kind of a forecaster is one of its family.
-- why: Families are compared with each other; a wrong kind moves a forecaster to the other side.
-- remedy: Correct family or kind.

-- An expert may read tweets (buzz) or polls (model); a mixed model may be built on either.
SELECT 'forecaster' AS table_name, forecaster_id AS row_key, 'kind' AS column_name, kind || ' as ' || family AS found
FROM forecaster
WHERE NOT list_contains(CASE family
    WHEN 'poll' THEN ['quota_poll', 'random_poll', 'poll_average']
    WHEN 'market' THEN ['prediction_market']
    WHEN 'buzz' THEN ['share_of_voice', 'social_audience', 'net_sentiment', 'rating_app', 'open_web_vote',
      'search_volume', 'account_panel', 'digital_index', 'mixed_model', 'expert']
    ELSE ['statistical_model', 'mixed_model', 'language_model', 'synthetic_population', 'expert']
  END, kind::VARCHAR)
ORDER BY row_key
