-- Whose account it was that a verdict is about: a masked name belongs to many. Empty where the row named none, or was
-- answered before this was written down.
ALTER TABLE ruling ADD COLUMN account TEXT NOT NULL DEFAULT '';
