-- Incidents: what is wrong and has a life. For known_after see 0002_runs.sql.

-- What never changes of an incident, and what is remembered of its condition.
CREATE TABLE incident (
    number            INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT NOT NULL UNIQUE,
    subject           INTEGER REFERENCES subject,  -- NULL: Rounds itself
    item              TEXT NOT NULL,
    instance          TEXT NOT NULL,
    name              TEXT NOT NULL,
    began_ms          INTEGER NOT NULL,
    opened_ms         INTEGER NOT NULL,
    resolved_ms       INTEGER,                     -- NULL: it is not
    over_ms           INTEGER,                     -- resolved and well since; NULL: not both
    changes           TEXT NOT NULL,               -- JSON [ms, …]: from well to wrong and back, of late
    known_after       INTEGER NOT NULL,
    ended_known_after INTEGER,                     -- of the resolution
    CHECK ((resolved_ms IS NULL) = (ended_known_after IS NULL)),
    CHECK (over_ms IS NULL OR resolved_ms IS NOT NULL)
) STRICT;

-- At most one unresolved incident of a condition.
CREATE UNIQUE INDEX incident_unresolved ON incident (ifnull(subject, 0), item, instance)
    WHERE resolved_ms IS NULL;
CREATE INDEX incident_condition ON incident (ifnull(subject, 0), item, instance, number);
CREATE INDEX incident_resolved ON incident (resolved_ms);
CREATE INDEX incident_over ON incident (over_ms);
CREATE INDEX incident_ended ON incident (ended_known_after);

-- The numbers given on a day ("GZ-20261124"): they go on where they ended, whatever was forgotten since.
CREATE TABLE incident_day (
    day  TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What changes, as it stood: a row after every event, never touched again, so that what is told of an event
-- is the same however late and often; and one for what has changed since then without an event, kept up to
-- date until a round has seen it.
CREATE TABLE incident_version (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    incident        INTEGER NOT NULL REFERENCES incident ON DELETE CASCADE,
    event           INTEGER NOT NULL,              -- the number of its last event
    by_event        INTEGER NOT NULL CHECK (by_event = 0 OR by_event = 1),
    severity        INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
    verdict         TEXT NOT NULL CHECK (verdict = 'warning' OR verdict = 'critical'),
    state           TEXT NOT NULL,
    summary         TEXT NOT NULL,
    summary_with    TEXT NOT NULL,
    acknowledged_ms INTEGER,                       -- NULL: nobody has
    acknowledged_by TEXT NOT NULL,
    recovered_ms    INTEGER,                       -- NULL: it is wrong
    resolved_ms     INTEGER,
    flapping        INTEGER NOT NULL CHECK (flapping = 0 OR flapping = 1),
    suppressed      TEXT NOT NULL,                 -- JSON [subject, …]: unreachable through it
    known_after     INTEGER NOT NULL,
    CHECK (state = 'open' OR state = 'acknowledged' OR state = 'resolved' OR state = 'closed'),
    CHECK ((resolved_ms IS NULL) = (state = 'open' OR state = 'acknowledged'))
) STRICT;

CREATE INDEX incident_version_of ON incident_version (incident, number);

-- The steps of its life, numbered without a hole.
CREATE TABLE incident_event (
    incident    INTEGER NOT NULL REFERENCES incident ON DELETE CASCADE,
    number      INTEGER NOT NULL CHECK (number >= 1),
    previous    INTEGER GENERATED ALWAYS AS (nullif(number - 1, 0)) STORED,
    id          TEXT NOT NULL UNIQUE,              -- UUIDv7
    kind        TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    actor       TEXT NOT NULL,                     -- empty: Rounds itself
    reason      TEXT,
    reason_with TEXT,
    comment     TEXT NOT NULL,
    version     INTEGER NOT NULL REFERENCES incident_version,   -- the incident after it
    known_after INTEGER NOT NULL,
    PRIMARY KEY (incident, number),
    FOREIGN KEY (incident, previous) REFERENCES incident_event (incident, number),
    CHECK (kind = 'opened' OR kind = 'acknowledged' OR kind = 'commented' OR kind = 'worsened' OR
           kind = 'flapping' OR kind = 'resolved' OR kind = 'reopened' OR kind = 'closed'),
    CHECK ((reason IS NULL) = (reason_with IS NULL))
) STRICT;

CREATE INDEX incident_event_version ON incident_event (version);
