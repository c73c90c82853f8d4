-- When the change of an event was published of which readers are told; later revisions told nothing of this event. Not known of
-- events that were last revised before this column was there: the revision told it.
ALTER TABLE events ADD COLUMN told BIGINT;
