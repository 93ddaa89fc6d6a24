-- The tables of PollBench. One CSV file a table; the columns of the file are the columns here, in
-- this order. Enumerations, keys, references and digits are stated here and nowhere else: the
-- loader reads them from the catalogue of an empty database made by this file.
--
-- A column that may be empty, or that has a DEFAULT, may be left out of a file: all its values are then
-- empty. An empty value of a column with a DEFAULT is that default.
--
-- Conventions. Shares, probabilities and approvals are per cent (0 to 100). Days are ISO dates.
-- Empty = not known. Lists (candidates, sources, sponsors excepted) stand in one field, separated
-- by spaces, the main one first; a check proves that each exists.

CREATE TYPE family AS ENUM ('poll', 'buzz', 'market', 'model', 'baseline');
CREATE TYPE kind AS ENUM ('quota_poll', 'random_poll', 'poll_average', 'share_of_voice', 'social_audience',
  'net_sentiment', 'rating_app', 'open_web_vote', 'search_volume', 'prediction_market', 'statistical_model', 'expert',
  'account_panel', 'digital_index', 'language_model', 'synthetic_population', 'mixed_model');
-- Who is a poll of its own: of the family of polls, and no average of others. Views and checks ask this.
CREATE MACRO is_poll(family, kind) AS family = 'poll' AND kind <> 'poll_average';
CREATE TYPE candidate_kind AS ENUM ('person', 'party', 'answer');
CREATE TYPE answer AS ENUM ('yes', 'no', 'partly', 'unknown');
CREATE TYPE known AS ENUM ('yes', 'no', 'unknown');
-- The words of a mechanism are the files of pollbench/manipulation/mechanisms: the loader asks their registry.
CREATE TYPE quantity AS ENUM ('vote_share', 'digital_share', 'share_of_voice', 'approval', 'audience',
  'message_volume', 'rank', 'seats', 'win_probability', 'runoff_probability', 'event');
CREATE TYPE unit AS ENUM ('share_pct', 'probability_pct', 'approval_pct', 'growth_pct', 'time_pct', 'count', 'rank', 'points', 'seats');
CREATE TYPE status AS ENUM ('forecast', 'claimed', 'index');
CREATE TYPE precision_of_day AS ENUM ('day', 'month', 'year');
CREATE TYPE seen_basis AS ENUM ('dated', 'text', 'archive', 'ledger', 'corroborated', 'said');
CREATE TYPE date_basis AS ENUM ('fieldwork', 'fieldwork_end', 'publication_or_fieldwork_end');
CREATE TYPE transcription AS ENUM ('single', 'double', 'disputed');
CREATE TYPE confidence AS ENUM ('high', 'medium', 'low');
CREATE TYPE printed_as AS ENUM ('lt', 'gt', 'about', 'computed', 'derived');
CREATE TYPE outcome_type AS ENUM ('leader', 'qualified_pair', 'qualifies', 'eliminated', 'winner', 'order', 'share_band', 'margin');
CREATE TYPE evidence_class AS ENUM ('F', 'D', 'A', 'U');
CREATE TYPE grade AS ENUM ('documented', 'alleged', 'hypothetical');
CREATE TYPE transfer_question AS ENUM ('intention', 'day_of_vote');
CREATE TYPE transfer_base AS ENUM ('all', 'unknown');
CREATE TYPE claim_kind AS ENUM ('vote_share', 'buzz_share', 'probability', 'seats', 'winner_call', 'approval', 'order');
CREATE TYPE public_before AS ENUM ('corroborated', 'said', 'none');
CREATE TYPE method AS ENUM ('search', 'tone', 'share_of_voice', 'audience', 'account_panel', 'digital_index', 'mixed_model',
  'open_vote', 'market', 'betting', 'statistical_model', 'agent_model', 'llm_agents', 'llm_chatbot', 'human_swarm', 'survey',
  'expert_crowd');
CREATE TYPE unit_printed AS ENUM ('pct', 'seats', 'electoral_votes', 'points', 'index', 'count', 'rank', 'winner', 'contests',
  'chatbots', 'ratio', 'per_minute', 'two_party_pct');
CREATE TYPE qualifier AS ENUM ('exact', 'over', 'about', 'middle-of-a-range', 'range', 'lead');
CREATE TYPE coder AS ENUM ('first', 'second', 'later');
CREATE TYPE verdict AS ENUM ('holds', 'rounding', 'approximate', 'contradicted', 'unverifiable');

CREATE TABLE source (
  source_id VARCHAR PRIMARY KEY,
  title VARCHAR NOT NULL,
  publisher VARCHAR,
  url VARCHAR,
  published_on VARCHAR,
  licence VARCHAR,
  retrieved_from VARCHAR,
  accessed VARCHAR,
  note VARCHAR
);
COMMENT ON TABLE source IS 'Where every figure comes from; sources.csv.';
COMMENT ON COLUMN source.source_id IS 'Key that the sources columns of other tables name.';
COMMENT ON COLUMN source.title IS 'Title of the page, article, file or study (may be shortened).';
COMMENT ON COLUMN source.publisher IS 'Who published it.';
COMMENT ON COLUMN source.url IS 'Address, where one is known.';
COMMENT ON COLUMN source.published_on IS 'Day, month or year of publication, as precise as known.';
COMMENT ON COLUMN source.licence IS 'Licence under which the figures were found; facts = only facts were taken.';
COMMENT ON COLUMN source.retrieved_from IS 'Through what it was read (web page, public repository, second-hand).';
COMMENT ON COLUMN source.accessed IS 'Day on which it was read, empty where nobody noted it.';
COMMENT ON COLUMN source.note IS 'Remark.';

CREATE TABLE person (
  candidate_id VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  kind candidate_kind NOT NULL DEFAULT 'person'
);
COMMENT ON TABLE person IS 'Every person, party or answer tested or quoted, on a ballot or not; people.csv.';
COMMENT ON COLUMN person.candidate_id IS 'Key, the same in all elections.';
COMMENT ON COLUMN person.name IS 'Full name.';
COMMENT ON COLUMN person.kind IS 'person, party, or answer to the question of a referendum; empty = person.';

