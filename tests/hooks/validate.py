"""validate.py SCHEMA: does each line of standard input fit the JSON Schema? One line per misfit, exit 1."""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
lines = sys.stdin.buffer.read().decode("utf-8").splitlines()
misfits = [f"{number}: {error.json_path}: {error.message[:200]}"
           for number, line in enumerate(lines, 1)
           for error in validator.iter_errors(json.loads(line))]
print(f"{len(lines)} bodies", *misfits, sep="\n")
sys.exit(1 if misfits or not lines else 0)
