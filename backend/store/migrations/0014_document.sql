-- Documents of the client: inventories, metrics and recommendations of the providers. content is JSON: what the file is, of which
-- accounts, regions and day. version is 1 at first and raised by every change of it.
CREATE TABLE document (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The files themselves, which never change.
CREATE TABLE document_file (
    document TEXT PRIMARY KEY REFERENCES document (key) ON DELETE CASCADE,
    hash     TEXT NOT NULL UNIQUE, -- SHA-256 of the file, in hexadecimal
    data     BLOB NOT NULL -- gzip
) STRICT;
