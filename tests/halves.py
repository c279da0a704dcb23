#!/usr/bin/env python3
"""The program is two (cmd/hand_over.h): regwatch links only what answering from the store takes, and becomes regwatch-full for the rest.

  halves.py REGWATCH [LIBEXEC]"""
import os, pathlib, re, shutil, subprocess, sys, tempfile

SLOW = r"^lib(curl|gmime|glib|gobject|ical|archive|xml2)\b"	# each brings libraries that take longer to load than a command takes

def ask(*argv):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    return done.returncode, done.stdout, done.stderr

def needed(program):
    said = ask("readelf", "-d", program)[1]
    return re.findall(r"\(NEEDED\).*\[(.*)\]", said)

def check(what, got, wanted):
    if got != wanted:
        sys.exit("halves: %s: %r, not %r" % (what, got, wanted))

def main(regwatch, libexec=""):
    regwatch = os.path.abspath(regwatch)
    libraries = needed(regwatch)
    check("libraries that regwatch loads", [l for l in libraries if re.match(SLOW, l)], [])
    check("readelf tells libraries", "libsqlite3.so.0" in libraries, True)
    with tempfile.TemporaryDirectory() as folder:
        home, link, alone = (os.path.join(folder, n) for n in ("home", "link", "alone"))
        check("init", ask(regwatch, "-C", home, "init")[0], 0)
        os.symlink(regwatch, link)
        for program in (regwatch, link):
            check("a command of the other half", ask(program, "-C", home, "deadlines"), (0, "", ""))
            check("its arguments and exit code", ask(program, "-C", home, "deadlines", "--nonsense")[0], 64)
        check("help of the other half", ask(regwatch, "deadlines", "--help")[0], 0)
        if not os.path.exists(os.path.join(libexec, "regwatch-full")):
            shutil.copy(regwatch, alone)
            check("without the other half", ask(alone, "-C", home, "deadlines"),
                  (69, "", "regwatch: cannot run 'regwatch-full', the other half of regwatch: No such file or directory\n"))
            check("what needs no other half", ask(alone, "-C", home, "list")[0], 0)

main(*sys.argv[1:])
