-- What SNMP tells: check items believed to be wrong, and what a round knew of each device.

-- One that is not here is ok. Doubts are not kept: after a restart the next two looks decide.
CREATE TABLE item_belief (
    subject     INTEGER NOT NULL REFERENCES subject,
    item        TEXT NOT NULL,
    instance    TEXT NOT NULL,                  -- '': there is one
    verdict     TEXT NOT NULL,
    since_ms    INTEGER NOT NULL,
    reason      TEXT,
    reason_with TEXT,
    PRIMARY KEY (subject, item, instance),
    CHECK (verdict = 'warning' OR verdict = 'critical'),
    CHECK ((reason IS NULL) = (reason_with IS NULL))
) STRICT, WITHOUT ROWID;

-- What the device told of itself, as JSON, without its ports and neighbours. NULL: nothing.
ALTER TABLE round_device ADD COLUMN facts TEXT;

-- The findings of a round that are not ok.
CREATE TABLE round_item (
    round       INTEGER NOT NULL,
    device      INTEGER NOT NULL,               -- round_device.position
    position    INTEGER NOT NULL,
    item        TEXT NOT NULL,
    instance    TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    value       REAL,                           -- NULL: a state
    unit        TEXT NOT NULL,
    threshold   REAL,
    reason      TEXT,
    reason_with TEXT,
    evidence_ms INTEGER NOT NULL,
    PRIMARY KEY (round, device, position),
    FOREIGN KEY (round, device) REFERENCES round_device ON DELETE CASCADE,
    CHECK (verdict = 'warning' OR verdict = 'critical' OR verdict = 'unknown'),
    CHECK ((reason IS NULL) = (reason_with IS NULL))
) STRICT, WITHOUT ROWID;
