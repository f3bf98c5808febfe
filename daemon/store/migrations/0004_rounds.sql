-- The rounds made, each with the archive and the calendar as they were then: a report needs nothing else.
-- No order of times is demanded: the clock may be set while a round is under way.

CREATE TABLE round (
    number           INTEGER PRIMARY KEY AUTOINCREMENT,
    id               TEXT NOT NULL UNIQUE,               -- the report's number
    name             TEXT NOT NULL,
    site             TEXT NOT NULL,
    scheduled_ms     INTEGER NOT NULL,
    began_ms         INTEGER NOT NULL,
    finished_ms      INTEGER NOT NULL,
    by_hand          INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
    covered_from_ms  INTEGER NOT NULL,                   -- the data period
    covered_until_ms INTEGER NOT NULL,
    UNIQUE (name, scheduled_ms)                          -- nobody walks the same round twice
) STRICT;

CREATE INDEX round_name ON round (name);
CREATE INDEX round_began ON round (began_ms);

-- The working hours of the data period.
CREATE TABLE round_hours (
    round    INTEGER NOT NULL REFERENCES round ON DELETE CASCADE,
    position INTEGER NOT NULL,
    from_ms  INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (round, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE round_device (
    round               INTEGER NOT NULL REFERENCES round ON DELETE CASCADE,
    position            INTEGER NOT NULL,                -- archive order
    device              TEXT NOT NULL,
    name                TEXT NOT NULL,
    address             TEXT NOT NULL,
    class               TEXT NOT NULL,
    model               TEXT NOT NULL,
    department          TEXT NOT NULL,
    location            TEXT NOT NULL,
    owner               TEXT NOT NULL,
    upstream            TEXT NOT NULL,
    severity            INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
    verdict             TEXT NOT NULL,
    reason              TEXT,
    reason_with         TEXT,
    through             TEXT,
    echo_sent           INTEGER,                         -- NULL, and all echo_…: it could not be asked
    echo_received       INTEGER,
    echo_rtt_min_us     INTEGER,                         -- NULL, and the next two: nothing came back
    echo_rtt_avg_us     INTEGER,
    echo_rtt_max_us     INTEGER,
    echo_jitter_us      INTEGER,
    echo_duplicates     INTEGER,
    echo_late           INTEGER,
    echo_foreign        INTEGER,
    evidence_ms         INTEGER,
    absent_working_days INTEGER NOT NULL,
    PRIMARY KEY (round, position),
    UNIQUE (round, device),
    CHECK (verdict = 'ok' OR verdict = 'warning' OR verdict = 'critical' OR verdict = 'unknown' OR
           verdict = 'missed' OR verdict = 'off' OR verdict = 'maintenance'),
    CHECK ((reason IS NULL) = (reason_with IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE round_link (
    round           INTEGER NOT NULL REFERENCES round ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    name            TEXT NOT NULL,
    device          TEXT NOT NULL,
    interface       TEXT NOT NULL,
    carrier         TEXT NOT NULL,
    circuit         TEXT NOT NULL,
    fault_phone     TEXT NOT NULL,
    bandwidth_bps   INTEGER,
    severity        INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
    verdict         TEXT NOT NULL,
    reason          TEXT,
    reason_with     TEXT,
    echo_sent       INTEGER,
    echo_received   INTEGER,
    echo_rtt_min_us INTEGER,
    echo_rtt_avg_us INTEGER,
    echo_rtt_max_us INTEGER,
    echo_jitter_us  INTEGER,
    echo_duplicates INTEGER,
    echo_late       INTEGER,
    echo_foreign    INTEGER,
    targets         INTEGER NOT NULL,
    answered        INTEGER NOT NULL,
    dns_asked       INTEGER NOT NULL CHECK (dns_asked IN (0, 1)),
    dns_took_ms     INTEGER,
    evidence_ms     INTEGER,
    PRIMARY KEY (round, position),
    UNIQUE (round, name),
    CHECK (verdict = 'ok' OR verdict = 'warning' OR verdict = 'critical' OR verdict = 'unknown' OR
           verdict = 'missed' OR verdict = 'off' OR verdict = 'maintenance'),
    CHECK ((reason IS NULL) = (reason_with IS NULL))
) STRICT, WITHOUT ROWID;