CREATE TABLE forecaster (
  forecaster_id VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  house VARCHAR NOT NULL,
  family family NOT NULL,
  kind kind NOT NULL,
  country VARCHAR,
  operator VARCHAR,
  partners VARCHAR,
  alignment VARCHAR,
  measures VARCHAR NOT NULL,
  population VARCHAR,
  quota answer NOT NULL,
  identity_check answer NOT NULL,
  rule_disclosed answer NOT NULL,
  mechanism VARCHAR NOT NULL,
  sources VARCHAR NOT NULL,
  note VARCHAR
);
COMMENT ON TABLE forecaster IS 'Who published figures about an election before the vote; forecasters.csv.';
COMMENT ON COLUMN forecaster.forecaster_id IS 'Key.';
COMMENT ON COLUMN forecaster.name IS 'Name under which the figures appeared.';
COMMENT ON COLUMN forecaster.house IS 'Firm behind several names (Sofres, TNS Sofres, Kantar; Filteris, Qotmii).';
COMMENT ON COLUMN forecaster.family IS 'poll, buzz, market, model or baseline.';
COMMENT ON COLUMN forecaster.kind IS 'Finer than family; a poll_average repeats the polls: shown with them, left out of tests between families.';
COMMENT ON COLUMN forecaster.country IS 'Country of the firm.';
COMMENT ON COLUMN forecaster.operator IS 'Who ran it.';
COMMENT ON COLUMN forecaster.partners IS 'Who worked with it or published it.';
COMMENT ON COLUMN forecaster.alignment IS 'Documented ties, each with its source; none documented is not proof of none.';
COMMENT ON COLUMN forecaster.measures IS 'What its figures count.';
COMMENT ON COLUMN forecaster.population IS 'Who can be counted.';
COMMENT ON COLUMN forecaster.quota IS 'Is the composition of the sample controlled?';
COMMENT ON COLUMN forecaster.identity_check IS 'Is the identity of those counted checked?';
COMMENT ON COLUMN forecaster.rule_disclosed IS 'Is the rule that makes the figure public?';
COMMENT ON COLUMN forecaster.mechanism IS 'Attack mechanism of its main quantity, one of those that pollbench list mechanisms names, or none; a forecast may name another.';
COMMENT ON COLUMN forecaster.sources IS 'Source keys, the main one first.';
COMMENT ON COLUMN forecaster.note IS 'Remark.';

CREATE TABLE election (
  election_id VARCHAR PRIMARY KEY,
  country VARCHAR NOT NULL,
  office VARCHAR NOT NULL,
  year INTEGER NOT NULL,
  title VARCHAR NOT NULL,
  revision VARCHAR NOT NULL,
  superseded_by VARCHAR,
  law VARCHAR
);
COMMENT ON TABLE election IS 'One vote for one office, in one or more rounds; election.toml, or elections.csv in a folder that holds many.';
COMMENT ON COLUMN election.election_id IS 'Key, also the name of its folder, unless the folder holds many elections.';
COMMENT ON COLUMN election.country IS 'ISO country code.';
COMMENT ON COLUMN election.office IS 'What was voted on.';
COMMENT ON COLUMN election.year IS 'Year of the vote.';
COMMENT ON COLUMN election.title IS 'Name in English.';
COMMENT ON COLUMN election.revision IS 'Revision of its data, carried as dataset_revision by every score.';
COMMENT ON COLUMN election.superseded_by IS 'Election id of a repaired data set, if there is one.';
COMMENT ON COLUMN election.law IS 'Law that says which mentions its polls carry, a file of laws/; empty = none is known.';

CREATE TABLE contest (
  contest_id VARCHAR PRIMARY KEY,
  election_id VARCHAR NOT NULL REFERENCES election (election_id),
  round INTEGER NOT NULL CHECK (round >= 1),
  day DATE NOT NULL,
  advance INTEGER NOT NULL CHECK (advance >= 1),
  registered INTEGER CHECK (registered >= 0),
  voters INTEGER CHECK (voters >= 0),
  blank INTEGER CHECK (blank >= 0),
  null_votes INTEGER CHECK (null_votes >= 0),
  blank_null INTEGER CHECK (blank_null >= 0),
  valid INTEGER CHECK (valid > 0),
  sources VARCHAR NOT NULL,
  note VARCHAR,
  UNIQUE (election_id, round)
);
COMMENT ON TABLE contest IS 'One round of an election; contests.csv.';
COMMENT ON COLUMN contest.contest_id IS 'Key: election and round (fr-pres-2017-r1).';
COMMENT ON COLUMN contest.election_id IS 'The election.';
COMMENT ON COLUMN contest.round IS 'Number of the round, from 1.';
COMMENT ON COLUMN contest.day IS 'Day of the vote.';
COMMENT ON COLUMN contest.advance IS 'How many advance: 2 = the first two go to the run-off, 1 = elected.';
COMMENT ON COLUMN contest.registered IS 'Registered voters.';
COMMENT ON COLUMN contest.voters IS 'Ballots cast.';
COMMENT ON COLUMN contest.blank IS 'Blank ballots, where counted apart (since 2014).';
COMMENT ON COLUMN contest.null_votes IS 'Null ballots, where counted apart (since 2014).';
COMMENT ON COLUMN contest.blank_null IS 'Blank and null ballots together.';
COMMENT ON COLUMN contest.valid IS 'Valid votes; empty while nobody has voted.';
COMMENT ON COLUMN contest.sources IS 'Source keys.';
COMMENT ON COLUMN contest.note IS 'Remark.';

CREATE TABLE candidate (
  contest_id VARCHAR NOT NULL REFERENCES contest (contest_id),
  candidate_id VARCHAR NOT NULL REFERENCES person (candidate_id),
  party VARCHAR,
  ballot_order INTEGER,
  bloc VARCHAR,
  PRIMARY KEY (contest_id, candidate_id)
);
COMMENT ON TABLE candidate IS 'Who stands in a contest; candidates.csv.';
COMMENT ON COLUMN candidate.contest_id IS 'The contest.';
COMMENT ON COLUMN candidate.candidate_id IS 'The person.';
COMMENT ON COLUMN candidate.party IS 'Party, abbreviated; in a collection that lists both, the option (party, alliance) to whose votes those of this one belong.';
COMMENT ON COLUMN candidate.ballot_order IS 'Place on the official list, where a source gives it.';
COMMENT ON COLUMN candidate.bloc IS 'Bloc for previous-election baselines: an assumption of PollBench, not a fact; empty = no predecessor.';

