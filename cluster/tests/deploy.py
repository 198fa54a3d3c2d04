"""The examples of `deploy` are what they should be, as far as a parser can tell."""

import ast
import subprocess

import dockerfile
import yaml
from equal import ROOT

DEPLOY = ROOT / "cluster/deploy"
# The parser takes any word for an instruction.
INSTRUCTIONS = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV"}


def main() -> None:
    commands = [one.cmd for one in dockerfile.parse_file(str(DEPLOY / "Dockerfile"))]
    assert commands[0] == "FROM" and set(commands) <= INSTRUCTIONS, commands
    kinds = [one["kind"] for one in yaml.safe_load_all((DEPLOY / "collect.yaml").open())]
    assert "Job" in kinds, kinds
    subprocess.run(["bash", "-n", DEPLOY / "spark-submit.sh"], check=True)
    ast.parse((DEPLOY / "submit.py").read_text())
    print("4 examples of deployment are read")


if __name__ == "__main__":
    main()
