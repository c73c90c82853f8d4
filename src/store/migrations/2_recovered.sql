-- Whether a ledger was lost before a release (1), so that events that this one does not know begin with a high SEQUENCE.
ALTER TABLE releases ADD COLUMN recovered BIGINT NOT NULL DEFAULT 0;
