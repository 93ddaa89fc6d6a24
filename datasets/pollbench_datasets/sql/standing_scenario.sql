-- Who is assumed to stand while no ballot is known: filled by the builder, from no CSV file. The candidates of that
-- scenario stand in for the ballot, and the polls that asked about it count as polls of the line-up that stands.
CREATE TABLE standing_scenario (
  contest_id VARCHAR PRIMARY KEY,
  scenario_id VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  chosen BOOLEAN NOT NULL,
  surveys INTEGER NOT NULL
);
COMMENT ON TABLE standing_scenario IS 'Scenario that stands in for the ballot of a contest whose ballot is not known; made by the builder.';
COMMENT ON COLUMN standing_scenario.contest_id IS 'The contest.';
COMMENT ON COLUMN standing_scenario.scenario_id IS 'The scenario.';
COMMENT ON COLUMN standing_scenario.title IS 'What it supposes.';
COMMENT ON COLUMN standing_scenario.chosen IS 'Asked for by name; false = the one that most surveys asked about of late.';
COMMENT ON COLUMN standing_scenario.surveys IS 'Surveys that asked about it.';
