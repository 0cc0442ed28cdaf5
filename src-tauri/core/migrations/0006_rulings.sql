-- Since when a verdict holds: what was learnt is looked at later. NULL where it was given before this was written down.
ALTER TABLE ruling ADD COLUMN at TEXT;
