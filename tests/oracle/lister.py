"""Our own listers: each reads lines, and writes JSON, line by line."""
import json
import subprocess


def ask(program, lines):
    done = subprocess.run([program], input="".join(f"{line}\n" for line in lines).encode(), capture_output=True,
                          timeout=900, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{program} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return [json.loads(text) for text in done.stdout.splitlines()]
