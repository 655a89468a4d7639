"""Compares the published schema of policies with what silt takes: check_schema.py ROOT SILT"""

import copy
import json
import os
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
    import yaml
except ImportError:
    print("skipped: python3-jsonschema or python3-yaml is missing")
    sys.exit(77)


class Loader(yaml.BaseLoader):
    """Scalars as the core schema of YAML 1.2 has them, which editors go by: no dates, and neither on nor off."""


Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[0-9]+$"), list("0123456789"))
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value == "true")


def policies(root):
    """The policies of the project: those that ship, those of the documentation, those of recipes, seeds with all keys."""
    for folder in ("src/policy/shipped", "tests/flow/recipes/policies"):
        for name in sorted(os.listdir(os.path.join(root, folder))):
            with open(os.path.join(root, folder, name), encoding="utf-8") as file:
                yield name, file.read()
    with open(os.path.join(root, "tests/fuzz/seeds/policy/all-keys.yaml"), encoding="utf-8") as file:
        yield "all-keys.yaml", file.read()
    with open(os.path.join(root, "docs/policy.md"), encoding="utf-8") as file:
        examples = re.findall(r"<!-- example -->\n```yaml\n(.*?)```", file.read(), re.DOTALL)
    assert examples, "no example in docs/policy.md"
    yield from (("docs/policy.md", text) for text in examples)


def objects_of(value):
    """Every map in a document that has fixed keys."""
    if isinstance(value, dict):
        yield value
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(child, (dict, list)) and key != "rules":
            yield from objects_of(child)


def variants(document):
    """The document with a key too many, or one too few, in each map."""
    for number, found in enumerate(objects_of(document)):
        changed = copy.deepcopy(document)
        list(objects_of(changed))[number]["not-a-key"] = 1
        yield changed
        for key in found:
            changed = copy.deepcopy(document)
            del list(objects_of(changed))[number][key]
            yield changed


def enumerations(schema):
    """A policy for each name that the schema has for a value, and for one that nothing has."""
    for condition in ("family", "fate", "confidence", "heritage"):
        for name in schema["$defs"][condition]["enum"] + ["nothing"]:
            yield {"version": 1, "thresholds": [{condition: name, "fail-on": "never"}]}
    for name in schema["$defs"]["severity"]["enum"] + ["grave"]:
        yield {"version": 1, "fail-on": name, "rules": {"user-root": name}}


def check(silt, folder, documents):
    """What silt says of each: whether it is a policy."""
    names = []
    for number, document in enumerate(documents):
        names.append(os.path.join(folder, f"{number}.yaml"))
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write(document if isinstance(document, str) else json.dumps(document))
    done = subprocess.run([silt, "policy", "check", *names], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False)
    told = done.stdout.decode("utf-8").splitlines()
    return [any(line.startswith(name + ": a policy.") for line in told) for name in names], told


def main(root, silt):
    with open(os.path.join(root, "docs/policy.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    with tempfile.TemporaryDirectory() as folder:
        texts = list(policies(root))
        taken, told = check(silt, folder, [text for _, text in texts])
        for (name, text), fine in zip(texts, taken):
            assert fine, f"{name} is no policy:\n" + "\n".join(told)
            errors = [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(yaml.load(text, Loader))]
            assert not errors, f"{name}:\n" + "\n".join(errors)
        changed = [each for _, text in texts for each in variants(yaml.load(text, Loader))]
        changed += list(enumerations(schema))
        taken, _ = check(silt, folder, changed)
        for document, fine in zip(changed, taken):
            assert validator.is_valid(document) == fine, f"silt takes it: {fine}, the schema does not agree: {document}"
        print(f"{len(texts)} policies, {len(changed)} variants of which {sum(taken)} are policies")


main(*sys.argv[1:])
