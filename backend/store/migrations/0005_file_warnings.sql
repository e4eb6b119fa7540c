-- What was odd in a file, in sentences, as a JSON list; '[]' in older imports, which did not
-- keep it.
ALTER TABLE import_file ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';
