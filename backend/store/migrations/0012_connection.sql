-- Places that bills come from by themselves (content is JSON: kind, settings, which secrets the
-- keychain has; never a secret). version is 1 at first and raised by every change.
CREATE TABLE connection (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was last brought in of each month of each data set of a connection.
CREATE TABLE synced (
    connection TEXT NOT NULL, -- id of the connection
    data_set   TEXT NOT NULL,
    month      TEXT NOT NULL, -- YYYY-MM; '' = the place tells no months apart
    state      TEXT NOT NULL, -- the versions of its files
    import_id  INTEGER NOT NULL, -- 0 = every file was known
    files      INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    synced_at  TEXT NOT NULL,
    PRIMARY KEY (connection, data_set, month)
) STRICT, WITHOUT ROWID;

-- Every attempt to sync a connection. One that was killed has no end.
CREATE TABLE sync_run (
    id         INTEGER PRIMARY KEY,
    connection TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at   TEXT NOT NULL, -- '' while it runs
    state      TEXT NOT NULL, -- running, done, failed, cancelled
    months     INTEGER NOT NULL, -- that were brought in
    files      INTEGER NOT NULL,
    lines      INTEGER NOT NULL,
    calls      INTEGER NOT NULL,
    retries    INTEGER NOT NULL,
    received   INTEGER NOT NULL, -- bytes
    note       TEXT NOT NULL -- what went wrong, or what changed
) STRICT;
CREATE INDEX sync_run_connection ON sync_run (connection, id);

-- Every host that was contacted, and for what.
CREATE TABLE contact (
    host     TEXT NOT NULL,
    purpose  TEXT NOT NULL,
    calls    INTEGER NOT NULL,
    sent     INTEGER NOT NULL, -- bytes of bodies
    received INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at  TEXT NOT NULL,
    PRIMARY KEY (host, purpose)
) STRICT, WITHOUT ROWID;
