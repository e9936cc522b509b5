-- Streams of records, each a hash chain; beside each a chain of what happened to the process.
-- The last sequence and head of each chain stand here too, so that records missing at the end are noticed.
CREATE TABLE stream (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL UNIQUE,
    last_sequence INTEGER NOT NULL,
    head          BLOB    NOT NULL,
    last_recovery INTEGER NOT NULL,
    recovery_head BLOB    NOT NULL
) STRICT;

-- at_ticks: engine time, in 100 ns since 0001-01-01 UTC.
CREATE TABLE record (
    id        INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL REFERENCES stream (id),
    sequence  INTEGER NOT NULL CHECK (sequence > 0),
    kind      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    at_ticks  INTEGER NOT NULL,
    payload   BLOB    NOT NULL,
    hash      BLOB    NOT NULL,
    UNIQUE (stream_id, sequence)
) STRICT;

-- after_sequence: the stream's record after which it stands.
CREATE TABLE recovery (
    id             INTEGER PRIMARY KEY,
    stream_id      INTEGER NOT NULL REFERENCES stream (id),
    sequence       INTEGER NOT NULL CHECK (sequence > 0),
    kind           TEXT    NOT NULL,
    after_sequence INTEGER NOT NULL,
    at_ticks       INTEGER NOT NULL,
    payload        BLOB    NOT NULL,
    hash           BLOB    NOT NULL,
    UNIQUE (stream_id, sequence)
) STRICT;

-- chain_hash: of the last record that the state contains. checksum: over all the other columns.
CREATE TABLE snapshot (
    stream_id     INTEGER PRIMARY KEY REFERENCES stream (id),
    sequence      INTEGER NOT NULL,
    chain_hash    BLOB    NOT NULL,
    state_version INTEGER NOT NULL,
    payload       BLOB    NOT NULL,
    checksum      BLOB    NOT NULL
) STRICT;