CREATE TABLE result (
  contest_id VARCHAR NOT NULL,
  candidate_id VARCHAR NOT NULL,
  votes INTEGER CHECK (votes >= 0),
  share_pct DECIMAL(5, 2) CHECK (share_pct BETWEEN 0 AND 100),
  seats INTEGER CHECK (seats >= 0),
  sources VARCHAR NOT NULL,
  PRIMARY KEY (contest_id, candidate_id),
  FOREIGN KEY (contest_id, candidate_id) REFERENCES candidate (contest_id, candidate_id)
);
COMMENT ON TABLE result IS 'Votes counted, or the share where only that is printed, and seats won; results.csv. Shares of votes are derived in the view oracle, so no rounding is argued about.';
COMMENT ON COLUMN result.contest_id IS 'The contest.';
COMMENT ON COLUMN result.candidate_id IS 'The candidate.';
COMMENT ON COLUMN result.votes IS 'Votes; empty where only shares or seats are printed.';
COMMENT ON COLUMN result.share_pct IS 'Share of the valid votes as printed, rounded, per cent: only where the votes are not known.';
COMMENT ON COLUMN result.seats IS 'Seats or electoral votes won, where they are voted on.';
COMMENT ON COLUMN result.sources IS 'Source keys.';

CREATE TABLE department_result (
  contest_id VARCHAR NOT NULL,
  dept_code VARCHAR NOT NULL,
  department VARCHAR NOT NULL,
  candidate_id VARCHAR NOT NULL,
  votes INTEGER NOT NULL CHECK (votes >= 0),
  registered INTEGER CHECK (registered > 0),
  abstentions INTEGER CHECK (abstentions >= 0),
  blank INTEGER CHECK (blank >= 0),
  null_votes INTEGER CHECK (null_votes >= 0),
  blank_null INTEGER CHECK (blank_null >= 0),
  sources VARCHAR NOT NULL,
  PRIMARY KEY (contest_id, dept_code, candidate_id),
  FOREIGN KEY (contest_id, candidate_id) REFERENCES candidate (contest_id, candidate_id)
);
COMMENT ON TABLE department_result IS 'Votes by department or territory; departments.csv.';
COMMENT ON COLUMN department_result.contest_id IS 'The contest.';
COMMENT ON COLUMN department_result.dept_code IS 'Code of the department or territory used by the ministry.';
COMMENT ON COLUMN department_result.department IS 'Its name.';
COMMENT ON COLUMN department_result.candidate_id IS 'The candidate.';
COMMENT ON COLUMN department_result.votes IS 'Votes.';
COMMENT ON COLUMN department_result.registered IS 'Registered voters of the department, the same in all its rows of a contest.';
COMMENT ON COLUMN department_result.abstentions IS 'Registered voters of the department who cast no ballot.';
COMMENT ON COLUMN department_result.blank IS 'Blank ballots of the department, where counted apart.';
COMMENT ON COLUMN department_result.null_votes IS 'Null ballots of the department, where counted apart.';
COMMENT ON COLUMN department_result.blank_null IS 'Blank and null ballots of the department together.';
COMMENT ON COLUMN department_result.sources IS 'Source keys.';

CREATE TABLE scenario (
  election_id VARCHAR NOT NULL REFERENCES election (election_id),
  scenario_id VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  candidates VARCHAR NOT NULL,
  since DATE,
  until DATE,
  sources VARCHAR NOT NULL,
  PRIMARY KEY (election_id, scenario_id)
);
COMMENT ON TABLE scenario IS 'Named line-ups that are polled before the ballot is known; scenarios.csv.';
COMMENT ON COLUMN scenario.election_id IS 'The election.';
COMMENT ON COLUMN scenario.scenario_id IS 'Key within the election.';
COMMENT ON COLUMN scenario.title IS 'What it supposes, in a few words.';
COMMENT ON COLUMN scenario.candidates IS 'Exactly who stands in it.';
COMMENT ON COLUMN scenario.since IS 'First day on which it was thinkable, where one is known.';
COMMENT ON COLUMN scenario.until IS 'Last such day: one of them withdrew, or the ballot became known.';
COMMENT ON COLUMN scenario.sources IS 'Source keys, the main one first.';

