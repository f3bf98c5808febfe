-- How Rounds itself kept up over the data period of a round. None: it was not measured (a round of an earlier version).
CREATE TABLE round_self (
    round            INTEGER PRIMARY KEY REFERENCES round ON DELETE CASCADE,
    since_ms         INTEGER NOT NULL,          -- counted from then on: the data period, or this run
    ping_looks       INTEGER NOT NULL,
    ping_late        INTEGER NOT NULL,
    ping_overran     INTEGER NOT NULL,
    ping_latest_ms   INTEGER NOT NULL,
    snmp_looks       INTEGER NOT NULL,
    snmp_late        INTEGER NOT NULL,
    snmp_overran     INTEGER NOT NULL,
    snmp_latest_ms   INTEGER NOT NULL,
    writes           INTEGER NOT NULL,
    writing_ms       INTEGER NOT NULL,
    longest_write_ms INTEGER NOT NULL
) STRICT;
