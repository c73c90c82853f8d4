-- The ledger and the releases. The same statements serve SQLite and PostgreSQL. Instants are seconds since 1970, UTC.

-- One row, which whoever publishes takes hold of first: there is one publisher at a time.
CREATE TABLE publisher (id BIGINT NOT NULL PRIMARY KEY, turn BIGINT NOT NULL);
INSERT INTO publisher (id, turn) VALUES (1, 0);

-- One row for every release that there ever was.
CREATE TABLE releases (
    number BIGINT NOT NULL PRIMARY KEY,
    published BIGINT NOT NULL,
    -- When something that readers see last changed: of this release or of an earlier one.
    instant BIGINT NOT NULL,
    base_url TEXT NOT NULL,
    renderer TEXT NOT NULL,
    -- A digest of the definitions.
    digest TEXT NOT NULL,
    -- The release whose definitions this one restores.
    restores BIGINT,
    -- The digest of the folder that is not published again until it changes.
    set_aside TEXT,
    -- How many events have new stamps.
    revised BIGINT NOT NULL,
    -- The list of changes, as JSON.
    changes TEXT NOT NULL
);

-- The definitions as they were, from the first to the last release that has them. One that still has them has no last.
CREATE TABLE definitions (
    path TEXT NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT,
    content TEXT NOT NULL,
    PRIMARY KEY (path, first)
);
CREATE INDEX definitions_in_use ON definitions (last);

-- The same of delegates.yaml.
CREATE TABLE private_definitions (
    path TEXT NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT,
    content TEXT NOT NULL,
    PRIMARY KEY (path, first)
);

-- The timetable of the latest release, as JSON: study groups (sg12) and meetings (sg12/UID), each with the release that
-- changed it. What is gone has no content.
CREATE TABLE parts (path TEXT NOT NULL PRIMARY KEY, release BIGINT NOT NULL, content TEXT);
CREATE INDEX parts_by_release ON parts (release);

-- The delegates of the latest release, and what is remembered of their wishes.
CREATE TABLE private_parts (path TEXT NOT NULL PRIMARY KEY, release BIGINT NOT NULL, content TEXT);
CREATE TABLE private_wishes (
    delegate TEXT NOT NULL PRIMARY KEY,
    release BIGINT NOT NULL,
    print TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    modified BIGINT NOT NULL
);

-- Every UID that was ever published, with the release that changed it.
CREATE TABLE events (
    uid TEXT NOT NULL PRIMARY KEY,
    release BIGINT NOT NULL,
    meaning TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    created BIGINT NOT NULL,
    modified BIGINT NOT NULL,
    since BIGINT NOT NULL,
    is_listed BIGINT NOT NULL,
    prints TEXT NOT NULL,
    change TEXT NOT NULL
);
CREATE INDEX events_by_release ON events (release);