CREATE TABLE forecast (
  forecast_id VARCHAR PRIMARY KEY,
  forecaster_id VARCHAR NOT NULL REFERENCES forecaster (forecaster_id),
  contest_id VARCHAR NOT NULL REFERENCES contest (contest_id),
  quantity quantity NOT NULL,
  unit unit NOT NULL,
  status status NOT NULL,
  survey VARCHAR,
  measured_from DATE,
  measured_to DATE,
  date_basis date_basis,
  published_on DATE,
  published_precision precision_of_day,
  release INTEGER NOT NULL CHECK (release >= 1),
  last_release answer NOT NULL,
  recalled BOOLEAN NOT NULL,
  condition VARCHAR,
  mode VARCHAR,
  sampling VARCHAR,
  base VARCHAR,
  sample_size INTEGER CHECK (sample_size BETWEEN 1 AND 10000000),
  sample_size_basis VARCHAR,
  expressing_n INTEGER CHECK (expressing_n BETWEEN 1 AND 10000000),
  expressing_basis VARCHAR,
  undecided_pct DECIMAL(5, 2) CHECK (undecided_pct BETWEEN 0 AND 100),
  certain_pct DECIMAL(5, 2) CHECK (certain_pct BETWEEN 0 AND 100),
  sponsors VARCHAR,
  lineup VARCHAR,
  complete BOOLEAN NOT NULL,
  rolling_series VARCHAR,
  rolling_thin BOOLEAN,
  mechanism VARCHAR,
  notice_url VARCHAR,
  first_seen_on DATE,
  first_seen_precision precision_of_day,
  first_seen_basis seen_basis,
  population VARCHAR,
  partisan VARCHAR,
  inputs_polls known,
  inputs_markets known,
  scenario VARCHAR,
  sources VARCHAR NOT NULL,
  transcription transcription NOT NULL,
  confidence confidence NOT NULL,
  note VARCHAR
);
COMMENT ON TABLE forecast IS 'One question put to one sample, or one release of one quantity; forecasts.csv.';
COMMENT ON COLUMN forecast.forecast_id IS 'Key: forecaster, day, letter.';
COMMENT ON COLUMN forecast.forecaster_id IS 'Who published it.';
COMMENT ON COLUMN forecast.contest_id IS 'About which round; a poll of a duel belongs to the run-off, whenever it was asked.';
COMMENT ON COLUMN forecast.quantity IS 'What the figures claim to be. win_probability: in round 1 finishing first, in the last round being elected. Only vote_share is a share of votes.';
COMMENT ON COLUMN forecast.unit IS 'Unit of its figures.';
COMMENT ON COLUMN forecast.status IS 'forecast = its author presents it as one; claimed = the author, a partner or the press used it as one; index = never presented as one.';
COMMENT ON COLUMN forecast.survey IS 'Joins the questions put to the same sample.';
COMMENT ON COLUMN forecast.measured_from IS 'First day of fieldwork or counting.';
COMMENT ON COLUMN forecast.measured_to IS 'Last day of fieldwork or counting, or the day at which a price stood.';
COMMENT ON COLUMN forecast.date_basis IS 'What the dates of a poll are: fieldwork, only its end, or a day that may be that of publication.';
COMMENT ON COLUMN forecast.published_on IS 'Day of publication; for a month or year its first day, see published_precision.';
COMMENT ON COLUMN forecast.published_precision IS 'day, month or year: a month or a year is read as its last day, at the latest the eve of the vote.';
COMMENT ON COLUMN forecast.release IS '1, 2, ... for several releases on one day.';
COMMENT ON COLUMN forecast.last_release IS 'Is it the last release of that quantity before the vote? no = a later one is known to exist.';
COMMENT ON COLUMN forecast.recalled IS 'Known only from a text written after the vote.';
COMMENT ON COLUMN forecast.condition IS 'Pair of candidates that the figure supposes, for a conditional forecast.';
COMMENT ON COLUMN forecast.mode IS 'internet, telephone (CATI), ...';
COMMENT ON COLUMN forecast.sampling IS 'quota, random digit dialling, ...';
COMMENT ON COLUMN forecast.base IS 'Population asked and base of the shares.';
COMMENT ON COLUMN forecast.sample_size IS 'Headline sample, see sample_size_basis.';
COMMENT ON COLUMN forecast.sample_size_basis IS 'Who is counted in sample_size.';
COMMENT ON COLUMN forecast.expressing_n IS 'Respondents who state an intention: the n to use for sampling error.';
COMMENT ON COLUMN forecast.expressing_basis IS 'Where expressing_n comes from.';
COMMENT ON COLUMN forecast.undecided_pct IS 'Per cent who express no intention.';
COMMENT ON COLUMN forecast.certain_pct IS 'Per cent sure of their choice.';
COMMENT ON COLUMN forecast.sponsors IS 'Who ordered or bought the poll, separated by semicolons.';
COMMENT ON COLUMN forecast.lineup IS 'final = the official list or the real duel; near-final = no one outside the list, all main ones present; x-a+b--no-c = a, b tested in addition, c absent; duel-a-v-b = another run-off.';
COMMENT ON COLUMN forecast.complete IS 'Its line-up has all its figures.';
COMMENT ON COLUMN forecast.rolling_series IS 'Rolling survey whose waves share respondents.';
COMMENT ON COLUMN forecast.rolling_thin IS 'Belongs to a subset of waves that do not overlap, counted back from the last.';
COMMENT ON COLUMN forecast.mechanism IS 'Attack mechanism, where it is not that of the forecaster.';
COMMENT ON COLUMN forecast.notice_url IS 'Address of the report or notice.';
COMMENT ON COLUMN forecast.first_seen_on IS 'Day of the earliest page that is known to carry the figure; for a month or year its first day.';
COMMENT ON COLUMN forecast.first_seen_precision IS 'day, month or year.';
COMMENT ON COLUMN forecast.first_seen_basis IS 'How that day is known: dated = printed on the page; text = its own text places it; archive = a copy stored that day; ledger = received by a protocol; corroborated, said = a page from after the vote says that it was public before, with or without another source that bears it out.';
COMMENT ON COLUMN forecast.population IS 'Who was asked: adults, registered, likely (to vote), certain (to vote), or subgroup:<which>, which is never scored as the electorate; empty = not known.';
COMMENT ON COLUMN forecast.partisan IS 'Party or camp that ordered it, where one did.';
COMMENT ON COLUMN forecast.inputs_polls IS 'Do polls of this contest enter it? empty = not asked.';
COMMENT ON COLUMN forecast.inputs_markets IS 'Do prices of a market on this contest enter it? empty = not asked.';
COMMENT ON COLUMN forecast.scenario IS 'Scenario of the election whose candidates were tested: what a poll names before the ballot is known.';
COMMENT ON COLUMN forecast.sources IS 'Source keys, the main one first.';
COMMENT ON COLUMN forecast.transcription IS 'single = one source or one coder; double = two independent sources, or two coders of one page, agree; disputed = they disagree, see dispute.';
COMMENT ON COLUMN forecast.confidence IS 'How far the transcription may be trusted.';
COMMENT ON COLUMN forecast.note IS 'Remark, doubts included.';

