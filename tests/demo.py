#!/usr/bin/env python3
"""scripts/demo must run to its end, and what the README quotes of it must be what it prints (commit ids excepted, which a better
normaliser changes).  demo.py BUILD-FOLDER"""
import os, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

def without_ids(text):
    return re.sub(r"^[0-9a-f]{7,} ", "", text, flags=re.M)

def main():
    with tempfile.TemporaryDirectory(prefix="regwatch-demo-") as folder:
        env = dict(os.environ, TMPDIR=folder, REGWATCH_BUILD=sys.argv[1])
        done = subprocess.run([ROOT / "scripts" / "demo"], env=env, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(done.stderr + "demo: scripts/demo failed with code %d" % done.returncode)
    quoted = re.findall(r"<!-- from scripts/demo.*? -->\n```\n(.*?)```\n", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    if len(quoted) < 2:
        sys.exit("demo: the README quotes nothing")
    for block in quoted:
        if without_ids(block) not in without_ids(done.stdout):
            sys.exit("demo: the README quotes what scripts/demo does not print:\n" + block)

if __name__ == "__main__":
    main()
