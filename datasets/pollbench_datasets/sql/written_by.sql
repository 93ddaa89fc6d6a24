-- Which PollBench wrote the file; filled last, by the builder, from no CSV file. A file without it, or
-- with the digest of other definitions, is refused when it is opened, not when a query fails on it.
CREATE TABLE written_by (
  version VARCHAR NOT NULL,
  schema_digest VARCHAR NOT NULL
);
COMMENT ON TABLE written_by IS 'Which PollBench wrote this file: one row, made by the builder from no CSV file.';
COMMENT ON COLUMN written_by.version IS 'Version of the package.';
COMMENT ON COLUMN written_by.schema_digest IS 'SHA-256 of the definitions of all tables and views; a file with another is of another version.';
