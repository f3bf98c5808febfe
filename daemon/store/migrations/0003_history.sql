-- What a day's report is made of besides its round. For known_after see 0002_runs.sql.

-- One state of one subject. The intervals of a subject follow one another without a hole. One that was
-- replaced at its own beginning after a round had seen it stays with length 0, for that round alone.
CREATE TABLE state_interval (
    subject         INTEGER NOT NULL REFERENCES subject,
    from_ms         INTEGER NOT NULL,
    until_ms        INTEGER,                               -- NULL: lasts
    state           TEXT NOT NULL,
    reason          TEXT,
    reason_with     TEXT,
    through         INTEGER REFERENCES subject,
    known_after     INTEGER NOT NULL,
    end_known_after INTEGER,
    PRIMARY KEY (subject, from_ms, known_after),
    CHECK (state = 'unknown' OR state = 'up' OR state = 'down' OR state = 'suppressed' OR state = 'off'),
    CHECK (until_ms >= from_ms),
    CHECK ((until_ms IS NULL) = (end_known_after IS NULL)),
    CHECK ((reason IS NULL) = (reason_with IS NULL))
) STRICT, WITHOUT ROWID;

-- A subject is in one state at a time.
CREATE UNIQUE INDEX state_interval_open ON state_interval (subject) WHERE until_ms IS NULL;

-- All ping checks of a subject in a quarter of an hour, added up. A quarter in which a round was recorded
-- has a row for what came before it and one for what came after. Time leads the key: what is written
-- together and read together then lies together.
CREATE TABLE echo_quarter (
    from_ms       INTEGER NOT NULL CHECK (from_ms % 900000 = 0),
    subject       INTEGER NOT NULL REFERENCES subject,
    known_after   INTEGER NOT NULL,
    sent          INTEGER NOT NULL,
    received      INTEGER NOT NULL,
    rtt_count     INTEGER NOT NULL,      -- looks that had replies
    rtt_sum_us    INTEGER NOT NULL,      -- of the looks' averages
    rtt_min_us    INTEGER NOT NULL,      -- 0 while rtt_count is 0
    rtt_max_us    INTEGER NOT NULL,
    jitter_count  INTEGER NOT NULL,
    jitter_sum_us INTEGER NOT NULL,
    PRIMARY KEY (from_ms, subject, known_after)
) STRICT, WITHOUT ROWID;
