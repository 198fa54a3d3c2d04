"""Configurations and options that are wrong are refused as `touchstone` refuses them."""

import contextlib
import io
import os
import subprocess
import tempfile
from pathlib import Path

from equal import ROOT, TOUCHSTONE

from touchstone_cluster import command, library
from touchstone_cluster.given import judged

WRONG = (
    "windw = 30\n",
    "window = 0\n",
    "max-nesting = 99\n",
    "time-zone = 'Mars/Base'\n",
    "models = ['linear', 'tme-decay']\n",
    "[stages]\nWon = 'won'\nLost = 'gone'\n",
    "[weights]\ncomment = 2\nreaktion = 1\n",
    "[custom]\nfirst = 0\nmiddle = 0\nlast = 0\n",
    "[[theme]]\nname = 'a'\nwrods = []\n",
    "[columns]\namont = 'Fee'\n",
    "[columns.hubspot-deal]\namount = 'Fee'\n",
    "[[format]]\nname = 'acme-deals'\n",
    "window = \n",
)


def refused(words: list[str]) -> tuple[int, str]:
    """The exit code and what is said, before Spark starts."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        code = command.main(words)
    return code, said.getvalue()


def expected(words: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        [TOUCHSTONE, "config", *words], check=False, capture_output=True, text=True
    )
    return done.returncode, done.stderr


def main() -> None:
    asked = [["--config", "none.toml"]]
    for number, text in enumerate(WRONG):
        name = f"{number}.toml"
        Path(name).write_text(text)
        asked.append(["--config", name])
    # What stands in the folder is read unasked.
    Path("touchstone.toml").write_text("half-life = -1\n")
    asked.append([])
    own = ROOT / "tests/cmd/own-tables.in"
    asked += [["--config", str(path)] for path in sorted(own.glob("wrong-*.toml"))]
    asked.append(["--config", f"{own}/good.toml", "--window", "0"])
    for words in asked:
        code, said = expected(words)
        assert code == 2 and said.startswith("error: "), (words, code, said)
        found = refused(["attribute", "--data", "none", *words])
        assert found == (code, said), (words, found, said)
        if "--window" not in words:
            found = refused(["import", ".", "--to", "none", *words])
            assert found == (code, said), (words, found, said)
    try:
        judged({"windw": "3"}, None)
    except library.Usage as error:
        assert "did you mean \"window\"?" in str(error), error
    else:
        raise AssertionError("an option that there is not was taken")
    notes = library.judge(command.Given({}, ("a.toml", "\nretention = 30\n")))
    assert len(notes) == 1 and notes[0].startswith("a.toml:2: retention: "), notes
    print(f"{len(asked)} configurations and options are refused alike", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="touchstone-") as made:
        os.chdir(made)
        main()
        os.chdir("/")
