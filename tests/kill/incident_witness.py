"""What must be true of incidents, of the outbox, and of what the receiver heard, however the daemon ended."""
import json
import re
import sqlite3
from collections import Counter, defaultdict

EVENT = re.compile(r"incident (opened|commented|worsened|flapping|resolved|reopened): incident=(GZ-[0-9-]+) ")
UUIDV7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

# The state of a device and the incident that follows from it are committed together: whenever the daemon ends, a
# device that is down has an unresolved incident. (One whose upstream is down has none.)
DOWN_WITHOUT_INCIDENT = """
    SELECT subject.name FROM state_interval JOIN subject ON subject.number = state_interval.subject
    WHERE until_ms IS NULL AND state = 'down'
      AND NOT EXISTS (SELECT 1 FROM incident WHERE incident.subject = state_interval.subject
                        AND item = 'reachability' AND resolved_ms IS NULL)"""
# Numbered from 1 on without a hole, the first is that it opened.
BROKEN_LIFE = """
    SELECT incident.id FROM incident LEFT JOIN incident_event AS e ON e.incident = incident.number
    GROUP BY incident.number
    HAVING count(e.number) = 0 OR min(e.number) <> 1 OR max(e.number) <> count(*)
        OR sum(kind = 'opened') <> 1 OR max(CASE WHEN e.number = 1 THEN kind END) <> 'opened'"""
# Each event is to be told to each hook that its severity reaches, once.
NOT_IN_OUTBOX = """
    SELECT e.id FROM incident_event AS e JOIN incident_version AS v ON v.number = e.version
    WHERE (SELECT count(*) FROM delivery AS d WHERE d.incident = e.incident AND d.event = e.number AND hook = 'listener') <> 1
       OR (SELECT count(*) FROM delivery AS d WHERE d.incident = e.incident AND d.event = e.number AND hook = 'nobody')
          <> (severity <= 2)"""
ORPHANS = """
    SELECT d.number FROM delivery AS d LEFT JOIN incident_event AS e ON e.incident = d.incident AND e.number = d.event
    WHERE e.id IS NULL"""
# An opening belongs to a stretch of being down, and no stretch has two of them.
TWO_OPENINGS = """
    SELECT incident.id, from_ms, count(*) FROM incident_event AS e JOIN incident ON incident.number = e.incident
    JOIN state_interval AS s ON s.subject = incident.subject AND state = 'down' AND from_ms <= at_ms
         AND (until_ms IS NULL OR until_ms > at_ms)
    WHERE kind IN ('opened', 'reopened') GROUP BY s.subject, from_ms HAVING count(*) > 1"""
WITHOUT_REASON = """
    SELECT hook, number FROM delivery AS d
    WHERE state <> 'delivered' AND why IS NULL
      AND NOT EXISTS (SELECT 1 FROM delivery AS before WHERE before.hook = d.hook AND before.incident = d.incident
                        AND before.event < d.event AND before.state = 'pending')"""


class IncidentWitness:
    """What the daemon has told of incidents; all of it must be in the database."""

    def __init__(self):
        self.told = Counter()     # (incident, kind), from the log
        self.accepted = set()     # comments that the API answered with 200

    def hear(self, line: str):
        if found := EVENT.search(line):
            self.told[(found.group(2), found.group(1))] += 1

    def losses(self, database: sqlite3.Connection) -> list:
        """After a kill."""
        recorded = {(name, kind): count for name, kind, count in database.execute(
            "SELECT incident.id, kind, count(*) FROM incident_event AS e JOIN incident ON incident.number = e.incident GROUP BY 1, 2")}
        found = [f"{count} times {kind} was told of {name}, {recorded.get((name, kind), 0)} times it is recorded"
                 for (name, kind), count in self.told.items() if recorded.get((name, kind), 0) < count]
        comments = {row[0] for row in database.execute("SELECT comment FROM incident_event WHERE kind = 'commented'")}
        found += [f"accepted and not recorded: {comment}" for comment in sorted(self.accepted - comments)]
        for what, query in (("is down without an incident", DOWN_WITHOUT_INCIDENT), ("has no whole life", BROKEN_LIFE),
                            ("is not told to each hook once", NOT_IN_OUTBOX), ("tells of no event", ORPHANS),
                            ("is the second opening of one outage", TWO_OPENINGS)):
            found += [f"{row[0]} {what}" for row in database.execute(query)]
        found += [f"refers to what is not there: {row}" for row in database.execute("PRAGMA foreign_key_check")]
        return found


def untold(database: sqlite3.Connection, heard: list) -> list:
    """When the daemon had the time to tell everything: each event heard, each with one id and one body, in order."""
    events = {row[0]: row[1:] for row in database.execute(
        """SELECT e.id, incident.id, e.number, kind FROM incident_event AS e JOIN incident ON incident.number = e.incident""")}
    found = [f"event {name} has an id that is no UUIDv7" for name in events if not UUIDV7.fullmatch(name)]
    bodies, last = {}, defaultdict(int)
    for name, body in heard:
        if name in bodies:
            if bodies[name] != body:
                found.append(f"event {name} was told with two bodies:\n    {bodies[name]}\n    {body}")
            continue
        bodies[name] = body
        said = json.loads(body)
        incident, number = said["data"]["incident"]["id"], said["data"]["number"]
        if said["id"] != name or events.get(name) != (incident, number, said["type"].removeprefix("incident.")):
            found.append(f"{name} was heard as {said['type']} {number} of {incident}, recorded is {events.get(name)}")
        if number != last[incident] + 1:
            found.append(f"number {number} of {incident} was heard after number {last[incident]}")
        last[incident] = number
    found += [f"never heard: {kind} ({number}) of {incident}, event {name}"
              for name, (incident, number, kind) in events.items() if name not in bodies]
    found += [f"delivery {number} is {state}: {why}" for number, state, why in database.execute(
        "SELECT number, state, why FROM delivery WHERE hook = 'listener' AND state <> 'delivered'")]
    found += [f"delivery {number} to {hook} waits and nothing says why" for hook, number in database.execute(WITHOUT_REASON)]
    return found
