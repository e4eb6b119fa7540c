-- Which export a slice is from, and whether it speaks for its bill. A bill may be held from
-- several exports ("focus" and "aws-cur"; the actual and the amortized view of Azure); the
-- one that does not speak stands by: state superseded, standby 1.
ALTER TABLE slice ADD COLUMN export TEXT NOT NULL DEFAULT '';    -- name of the source
ALTER TABLE slice ADD COLUMN part TEXT NOT NULL DEFAULT '';      -- '' = the whole bill
ALTER TABLE slice ADD COLUMN yields_to TEXT NOT NULL DEFAULT ''; -- part that stands for this one where both are held
ALTER TABLE slice ADD COLUMN standby INTEGER NOT NULL DEFAULT 0;
UPDATE slice SET export = coalesce((SELECT CASE
    WHEN f.format LIKE 'focus%' THEN 'focus'
    WHEN f.format LIKE 'aws%' THEN 'aws-cur'
    WHEN f.format LIKE 'azure%' THEN 'azure-export'
    WHEN f.format LIKE 'gcp%' THEN 'gcp-export'
    WHEN f.format LIKE 'oci%' THEN 'oci-report'
    ELSE '' END FROM import_file AS f WHERE f.import_id = slice.import_id ORDER BY f.id LIMIT 1), '');

-- Which files gave the lines of a slice. Of older imports it is known only that it was among
-- the files of the import.
CREATE TABLE slice_file (
    slice_id INTEGER NOT NULL,
    file_id  INTEGER NOT NULL,
    PRIMARY KEY (slice_id, file_id)
) STRICT, WITHOUT ROWID;
INSERT INTO slice_file (slice_id, file_id)
SELECT slice.id, import_file.id FROM slice JOIN import_file ON import_file.import_id = slice.import_id;

-- The FOCUS columns that a file gave, by their FOCUS names; '' in older imports.
ALTER TABLE import_file ADD COLUMN focus_columns TEXT NOT NULL DEFAULT '';

-- The export that a person chose to speak for a bill.
CREATE TABLE bill_choice (
    provider        TEXT NOT NULL,
    billing_account TEXT NOT NULL,
    month           TEXT NOT NULL,
    export          TEXT NOT NULL,
    PRIMARY KEY (provider, billing_account, month)
) STRICT, WITHOUT ROWID;
-- Exports that were both let count stay so.
INSERT INTO bill_choice (provider, billing_account, month, export)
SELECT provider, billing_account, month, '*' FROM slice WHERE state = 'active' GROUP BY provider, billing_account, month HAVING count(DISTINCT export) > 1;
