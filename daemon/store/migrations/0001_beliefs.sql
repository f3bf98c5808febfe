-- What is believed of every subject: a device (its id) or a link ("link:" and its name).
-- All times in this database: UTC, milliseconds since 1970 (…_ms). Round-trip times: microseconds (…_us).
-- Words are checked with = and OR: for IN of three words and more SQLite builds a table at every row.
-- Messages are a catalogue key and its parameters as JSON [[name, type, value], …], never sentences.

-- Names are long and come ten thousand times a minute: everything else refers to their number.
CREATE TABLE subject (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE belief (
    subject        INTEGER PRIMARY KEY REFERENCES subject,
    state          TEXT NOT NULL,
    since_ms       INTEGER,                        -- NULL: never looked at
    reason         TEXT,                           -- NULL: none needed
    reason_with    TEXT,
    through        INTEGER REFERENCES subject,     -- suppressed: what is down
    doubt_look     TEXT,                           -- NULL, and all doubt_…: none
    doubt_in_row   INTEGER,
    doubt_first_ms INTEGER,
    doubt_last_ms  INTEGER,
    doubt_own      INTEGER,
    doubt_unasked  INTEGER,
    CHECK (state = 'unknown' OR state = 'up' OR state = 'down' OR state = 'suppressed' OR state = 'off'),
    CHECK (doubt_look = 'good' OR doubt_look = 'bad' OR doubt_look = 'none'),
    CHECK ((reason IS NULL) = (reason_with IS NULL)),
    CHECK (CASE WHEN doubt_look IS NULL
                THEN coalesce(doubt_in_row, doubt_first_ms, doubt_last_ms, doubt_own, doubt_unasked) IS NULL
                ELSE doubt_in_row + doubt_first_ms + doubt_last_ms + doubt_own + doubt_unasked IS NOT NULL END)
) STRICT;
