#!/usr/bin/env python3
"""What the program takes and what the man pages tell must be the same: commands, options, events, keys and targets are read out of the source's tables
and looked for in the pages, and the pages must be free of warnings. Also: what the README quotes of files must exist."""
import pathlib, re, shutil, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
failures = []

def read(path):
    return (ROOT / path).read_text(encoding="utf-8")

def table(path, start, row):
    """First groups of 'row' in the C table that begins at 'start'; an empty table is a failure of this test."""
    text = read(path)
    at = text.index(start)
    found = re.findall(row, text[at:text.index("\n};", at)], re.M)
    if not found:
        sys.exit("docs: no rows in the table '%s' of %s" % (start, path))
    return found

def must_tell(page, text, what, pattern):
    if not re.search(pattern, text, re.M):
        failures.append("%s does not tell %s" % (page, what))

def main():
    program, conf = read("cmd/regwatch.1"), read("cmd/regwatch.conf.5")
    commands = table("cmd/main.c", "const struct command commands[]", r'^\t\{ "([a-z]+)",')
    for name in commands:
        must_tell("regwatch.1", program, "the command '%s'" % name, r"^\.It Ic %s\b" % name)
    for name in set(re.findall(r"^\.It Ic ([a-z]+)", program, re.M)) - set(commands):
        failures.append("regwatch.1 tells a command '%s', which there is not" % name)
    options = table("cmd/options.c", "struct option_row", r'^\t\{ "([a-z-]+)", VALUE')
    for name in options:
        must_tell("regwatch.1", program, "the option '--%s'" % name, r"Fl -%s\b" % name)
    for name in set(re.findall(r"Fl -([a-z][a-z-]+)", program)) - set(options) - {"color"}:
        failures.append("regwatch.1 tells an option '--%s', which there is not" % name)
    for name in table("lib/notice/event.c", "names[", r'"([a-z-]+)"'):
        must_tell("regwatch.1", program, "the event '%s'" % name, r"Cm [a-z ,-]*\b%s\b" % name)
    for section, key in re.findall(r'^\t\{ "([a-z]+)", "([a-z-]+)", VALUE', read("cmd/settings.c"), re.M):
        if section != "remote":
            must_tell("regwatch.conf.5", conf, "%s.%s" % (section, key), r"Li .*\b%s\b" % key)
    for scheme in re.findall(r'"([a-z]+:)"', read("cmd/settings.c")):
        must_tell("regwatch.conf.5", conf, "the target '%s'" % scheme, r"Li %s" % scheme)
    for path in re.findall(r"\]\(([^):#]+)\)", read("README.md")):
        if not (ROOT / path).exists():
            failures.append("README.md links to '%s', which there is not" % path)
    for page in ("regwatch.1", "regwatch.conf.5", "regwatch-store.5"):
        if shutil.which("man"):
            told = subprocess.run(["man", "--warnings", "-l", str(ROOT / "cmd" / page)], capture_output=True, text=True).stderr
            if told:
                failures.append("%s: %s" % (page, told.strip()))
    for f in failures:
        print("docs: " + f, file=sys.stderr)
    return 1 if failures else 0

if __name__ == "__main__":
    sys.exit(main())
