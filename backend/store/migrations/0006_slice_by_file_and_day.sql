-- A slice is what one file holds of one day of a bill, from one export and in one part, so that
-- a newer export takes the place of what it lists and of nothing else (docs/adr/0009). Slices of
-- older imports hold whole bills of all files of the import (legacy = 1); what was decided among
-- them stays as it is.
ALTER TABLE slice ADD COLUMN file_id INTEGER;                      -- NULL: of the files in slice_file
ALTER TABLE slice ADD COLUMN answer TEXT NOT NULL DEFAULT '';      -- of the person who imported it: replace, add
ALTER TABLE slice ADD COLUMN areas BLOB;                           -- a sketch like that of the charges
ALTER TABLE slice ADD COLUMN legacy INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slice ADD COLUMN fixed_by INTEGER;                     -- import that replaced a legacy slice then
UPDATE slice SET legacy = 1, fixed_by = iif(state = 'superseded' AND standby = 0, replaced_by, NULL);
-- The identity of a charge is of values now, not of spellings: sketches are made again from the
-- lines before the next import.
UPDATE slice SET sketch = NULL;

-- Files that a provider delivered together, as its manifests and folders tell.
ALTER TABLE import_file ADD COLUMN series TEXT NOT NULL DEFAULT '';       -- what the delivery is a newer state of
ALTER TABLE import_file ADD COLUMN delivery TEXT NOT NULL DEFAULT '';
ALTER TABLE import_file ADD COLUMN delivered_at TEXT NOT NULL DEFAULT ''; -- orders the deliveries of a series
