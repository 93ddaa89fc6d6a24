-- Views over the tables. Shares are derived from votes here and nowhere else.

CREATE VIEW oracle AS
SELECT
  contest_id,
  candidate_id,
  votes,
  coalesce(100.0::DOUBLE * votes / sum(votes) OVER (PARTITION BY contest_id), share_pct::DOUBLE) AS share_pct,
  votes IS NULL AND share_pct IS NOT NULL AS rounded,
  seats,
  rank() OVER (
    PARTITION BY contest_id ORDER BY votes DESC NULLS LAST, share_pct DESC NULLS LAST, seats DESC NULLS LAST
  ) AS rank
FROM result;
COMMENT ON VIEW oracle IS 'The result in the shape of a forecast that knew: share of the valid votes, per cent (rounded where only shares are printed; empty where only seats are), seats, and rank.';

-- When a figure was public, and how old it was at the vote.
--   A month or a year stands for its last day, or for the eve of the vote if that is earlier.
--   A price counts from the day at which it stood, wherever it was reported later.
--   A poll without a day of publication appeared the day after its fieldwork (the median lag where it
--   is known), at the latest on the last day on which polls may appear.
--   A figure of which neither is known counts from the day it was first seen.
CREATE VIEW forecast_day AS
WITH dated AS (
  SELECT
    f.*,
    o.name,
    o.house,
    o.family,
    o.kind,
    is_poll(o.family, o.kind) AS is_poll,
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
    WHEN measured_to IS NULL THEN first_seen_on
    ELSE greatest(measured_to, least(measured_to + 1, last_poll_day))
  END AS public_on,
  day - coalesce(measured_to, public_on) AS age_days,
  date_diff('day',
    coalesce(measured_from, measured_to, public_on),
    day) / 2.0 + date_diff('day', coalesce(measured_to, measured_from, public_on), day) / 2.0 AS horizon_days,
  -- Which of two forecasts is the later one, here and nowhere else: latest end of measurement (else
  -- publication), then later start, later release, larger sample, id. The last of any set has the highest.
  row_number() OVER (
    ORDER BY
      coalesce(measured_to, public_on),
      coalesce(measured_from, measured_to, public_on),
      release,
      sample_size NULLS FIRST,
      forecast_id
  ) AS recency
FROM dated d;
COMMENT ON VIEW forecast_day IS 'Forecasts with their forecaster, the day they were public, their age at the vote (from the last day measured) and horizon (from the middle of the fieldwork), in days, and their rank in time (recency: the last of any set has the highest).';

-- Every printed figure as the policies read it, one column a policy, here and nowhere else. A share printed
-- "<0.5" is half of it, zero or a bound; anything else printed as below or above is a bound. A bound is empty.
CREATE VIEW reading AS
SELECT
  p.forecast_id,
  p.candidate_id,
  p.value::DOUBLE AS printed,
  p.lower::DOUBLE AS lower,
  p.upper::DOUBLE AS upper,
  coalesce(p.flag::VARCHAR, '') AS flag,
  f.unit = 'share_pct' AND p.flag = 'lt' AND p.value = 0.5 AS below_half,
  CASE WHEN p.flag IN ('lt', 'gt') THEN NULL ELSE p.value::DOUBLE END AS bound,
  CASE WHEN below_half THEN 0.25 ELSE bound END AS half,
  CASE WHEN below_half THEN 0.0 ELSE bound END AS zero
FROM prediction p
JOIN forecast f USING (forecast_id);
COMMENT ON VIEW reading IS 'Every printed figure as printed, and as each policy reads it (columns half, zero and bound); empty where it is a bound.';

-- Which candidates are the main ones where an election names none: from the last poll of each house that
-- asked about the line-up that stood. Chosen before "last": an old line-up may be a house's latest figure.
CREATE VIEW final_poll AS
SELECT * FROM forecast_day
WHERE survey IS NOT NULL AND lineup = 'final' AND quantity = 'vote_share' AND status <> 'index' AND condition IS NULL;
COMMENT ON VIEW final_poll IS 'Polls of the vote for the line-up that stood, one row a question, with the day they were public.';

CREATE VIEW last_polls_mean AS
WITH house_last AS (
  SELECT contest_id, forecast_id
  FROM final_poll
  WHERE public_on <= day
  QUALIFY row_number() OVER (PARTITION BY contest_id, house ORDER BY recency DESC) = 1
)
SELECT l.contest_id, r.candidate_id, avg(r.half) AS mean_pct, count(*) AS houses
FROM house_last l
JOIN reading r USING (forecast_id)
GROUP BY ALL;
COMMENT ON VIEW last_polls_mean IS 'Mean of the houses'' last polls of the line-up that stood, all houses alike, per cent.';