CREATE TABLE prediction (
  forecast_id VARCHAR NOT NULL REFERENCES forecast (forecast_id),
  candidate_id VARCHAR NOT NULL REFERENCES person (candidate_id),
  value DECIMAL(12, 2) NOT NULL,
  lower DECIMAL(12, 2),
  upper DECIMAL(12, 2),
  flag printed_as,
  PRIMARY KEY (forecast_id, candidate_id)
);
COMMENT ON TABLE prediction IS 'The published figures, as printed; predictions.csv.';
COMMENT ON COLUMN prediction.forecast_id IS 'The forecast.';
COMMENT ON COLUMN prediction.candidate_id IS 'The candidate.';
COMMENT ON COLUMN prediction.value IS 'Figure, in the unit of the forecast; a printed "<0.5" is 0.5 with flag lt.';
COMMENT ON COLUMN prediction.lower IS 'Lower end of a published interval whose level is not printed; others stand in quantile.';
COMMENT ON COLUMN prediction.upper IS 'Upper end of such an interval.';
COMMENT ON COLUMN prediction.flag IS 'lt, gt = printed as below, above; about = printed as approximate; computed = 100/odds; derived = by arithmetic on printed figures.';

CREATE TABLE quantile (
  forecast_id VARCHAR NOT NULL,
  candidate_id VARCHAR NOT NULL,
  level DECIMAL(6, 3) NOT NULL CHECK (level > 0 AND level < 100),
  value DECIMAL(12, 2) NOT NULL,
  PRIMARY KEY (forecast_id, candidate_id, level),
  FOREIGN KEY (forecast_id, candidate_id) REFERENCES prediction (forecast_id, candidate_id)
);
COMMENT ON TABLE quantile IS 'Published intervals, medians and whole distributions of a figure; quantiles.csv. An interval of 95 % is two rows, levels 2.5 and 97.5.';
COMMENT ON COLUMN quantile.forecast_id IS 'The forecast.';
COMMENT ON COLUMN quantile.candidate_id IS 'The candidate, whose figure (the median or mean that is printed) stands in prediction.';
COMMENT ON COLUMN quantile.level IS 'Probability that the result is at or below the value, per cent: 2.5, 50, 97.5.';
COMMENT ON COLUMN quantile.value IS 'The quantile, in the unit of the forecast.';

CREATE TABLE event (
  event_id VARCHAR PRIMARY KEY,
  forecast_id VARCHAR NOT NULL REFERENCES forecast (forecast_id),
  type outcome_type NOT NULL,
  candidates VARCHAR NOT NULL,
  low DECIMAL(6, 2),
  high DECIMAL(6, 2),
  value DECIMAL(12, 2) NOT NULL,
  flag printed_as,
  note VARCHAR
);
COMMENT ON TABLE event IS 'Probabilities of pairs and of bands of a share, and margins; events.csv. Whether it came true is computed.';
COMMENT ON COLUMN event.event_id IS 'Key.';
COMMENT ON COLUMN event.forecast_id IS 'The forecast (quantity event) that holds it.';
COMMENT ON COLUMN event.type IS 'What is said to happen.';
COMMENT ON COLUMN event.candidates IS 'Candidates, in order.';
COMMENT ON COLUMN event.low IS 'Lower end of a band of a share, per cent.';
COMMENT ON COLUMN event.high IS 'Upper end of a band of a share, per cent.';
COMMENT ON COLUMN event.value IS 'Probability in per cent, or points for a margin.';
COMMENT ON COLUMN event.flag IS 'As in prediction.';
COMMENT ON COLUMN event.note IS 'Remark.';

CREATE TABLE claim (
  claim_id VARCHAR PRIMARY KEY,
  forecaster_id VARCHAR NOT NULL REFERENCES forecaster (forecaster_id),
  contest_id VARCHAR NOT NULL REFERENCES contest (contest_id),
  made_on DATE NOT NULL,
  made_precision precision_of_day NOT NULL,
  type outcome_type NOT NULL,
  candidates VARCHAR NOT NULL,
  hedged BOOLEAN NOT NULL,
  recalled BOOLEAN NOT NULL,
  confidence confidence NOT NULL,
  sources VARCHAR NOT NULL,
  note VARCHAR
);
COMMENT ON TABLE claim IS 'What was announced in words; claims.csv. Whether it came true is computed.';
COMMENT ON COLUMN claim.claim_id IS 'Key.';
COMMENT ON COLUMN claim.forecaster_id IS 'Who announced it.';
COMMENT ON COLUMN claim.contest_id IS 'About which round.';
COMMENT ON COLUMN claim.made_on IS 'Day; for a month or year its first day.';
COMMENT ON COLUMN claim.made_precision IS 'day, month or year.';
COMMENT ON COLUMN claim.type IS 'What is said to happen.';
COMMENT ON COLUMN claim.candidates IS 'Candidates, in order.';
COMMENT ON COLUMN claim.hedged IS 'The author wrote could or possible.';
COMMENT ON COLUMN claim.recalled IS 'Known only from a text written after the vote.';
COMMENT ON COLUMN claim.confidence IS 'How far the transcription may be trusted.';
COMMENT ON COLUMN claim.sources IS 'Source keys, the main one first.';
COMMENT ON COLUMN claim.note IS 'Remark.';

CREATE TABLE assumption (
  assumption_id VARCHAR PRIMARY KEY,
  subject VARCHAR NOT NULL,
  parameter VARCHAR NOT NULL,
  meaning VARCHAR NOT NULL,
  value DECIMAL(18, 6),
  low DECIMAL(18, 6),
  high DECIMAL(18, 6),
  unit VARCHAR NOT NULL,
  as_of VARCHAR,
  evidence_class evidence_class NOT NULL,
  sources VARCHAR NOT NULL,
  note VARCHAR,
  election_id VARCHAR,
  country VARCHAR
);
COMMENT ON TABLE assumption IS 'Sizes, rates and prices that the manipulation model rests on; assumptions.csv, shared and of an election.';
COMMENT ON COLUMN assumption.assumption_id IS 'Key.';
COMMENT ON COLUMN assumption.subject IS 'A forecaster, a mechanism or anything named.';
COMMENT ON COLUMN assumption.parameter IS 'Name of the parameter.';
COMMENT ON COLUMN assumption.meaning IS 'What it is, in words.';
COMMENT ON COLUMN assumption.value IS 'Central value.';
COMMENT ON COLUMN assumption.low IS 'Lower end of its range.';
COMMENT ON COLUMN assumption.high IS 'Upper end of its range.';
COMMENT ON COLUMN assumption.unit IS 'Unit.';
COMMENT ON COLUMN assumption.as_of IS 'Day, month or year to which it refers.';
COMMENT ON COLUMN assumption.evidence_class IS 'Least sure of what the row holds: F = read in a source, D = derived from such, A = assumption (one end of the range is enough), U = not verifiable.';
COMMENT ON COLUMN assumption.sources IS 'Source keys, the main one first.';
COMMENT ON COLUMN assumption.note IS 'Remark.';
COMMENT ON COLUMN assumption.election_id IS 'The only election that the row holds for, where it comes before rows without one; empty = all.';
COMMENT ON COLUMN assumption.country IS 'The only country whose elections the row holds for, as in the table election; empty = all.';

