-- When Rounds could see: the stretches in which the daemon ran, and those in which it was blind.
--
-- A past report must come out the same for ever, so whatever a report reads says which rounds know it:
-- known_after is the number of the last round recorded before it was (0: none). The rounds with a greater
-- number know it. Numbers are never given twice, and commits have an order even when the clock jumps.

-- Numbers follow one another: what lies between two neighbours is a gap.
CREATE TABLE run (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    started_ms  INTEGER NOT NULL,
    seen_ms     INTEGER NOT NULL,                          -- last sign of life
    ended       INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),   -- 0: runs, or crashed
    known_after INTEGER NOT NULL
) STRICT;

CREATE TABLE blindness (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    from_ms         INTEGER NOT NULL,
    until_ms        INTEGER,                               -- NULL: lasts
    known_after     INTEGER NOT NULL,
    end_known_after INTEGER,
    CHECK (until_ms >= from_ms),
    CHECK ((until_ms IS NULL) = (end_known_after IS NULL))
) STRICT;

-- One blindness at a time.
CREATE UNIQUE INDEX blindness_open ON blindness ((1)) WHERE until_ms IS NULL;
