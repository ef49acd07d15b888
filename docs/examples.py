#!/usr/bin/env python3
"""Runs the questions of README.md over output/ and writes their answers below them.

    python3 docs/examples.py            rewrite the answers
    python3 docs/examples.py --check    exit 1 if an answer is not what README.md says

Run it from the top of the repository after the README's main command. Needs duckdb, polars, pandas and pyarrow for
Python, and R with readr and dplyr. A question is a fenced block of sql, python or r right above a block of text.
"""
import re
import subprocess
import sys
from pathlib import Path

README = Path("README.md")
QUESTION = re.compile(r"```(sql|python|r)\n(.*?)```\n```text\n(.*?)```", re.S)


def command(language, code):
    if language == "sql":
        code = f"import duckdb\nduckdb.sql('''{code}''').show(max_width=160)"
    # Colours and the width of the terminal would make answers depend on where this runs.
    return ["Rscript", "-e", code] if language == "r" else [sys.executable, "-c", code]


def answer(language, code):
    done = subprocess.run(command(language, code), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{code}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines()) + "\n"


def main():
    before = README.read_text()
    after = QUESTION.sub(
        lambda m: f"```{m[1]}\n{m[2]}```\n```text\n{answer(m[1], m[2])}```", before)
    if "--check" not in sys.argv:
        README.write_text(after)
    elif after != before:
        sys.exit("README.md: the answers are not those of output/; run docs/examples.py")


main()
