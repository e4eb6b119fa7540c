-- Assessments of a migration (content is the JSON of the profile, which may still have wrong
-- fields). version is 1 at first and raised by every change.
CREATE TABLE assessment (
    key        TEXT PRIMARY KEY, -- the name in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What an assessment came to, each time that it was made: the figures are kept, so that an old
-- result never changes.
CREATE TABLE assessment_result (
    id         INTEGER PRIMARY KEY,
    assessment TEXT NOT NULL REFERENCES assessment (key) ON DELETE CASCADE,
    version    INTEGER NOT NULL, -- of the profile
    as_of      TEXT NOT NULL,    -- the day that stood for today
    made_at    TEXT NOT NULL,
    made_by    TEXT NOT NULL,
    result     TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX assessment_result_assessment ON assessment_result (assessment, id);
