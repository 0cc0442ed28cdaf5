-- The readings as they are packed now take the place of those before.
DROP TABLE reading;
ALTER TABLE packed_reading RENAME TO reading;
CREATE INDEX reading_later ON reading (transaction_id) WHERE transaction_id <> id;
ALTER TABLE sighting DROP COLUMN raw;