CREATE TABLE evidence (
  evidence_id VARCHAR PRIMARY KEY,
  subject VARCHAR NOT NULL,
  reported VARCHAR NOT NULL,
  quantity_reported DECIMAL(18, 2),
  unit VARCHAR,
  as_of VARCHAR,
  grade grade NOT NULL,
  sources VARCHAR NOT NULL,
  note VARCHAR,
  operation VARCHAR
);
COMMENT ON TABLE evidence IS 'Documented ties and real operations, as reported; evidence.csv. Nobody is accused of anything.';
COMMENT ON COLUMN evidence.evidence_id IS 'Key.';
COMMENT ON COLUMN evidence.subject IS 'A forecaster or an operation.';
COMMENT ON COLUMN evidence.reported IS 'What was reported.';
COMMENT ON COLUMN evidence.quantity_reported IS 'Size, where a figure was reported.';
COMMENT ON COLUMN evidence.unit IS 'Unit of the size.';
COMMENT ON COLUMN evidence.as_of IS 'Day, month or year.';
COMMENT ON COLUMN evidence.grade IS 'documented, alleged or hypothetical.';
COMMENT ON COLUMN evidence.sources IS 'Source keys, the main one first.';
COMMENT ON COLUMN evidence.note IS 'Remark.';
COMMENT ON COLUMN evidence.operation IS 'The operation that the row tells of: rows of one share the word; empty = of none (a tie, a yardstick, a hypothetical, a count that nobody explains).';

CREATE TABLE figure (
  figure_id VARCHAR PRIMARY KEY,
  statement VARCHAR NOT NULL,
  stated_value VARCHAR NOT NULL,
  official_value VARCHAR,
  verdict verdict NOT NULL,
  claim_id VARCHAR REFERENCES claim (claim_id),
  sources VARCHAR NOT NULL,
  note VARCHAR
);
COMMENT ON TABLE figure IS 'Figures in circulation, checked; figures.csv.';
COMMENT ON COLUMN figure.figure_id IS 'Key.';
COMMENT ON COLUMN figure.statement IS 'What is said, in our words.';
COMMENT ON COLUMN figure.stated_value IS 'The figure in circulation.';
COMMENT ON COLUMN figure.official_value IS 'The official or best value.';
COMMENT ON COLUMN figure.verdict IS 'holds, rounding (a matter of digits), approximate (the order of magnitude), contradicted or unverifiable.';
COMMENT ON COLUMN figure.claim_id IS 'The announcement that the statement is about, if it is one; unverifiable here is unverifiable there.';
COMMENT ON COLUMN figure.sources IS 'Source keys, the main one first.';
COMMENT ON COLUMN figure.note IS 'Remark.';

CREATE TABLE transfer (
  transfer_id VARCHAR PRIMARY KEY,
  contest_id VARCHAR NOT NULL REFERENCES contest (contest_id),
  forecaster_id VARCHAR NOT NULL REFERENCES forecaster (forecaster_id),
  question transfer_question NOT NULL,
  measured_from DATE,
  measured_to DATE,
  published_on DATE,
  sample_size INTEGER CHECK (sample_size > 0),
  from_option VARCHAR NOT NULL,
  to_option VARCHAR NOT NULL,
  share_pct DECIMAL(5, 2) NOT NULL CHECK (share_pct BETWEEN 0 AND 100),
  base transfer_base NOT NULL,
  sources VARCHAR NOT NULL,
  note VARCHAR
);
COMMENT ON TABLE transfer IS 'What polls found of the voters of one round at the next; transfers.csv.';
COMMENT ON COLUMN transfer.transfer_id IS 'Key: forecaster, day, from, to.';
COMMENT ON COLUMN transfer.contest_id IS 'The round that the voters went to; the round they came from is the one before.';
COMMENT ON COLUMN transfer.forecaster_id IS 'Who asked.';
COMMENT ON COLUMN transfer.question IS 'intention = asked before the vote; day_of_vote = asked on its day.';
COMMENT ON COLUMN transfer.measured_from IS 'First day of fieldwork.';
COMMENT ON COLUMN transfer.measured_to IS 'Last day of fieldwork.';
COMMENT ON COLUMN transfer.published_on IS 'Day of publication.';
COMMENT ON COLUMN transfer.sample_size IS 'Size of the whole sample, not of the group.';
COMMENT ON COLUMN transfer.from_option IS 'What was chosen at the round before: a candidate, abstention or blank_null.';
COMMENT ON COLUMN transfer.to_option IS 'What was chosen now: a candidate, abstention, blank_null, or neither (both of them together).';
COMMENT ON COLUMN transfer.share_pct IS 'Per cent of the group, as printed.';
COMMENT ON COLUMN transfer.base IS 'all = those who choose neither are counted in the 100 (seen from the printed figures); unknown = only one figure is printed.';
COMMENT ON COLUMN transfer.sources IS 'Source keys, the main one first.';
COMMENT ON COLUMN transfer.note IS 'Remark.';

