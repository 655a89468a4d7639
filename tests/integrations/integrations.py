"""Runs the shell of the pieces of docs/integrations as their platforms do: integrations.py PIECE ROOT

Each with an image that is clean, one that leaks, one that is cut, and none at all. What is not run: the steps that
install the package on the machine (their shell is parsed), and the programs of the platforms, of which the files they
are given are looked at.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import reports
from place import Place

try:
    import jsonschema  # noqa: F401 (reports.py needs it)
    import yaml
except ImportError:
    print("skipped: python3-jsonschema or python3-yaml is missing")
    sys.exit(77)

PIECES = {"github": "github-actions.yml", "gitlab": "gitlab-ci.yml", "jenkins": "Jenkinsfile", "make": "silt.mk",
          "pre_commit": "pre-commit-config.yaml"}

# Image, verdict of its report (none: there is no report), exit status of the gate.
CASES = (("clean.tar", "pass", 0), ("leaky.tar", "fail", 1), ("cut.tar", "incomplete", 3), ("missing.tar", None, 3))


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            skip(program + " is missing")


def piece(root, name):
    return os.path.join(root, "docs", "integrations", PIECES[name])


def read_yaml(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def cases(root):
    """For each case a place to run in, and what to expect there."""
    for name, verdict, status in CASES:
        with tempfile.TemporaryDirectory() as folder:
            image = os.path.join(root, "fixtures", name)
            if name == "cut.tar":
                with open(os.path.join(root, "fixtures", "clean.tar"), "rb") as whole:
                    head = whole.read(7000)
                image = os.path.join(folder, name)
                with open(image, "wb") as cut:
                    cut.write(head)
            print("---- " + name)
            yield Place(folder, image), image, verdict, status


def parses(shell, text):
    subprocess.run([shell, "-n"], input=text.encode(), check=True)


# ---- GitHub: each `run` is a script of its own ----------------------------------------------------------------------

GITHUB = {"github.sha": "0123abc", "vars.GATE_DEB_URL": "", "vars.GATE_DEB_SHA256": ""}


def expand(text):
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: GITHUB[match.group(1)], text)


def holds(term, place):
    """A term of a condition, in a push to main; what is not known here is an error."""
    if term in ("always()", "github.ref == 'refs/heads/main'", "!github.event.pull_request.head.repo.fork"):
        return True
    return place.has(re.fullmatch(r"hashFiles\('([a-z.]*)'\) != ''", term).group(1))


def is_due(step, place, failed):
    condition = step.get("if", "")
    terms = [term.strip() for term in condition.removeprefix("${{").removesuffix("}}").split("&&")] if condition else []
    return (not failed or "always()" in terms) and all(holds(term, place) for term in terms)


def files_given(step):
    """The files that the configuration of an action names."""
    given = step.get("with", {})
    return (given.get("path", "") + "\n" + given.get("sarif_file", "")).split()


def run_github_steps(workflow, place):
    """Status of the first step that failed, output of all; each step has the command that its `shell` stands for."""
    assert workflow["defaults"]["run"]["shell"] == "bash"
    variables = {name: expand(value) for name, value in workflow["env"].items()}
    variables.update({"GITHUB_STEP_SUMMARY": place.path("summary"), "CI": "true"})
    failed, output = 0, ""
    for step in workflow["jobs"]["image"]["steps"]:
        if "run" not in step:
            assert not is_due(step, place, failed) or all(place.has(name) for name in files_given(step)), step
        elif step["name"] == "Install silt":
            parses("bash", step["run"])
            expand(str(step["env"]))
        elif is_due(step, place, failed):
            status, text = place.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], variables)
            failed, output = failed or status, output + text
    return failed, output


def github(root):
    workflow = read_yaml(piece(root, "github"))
    for place, _, verdict, status in cases(root):
        ended, output = run_github_steps(workflow, place)
        assert ended == status, (ended, status)
        reports.check(root, place, ("silt.json", "silt.sarif", "silt.html"), verdict)
        assert place.has("summary") == (verdict is not None)
        assert verdict is None or place.read("summary").startswith("## silt\n")
        assert ("\n::error " in output) == (verdict in ("fail", "incomplete"))
        assert place.docker_was_told("push") == (verdict == "pass")


# ---- GitLab: the lines of a job are one script; artifacts go from job to job ----------------------------------------

def gitlab_script(job):
    return "\n".join(job["script"])


def gitlab_artifacts(job):
    kept = job.get("artifacts", {})
    return kept.get("paths", []) + list(kept.get("reports", {}).values())


def run_gitlab_jobs(pipeline, place):
    jobs = [(name, job) for name, job in pipeline.items() if isinstance(job, dict) and "script" in job]
    assert sorted(pipeline["stages"], key=pipeline["stages"].index) == [job["stage"] for _, job in jobs]
    variables = {"CI_REGISTRY_IMAGE": "registry.example.com/app", "CI_COMMIT_SHA": "0123abc", "CI_REGISTRY": "r",
                 "CI_REGISTRY_USER": "u", "CI_REGISTRY_PASSWORD": "p"}
    variables["IMAGE"] = re.sub(r"\$(\w+)", lambda match: variables[match.group(1)], pipeline["variables"]["IMAGE"])
    for name, job in jobs:
        parses("bash", "\n".join(job.get("before_script", [])))
        status, _ = place.run(["bash", "-eo", "pipefail", "-c", gitlab_script(job)], variables)
        kept = [file for file in gitlab_artifacts(job) if place.has(file)]
        assert status or kept == gitlab_artifacts(job), (name, kept)
        if status:
            return name, status
    return None, 0


def gitlab(root):
    pipeline = read_yaml(piece(root, "gitlab"))
    assert pipeline["silt"]["artifacts"]["when"] == "always"
    for place, _, verdict, status in cases(root):
        where, ended = run_gitlab_jobs(pipeline, place)
        # An image that is not there fails where it is saved.
        assert (where, ended) == {"pass": (None, 0), None: ("build", 1)}.get(verdict, ("silt", status)), (where, ended)
        reports.check(root, place, gitlab_artifacts(pipeline["silt"]), verdict)
        assert place.docker_was_told("push") == (verdict == "pass")


# ---- Jenkins: sh -xe for each block ---------------------------------------------------------------------------------

def jenkins(root):
    with open(piece(root, "jenkins"), encoding="utf-8") as file:
        text = file.read()
    scripts = re.findall(r"sh '''\n(.*?)'''", text, re.DOTALL)
    assert len(scripts) == text.count("sh '") == 3 and text.count("{") == text.count("}")
    tests = re.search(r"junit testResults: '([^']*)'", text).group(1)
    kept = re.search(r"archiveArtifacts artifacts: '([^']*)'", text).group(1).split(",")
    for place, _, verdict, status in cases(root):
        ended = 0
        for script in scripts:
            ended = ended or place.run(["sh", "-xec", script], {"IMAGE": "registry.example.com/app:7"})[0]
        assert ended == status, (ended, status)
        reports.check(root, place, [tests, *kept], verdict)
        assert place.docker_was_told("push") == (verdict == "pass")


# ---- make -----------------------------------------------------------------------------------------------------------

def make(root):
    need("make")
    for place, image, verdict, status in cases(root):
        command = ["make", "-f", piece(root, "make")]
        ended, text = place.run([*command, "push", "IMAGE=app:1"])
        assert ended == (2 if status else 0) and ("Error %d" % status in text) == (status != 0), text
        reports.check(root, place, ("silt-reports/silt.json", "silt-reports/silt.html"), verdict)
        assert place.docker_was_told("push") == (verdict == "pass")
        place.environment["DOCKER_IMAGE"] = "none"
        assert place.run([*command, "gate", "IMAGE=app:2"])[0] == 2 and not place.has("silt-reports/silt.json")
        place.environment["DOCKER_IMAGE"] = image
        assert (place.run([*command, "gate-file", "FILE=" + image])[0] == 0) == (verdict == "pass")
        assert place.run([*command, "gate"])[0] == 2
        place.run([*command, "gate", "IMAGE=$$(touch hit)`touch hit`;touch hit;'\";touch hit"])
        assert not place.has("hit"), "a name was run as shell"


# ---- pre-commit -----------------------------------------------------------------------------------------------------

def run_hook(config, place, name):
    """What pre-commit does if it is not there: the entry with the names of the files that match."""
    hook = config["repos"][0]["hooks"][0]
    assert re.search(hook["files"], name), name
    return place.run([*shlex.split(hook["entry"]), name])


def run_pre_commit(place):
    # Of this machine it may use git, and nothing of the settings of who runs the test.
    variables = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_COLOR": "never"}
    for command in (["git", "init", "-q"], ["git", "add", "-A"]):
        assert place.run(command, variables)[0] == 0
    return place.run(["pre-commit", "run", "--all-files"], variables)


def pre_commit(root):
    real = shutil.which("pre-commit") and shutil.which("git")
    config = read_yaml(piece(root, "pre_commit"))
    print("by pre-commit" if real else "pre-commit or git is missing: the entry of the hook is run without it")
    for place, image, verdict, _ in cases(root):
        if verdict:
            place.copy(image, "images/an app.tar")
            place.copy(piece(root, "pre_commit"), ".pre-commit-config.yaml")
            place.copy(piece(root, "pre_commit"), "images/no-image.yaml")
            status, text = run_pre_commit(place) if real else run_hook(config, place, "images/an app.tar")
            assert (status == 0) == (verdict == "pass"), status
            assert verdict == "pass" or "images/an app.tar: %s: " % verdict.upper() in text


def all_are_tested(root):
    folder = os.path.join(root, "docs", "integrations")
    assert sorted(os.listdir(folder)) == sorted([*PIECES.values(), "README.md"])
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        text = file.read()
    for name in PIECES.values():
        assert "[%s](%s)" % (name, name) in text, name


{"github": github, "gitlab": gitlab, "jenkins": jenkins, "make": make, "pre_commit": pre_commit,
 "all_are_tested": all_are_tested}[sys.argv[1]](sys.argv[2])
