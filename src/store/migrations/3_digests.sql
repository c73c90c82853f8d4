-- What tells whether a file is the same as before; not known of files that were published before this column was there.
ALTER TABLE definitions ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE private_definitions ADD COLUMN digest TEXT NOT NULL DEFAULT '';