CREATE TABLE register (
  system_id VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  operator VARCHAR,
  used_by VARCHAR,
  meaning VARCHAR NOT NULL,
  claim VARCHAR,
  claimed_on VARCHAR,
  claim_sources VARCHAR,
  test VARCHAR NOT NULL,
  tested answer NOT NULL,
  tested_where VARCHAR,
  figures VARCHAR,
  sources VARCHAR NOT NULL,
  note VARCHAR
);
COMMENT ON TABLE register IS 'Systems named in reports on the campaign that published no forecast; register.csv.';
COMMENT ON COLUMN register.system_id IS 'Key.';
COMMENT ON COLUMN register.name IS 'Name of the system, or of what was found.';
COMMENT ON COLUMN register.operator IS 'Firm or organisation behind it.';
COMMENT ON COLUMN register.used_by IS 'Who is said to have used it.';
COMMENT ON COLUMN register.meaning IS 'What it does.';
COMMENT ON COLUMN register.claim IS 'What was claimed in public, in our words; empty = no claim that could be opened.';
COMMENT ON COLUMN register.claimed_on IS 'Day, month or year of the claim.';
COMMENT ON COLUMN register.claim_sources IS 'Source keys of the claim.';
COMMENT ON COLUMN register.test IS 'What would test it.';
COMMENT ON COLUMN register.tested IS 'Does PollBench test it?';
COMMENT ON COLUMN register.tested_where IS 'Page or table that does.';
COMMENT ON COLUMN register.figures IS 'Figures in circulation about it that are checked in the table figure.';
COMMENT ON COLUMN register.sources IS 'Source keys that name it, the main one first.';
COMMENT ON COLUMN register.note IS 'Remark; "not found" where no source could be opened.';

CREATE TABLE outcome (
  contest_id VARCHAR NOT NULL REFERENCES contest (contest_id),
  candidate_id VARCHAR NOT NULL REFERENCES person (candidate_id),
  elected answer,
  transcription transcription NOT NULL,
  sources VARCHAR NOT NULL,
  note VARCHAR,
  PRIMARY KEY (contest_id, candidate_id)
);
COMMENT ON TABLE outcome IS 'Whether an option won, where that is all that is printed or more than shares say, and how often the result was read; outcomes.csv.';
COMMENT ON COLUMN outcome.contest_id IS 'The contest.';
COMMENT ON COLUMN outcome.candidate_id IS 'The person, party or answer; it need not stand on the ballot (a majority, a band of seats).';
COMMENT ON COLUMN outcome.elected IS 'Did it win (was elected, came to pass)? empty = read off the shares or seats.';
COMMENT ON COLUMN outcome.transcription IS 'single = the result was read by one coder; double = read again or recomputed by a second.';
COMMENT ON COLUMN outcome.sources IS 'Source keys.';
COMMENT ON COLUMN outcome.note IS 'Remark.';

CREATE TABLE release (
  forecast_id VARCHAR PRIMARY KEY REFERENCES forecast (forecast_id),
  method method NOT NULL,
  variant VARCHAR,
  claim_kind claim_kind NOT NULL,
  claim_ambiguous known NOT NULL,
  known_before_vote known NOT NULL,
  public_before public_before,
  counted VARCHAR,
  added_by coder NOT NULL
);
COMMENT ON TABLE release IS 'How a release of the world record was coded by two readers: what a forecast cannot hold; releases.csv.';
COMMENT ON COLUMN release.forecast_id IS 'The forecast.';
COMMENT ON COLUMN release.method IS 'Kind of method of this release; one house uses several. Digital are all but market, betting, statistical_model, agent_model, llm_agents, llm_chatbot, human_swarm, survey and expert_crowd.';
COMMENT ON COLUMN release.variant IS 'Which of several readings of one release it is (parties or leaders, high or low turnout).';
COMMENT ON COLUMN release.claim_kind IS 'What the release claims to be, as it is printed: a share of talk is not sold as a share of votes.';
COMMENT ON COLUMN release.claim_ambiguous IS 'Could the claim be read as another kind?';
COMMENT ON COLUMN release.known_before_vote IS 'yes = the page that carries the figure is dated, or its own text places it, before the polls closed; no = it is from after; unknown = no day is printed, or the day of the vote without its hour.';
COMMENT ON COLUMN release.public_before IS 'What a page from after the vote says of an earlier publication: corroborated by another source, said, or none; empty = the page is from before.';
COMMENT ON COLUMN release.counted IS 'Who or what is counted.';
COMMENT ON COLUMN release.added_by IS 'Coder who came upon it; transcription of the forecast says whether the other coded it too; later = added by one coder after the first collection.';

CREATE TABLE omitted_figure (
  omission_id VARCHAR PRIMARY KEY,
  contest VARCHAR NOT NULL,
  forecaster VARCHAR,
  quantity VARCHAR NOT NULL,
  option VARCHAR NOT NULL,
  figure VARCHAR NOT NULL,
  published_on VARCHAR,
  url VARCHAR,
  reason VARCHAR NOT NULL
);
COMMENT ON TABLE omitted_figure IS 'A figure that was collected and stays out of the collection, and why; omitted_figures.csv.';
COMMENT ON COLUMN omitted_figure.omission_id IS 'Key.';
COMMENT ON COLUMN omitted_figure.contest IS 'The vote, as the collector named it.';
COMMENT ON COLUMN omitted_figure.forecaster IS 'The forecaster, as the collector named it; empty for a result.';
COMMENT ON COLUMN omitted_figure.quantity IS 'What the figure is said to be.';
COMMENT ON COLUMN omitted_figure.option IS 'The option, as the collector named it.';
COMMENT ON COLUMN omitted_figure.figure IS 'The figure as noted.';
COMMENT ON COLUMN omitted_figure.published_on IS 'Day, month or year of its page, where one is known.';
COMMENT ON COLUMN omitted_figure.url IS 'Address of its page.';
COMMENT ON COLUMN omitted_figure.reason IS 'Why it stays out.';

