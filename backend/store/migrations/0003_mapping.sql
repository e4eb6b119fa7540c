-- The mappings a person made for tables that no source recognises: which column of the table
-- is which column of FOCUS. content is the JSON form that can be exported.
CREATE TABLE mapping (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
