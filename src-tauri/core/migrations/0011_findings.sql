-- What the flags said when a case was opened from them: flags are looked for anew, and a letter must not change with them.
ALTER TABLE dispute ADD COLUMN findings TEXT NOT NULL DEFAULT '[]';
