-- By which limits a round judged a device's items, where they were not the usual ones. Both NULL: not judged.
CREATE TABLE round_limit (
    round    INTEGER NOT NULL,
    device   INTEGER NOT NULL,                  -- round_device.position
    item     TEXT NOT NULL,
    warning  REAL,
    critical REAL,
    PRIMARY KEY (round, device, item),
    FOREIGN KEY (round, device) REFERENCES round_device ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
