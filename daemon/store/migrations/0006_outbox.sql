-- The outbox: which event is told where. What is told is made of the event and of the incident after it
-- (incident_event.version), which never change; so nothing is copied here.

CREATE TABLE delivery (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    hook     TEXT NOT NULL,
    incident INTEGER NOT NULL,
    event    INTEGER NOT NULL,
    state    TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    first_ms INTEGER,                              -- the first attempt (since the last replay)
    due_ms   INTEGER NOT NULL DEFAULT 0,           -- not before; 0: at once
    done_ms  INTEGER,                              -- when it was delivered or parked
    why      TEXT,                                 -- what the last attempt came back with
    why_with TEXT,
    UNIQUE (incident, event, hook),                -- an event is told once to each
    FOREIGN KEY (incident, event) REFERENCES incident_event (incident, number) ON DELETE CASCADE,
    CHECK (state = 'pending' OR state = 'delivered' OR state = 'parked'),
    CHECK ((done_ms IS NULL) = (state = 'pending')),
    CHECK ((first_ms IS NULL) = (attempts = 0)),
    CHECK ((why IS NULL) = (why_with IS NULL))
) STRICT;

-- The order of what is told of an incident: an event is due when those before it are done with.
CREATE INDEX delivery_pending ON delivery (hook, incident, event) WHERE state = 'pending';
CREATE INDEX delivery_due ON delivery (hook, due_ms) WHERE state = 'pending';
CREATE INDEX delivery_parked ON delivery (hook, number) WHERE state = 'parked';
