-- What the provider charges for the calls of a sync, in words, and what it changed, as JSON; '' = nothing.
ALTER TABLE sync_run ADD COLUMN charged TEXT NOT NULL DEFAULT '';
ALTER TABLE sync_run ADD COLUMN changes TEXT NOT NULL DEFAULT '';
