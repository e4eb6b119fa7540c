-- The audit log keeps what was there before and after, and a hash of each entry together with
-- the one before it; the program hashes the entries that are carried over (docs/adr/0012).
ALTER TABLE audit RENAME TO audit_old;
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    user    TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL, -- what was acted on, in words
    before  TEXT,          -- JSON, NULL = there was nothing, or it is not kept
    after   TEXT,          -- JSON, NULL = there is nothing now, or it is not kept
    hash    TEXT NOT NULL  -- SHA-256 in hexadecimal digits
) STRICT;
INSERT INTO audit (id, at, user, action, subject, hash) SELECT id, at, user, action, detail, '' FROM audit_old;
DROP TABLE audit_old;

-- A change names the version that the person saw.
ALTER TABLE invoice ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE mapping ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- Foreign keys are enforced: removing a slice looks for its bills.
CREATE INDEX bill_slice ON bill (slice_id);