CREATE TABLE printed_figure (
  forecast_id VARCHAR NOT NULL REFERENCES forecast (forecast_id),
  candidate_id VARCHAR NOT NULL REFERENCES person (candidate_id),
  unit_printed unit_printed NOT NULL,
  qualifier qualifier NOT NULL,
  location VARCHAR NOT NULL,
  transcription transcription NOT NULL,
  PRIMARY KEY (forecast_id, candidate_id)
);
COMMENT ON TABLE printed_figure IS 'Where in its source a figure stands, and as what it is printed; printed_figures.csv. The figure itself stands in prediction, a lead in event.';
COMMENT ON COLUMN printed_figure.forecast_id IS 'The forecast.';
COMMENT ON COLUMN printed_figure.candidate_id IS 'The candidate; the one in front, of a lead.';
COMMENT ON COLUMN printed_figure.unit_printed IS 'Unit in which it is printed; a winner that is named is rank 1, counts of another kind are counts.';
COMMENT ON COLUMN printed_figure.qualifier IS 'exact, over, about, middle of a printed range, range (both ends are printed), or lead over the other one.';
COMMENT ON COLUMN printed_figure.location IS 'Place in the source, in our words.';
COMMENT ON COLUMN printed_figure.transcription IS 'single = read by one coder; double = read by both.';

CREATE TABLE milestone (
  milestone_id VARCHAR PRIMARY KEY,
  election_id VARCHAR NOT NULL REFERENCES election (election_id),
  day DATE NOT NULL,
  label VARCHAR NOT NULL,
  sources VARCHAR NOT NULL
);
COMMENT ON TABLE milestone IS 'Days of the campaign that time lines mark; milestones.csv.';
COMMENT ON COLUMN milestone.milestone_id IS 'Key.';
COMMENT ON COLUMN milestone.election_id IS 'The election.';
COMMENT ON COLUMN milestone.day IS 'Day.';
COMMENT ON COLUMN milestone.label IS 'A few words in English.';
COMMENT ON COLUMN milestone.sources IS 'Source keys.';

CREATE TABLE dispute (
  dispute_id VARCHAR PRIMARY KEY,
  forecast_id VARCHAR,
  field VARCHAR NOT NULL,
  value_a VARCHAR,
  source_a VARCHAR,
  value_b VARCHAR,
  source_b VARCHAR,
  chosen VARCHAR,
  reason VARCHAR
);
COMMENT ON TABLE dispute IS 'Every disagreement between sources and what was chosen; disputes.csv.';
COMMENT ON COLUMN dispute.dispute_id IS 'Key.';
COMMENT ON COLUMN dispute.forecast_id IS 'The forecast, empty where the row concerns something else (a poll that was not loaded, a result).';
COMMENT ON COLUMN dispute.field IS 'Field in dispute; share:<candidate> for a figure.';
COMMENT ON COLUMN dispute.value_a IS 'First reading.';
COMMENT ON COLUMN dispute.source_a IS 'Its source.';
COMMENT ON COLUMN dispute.value_b IS 'Second reading.';
COMMENT ON COLUMN dispute.source_b IS 'Its source.';
COMMENT ON COLUMN dispute.chosen IS 'What the data set holds.';
COMMENT ON COLUMN dispute.reason IS 'Why.';

CREATE TABLE silence (
  contest_id VARCHAR NOT NULL REFERENCES contest (contest_id),
  first_day DATE NOT NULL,
  last_day DATE NOT NULL,
  PRIMARY KEY (contest_id, first_day)
);
COMMENT ON TABLE silence IS 'Days on which no poll may appear; election.toml.';
COMMENT ON COLUMN silence.contest_id IS 'The contest.';
COMMENT ON COLUMN silence.first_day IS 'First such day.';
COMMENT ON COLUMN silence.last_day IS 'Last such day.';

CREATE TABLE candidate_set (
  contest_id VARCHAR NOT NULL REFERENCES contest (contest_id),
  name VARCHAR NOT NULL,
  candidate_id VARCHAR NOT NULL REFERENCES person (candidate_id),
  PRIMARY KEY (contest_id, name, candidate_id)
);
COMMENT ON TABLE candidate_set IS 'Named sets of candidates on which forecasters are compared; election.toml.';
COMMENT ON COLUMN candidate_set.contest_id IS 'The contest.';
COMMENT ON COLUMN candidate_set.name IS 'Name of the set: main, main4, ...';
COMMENT ON COLUMN candidate_set.candidate_id IS 'A member.';

CREATE TABLE waiver (
  check_name VARCHAR NOT NULL,
  row_key VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  PRIMARY KEY (check_name, row_key)
);
COMMENT ON TABLE waiver IS 'Exceptions to data checks, each with its reason; waivers.csv.';
COMMENT ON COLUMN waiver.check_name IS 'Name of the check.';
COMMENT ON COLUMN waiver.row_key IS 'Key of the row that is excepted.';
COMMENT ON COLUMN waiver.reason IS 'Why.';

-- The polls in which a column of the forecasts is empty: a line for a survey where most others of its house in this election
-- have it filled. Where most have not, the list that was read does not give it: a line for the house, for the election, or for
-- all elections of which no poll has it.
CREATE MACRO polls_without(cell) AS TABLE
WITH poll AS (
  SELECT f.forecast_id, f.survey, c.election_id, o.house, cell IS NULL AS empty,
    avg((cell IS NULL)::INTEGER) OVER (PARTITION BY c.election_id, o.house) AS of_house,
    avg((cell IS NULL)::INTEGER) OVER (PARTITION BY c.election_id) AS of_election
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN contest c USING (contest_id)
  WHERE f.survey IS NOT NULL
), grouped AS (
  SELECT *, CASE WHEN of_house <= 0.5 THEN survey WHEN of_election <= 0.5 THEN election_id || ' ' || house
    WHEN of_election < 1 THEN election_id ELSE '' END AS line
  FROM poll
  WHERE empty
)
SELECT min(forecast_id) AS row_key,
  CASE WHEN line = '' THEN 'empty in all ' || count(*) || ' polls of ' || count(DISTINCT election_id)
    || CASE count(DISTINCT election_id) WHEN 1 THEN ' election' ELSE ' elections' END
    WHEN line = any_value(election_id) THEN 'empty in ' || count(*) || ' polls of the election'
    WHEN line <> any_value(survey) THEN 'empty in ' || count(*) || ' polls of the house' ELSE 'empty' END AS found
FROM grouped
GROUP BY line
ORDER BY row_key;
