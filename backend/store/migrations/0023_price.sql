-- What the price lists of the providers said when a person last asked for it, in place of prices that the program carries.
-- Results of assessments keep what they were made with.
CREATE TABLE price (
    id      INTEGER PRIMARY KEY, -- 1: one set of prices counts at a time
    version INTEGER NOT NULL, -- raised by every change
    read_at TEXT NOT NULL,
    read_by TEXT NOT NULL,
    content TEXT NOT NULL -- JSON: the quotes, each with its day
) STRICT;
