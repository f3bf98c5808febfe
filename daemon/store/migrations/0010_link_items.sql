-- The check items of links at a round: findings that are not ok, and limits that were not the usual ones. As
-- round_item and round_limit are for devices.
CREATE TABLE round_link_item (
    round       INTEGER NOT NULL,
    link        INTEGER NOT NULL,               -- round_link.position
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
    PRIMARY KEY (round, link, position),
    FOREIGN KEY (round, link) REFERENCES round_link ON DELETE CASCADE,
    CHECK (verdict = 'warning' OR verdict = 'critical' OR verdict = 'unknown'),
    CHECK ((reason IS NULL) = (reason_with IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE round_link_limit (
    round    INTEGER NOT NULL,
    link     INTEGER NOT NULL,                  -- round_link.position
    item     TEXT NOT NULL,
    warning  REAL,
    critical REAL,
    PRIMARY KEY (round, link, item),
    FOREIGN KEY (round, link) REFERENCES round_link ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
