-- Views over the tables. Shares are derived from votes here and nowhere else.

CREATE VIEW oracle AS
SELECT
  contest_id,
  candidate_id,
  votes,
  100.0::DOUBLE * votes / sum(votes) OVER (PARTITION BY contest_id) AS share_pct,
  rank() OVER (PARTITION BY contest_id ORDER BY votes DESC) AS rank
FROM result;
COMMENT ON VIEW oracle IS 'The result in the shape of a forecast that knew: share of the valid votes, per cent, and rank.';

-- When a figure was public, and how old it was at the vote.
--   A month or a year stands for its last day, or for the eve of the vote if that is earlier.
--   A price counts from the day at which it stood, wherever it was reported later.
--   A poll without a day of publication appeared the day after its fieldwork (the median lag where it
--   is known), at the latest on the last day on which polls may appear.
CREATE VIEW forecast_day AS
WITH dated AS (
  SELECT
    f.*,
    o.name,
    o.house,
    o.family,
    o.kind,
    c.election_id,
    c.round,
    c.day,
    c.advance,
    (SELECT max(p.day) FROM contest p WHERE p.election_id = c.election_id AND p.round < c.round) AS previous_round,
    coalesce((SELECT min(s.first_day) FROM silence s WHERE s.contest_id = f.contest_id), c.day) - 1 AS last_poll_day
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN contest c USING (contest_id)
)
SELECT
  d.*,
  CASE
    WHEN family = 'market' AND measured_to IS NOT NULL THEN measured_to
    WHEN published_on IS NOT NULL THEN
      CASE published_precision
        WHEN 'month' THEN least(last_day(published_on), day - 1)
        WHEN 'year' THEN least(make_date(year(published_on), 12, 31), day - 1)
        ELSE published_on
      END
    ELSE greatest(measured_to, least(measured_to + 1, last_poll_day))
  END AS public_on,
  day - coalesce(measured_to, public_on) AS age_days,
  date_diff('day',
    coalesce(measured_from, measured_to, public_on),
    day) / 2.0 + date_diff('day', coalesce(measured_to, measured_from, public_on), day) / 2.0 AS horizon_days
FROM dated d;
COMMENT ON VIEW forecast_day IS 'Forecasts with their forecaster, the day they were public, their age at the vote (from the last day measured) and horizon (from the middle of the fieldwork), in days.';

CREATE VIEW comparison AS
SELECT
  f.contest_id,
  f.forecast_id,
  f.forecaster_id,
  f.family,
  f.quantity,
  f.status,
  f.lineup,
  f.public_on,
  f.horizon_days,
  p.candidate_id,
  p.value::DOUBLE AS value,
  p.flag,
  o.share_pct AS result_pct,
  value - result_pct AS error
FROM forecast_day f
JOIN prediction p USING (forecast_id)
JOIN oracle o USING (contest_id, candidate_id)
WHERE f.quantity IN ('vote_share', 'digital_share', 'share_of_voice');
COMMENT ON VIEW comparison IS 'Every published share of someone on the ballot beside the result, before any policy; error in points, positive = overestimated. Only vote_share is a share of votes.';

CREATE VIEW coverage AS
SELECT
  f.contest_id,
  f.forecaster_id,
  f.family,
  f.quantity,
  count(DISTINCT f.forecast_id) AS forecasts,
  min(f.public_on) AS first_day,
  max(f.public_on) AS last_day,
  count(DISTINCT p.candidate_id) AS candidates
FROM forecast_day f
LEFT JOIN prediction p USING (forecast_id)
GROUP BY ALL;
COMMENT ON VIEW coverage IS 'Who published what about which contest, how often and when.';

CREATE VIEW notice AS
SELECT
  f.forecast_id,
  f.contest_id,
  o.name AS pollster,
  o.partners,
  o.family,
  o.kind,
  f.quantity,
  f.sponsors,
  f.sample_size,
  f.sample_size_basis,
  f.expressing_n,
  f.measured_from,
  f.measured_to,
  f.published_on,
  f.mode,
  f.sampling,
  f.base,
  f.lineup,
  f.rolling_series,
  f.notice_url,
  f.sources
FROM forecast f
JOIN forecaster o USING (forecaster_id);
COMMENT ON VIEW notice IS 'What the legal mentions of a poll are made of.';

CREATE VIEW provenance AS
WITH named AS (
  SELECT 'forecast' AS table_name, forecast_id AS row_key, sources FROM forecast
  UNION ALL SELECT 'result', contest_id || '/' || candidate_id, sources FROM result
  UNION ALL SELECT 'claim', claim_id, sources FROM claim
  UNION ALL SELECT 'assumption', assumption_id, sources FROM assumption
  UNION ALL SELECT 'evidence', evidence_id, sources FROM evidence
  UNION ALL SELECT 'figure', figure_id, sources FROM figure
  UNION ALL SELECT 'forecaster', forecaster_id, sources FROM forecaster
  UNION ALL SELECT 'contest', contest_id, sources FROM contest
), split AS (
  SELECT table_name, row_key, unnest(string_split(sources, ' ')) AS source_id, generate_subscripts(string_split(sources, ' '), 1) AS place
  FROM named
)
SELECT s.table_name, s.row_key, s.place, s.source_id, o.title, o.publisher, o.url, o.published_on, o.licence
FROM split s
LEFT JOIN source o USING (source_id);
COMMENT ON VIEW provenance IS 'Every row with each of its sources, the main one first.';

-- The last forecast of each forecaster and quantity about each contest that was public at the cutoff.
-- last = latest end of measurement (else publication), then later start, later release, larger sample, id.
-- eligible: a table or view with the columns of forecast_day, already cut down by the other fields of a policy.
CREATE MACRO latest_forecast(cutoff, eligible := 'forecast_day') AS TABLE
SELECT * FROM query_table(eligible)
WHERE public_on <= coalesce(cutoff, day)
QUALIFY row_number() OVER (
  PARTITION BY contest_id, forecaster_id, quantity
  ORDER BY
    coalesce(measured_to, public_on) DESC,
    coalesce(measured_from, measured_to, public_on) DESC,
    release DESC,
    sample_size DESC NULLS LAST,
    forecast_id DESC
) = 1;

-- Which candidates are the main ones where an election names none: from the last poll of each house that
-- asked about the line-up that stood. Chosen before "last": an old line-up may be a house's latest figure.
CREATE VIEW final_poll AS
SELECT * FROM forecast_day
WHERE survey IS NOT NULL AND lineup = 'final' AND quantity = 'vote_share' AND status <> 'index' AND condition IS NULL;
COMMENT ON VIEW final_poll IS 'Polls of the vote for the line-up that stood, one row a question, with the day they were public.';

CREATE VIEW last_polls_mean AS
WITH house_last AS (
  SELECT contest_id, forecast_id
  FROM latest_forecast(NULL, eligible := 'final_poll')
  QUALIFY row_number() OVER (
    PARTITION BY contest_id, house ORDER BY coalesce(measured_to, public_on) DESC, forecast_id DESC
  ) = 1
)
SELECT l.contest_id, p.candidate_id, avg(p.value)::DOUBLE AS mean_pct, count(*) AS houses
FROM house_last l
JOIN prediction p USING (forecast_id)
GROUP BY ALL;
COMMENT ON VIEW last_polls_mean IS 'Mean of the houses'' last polls of the line-up that stood, all houses alike, per cent.';
