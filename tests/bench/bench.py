#!/usr/bin/env python3
"""What scripts/bench runs: regwatch against git, and against the figures to reach, on a SYNTHETIC world (world.py). Measures nothing but
whole commands as a user types them, each in a process of its own; the stand-in server is another process and is not counted.

  bench.py REGWATCH ROWS PAGES FOLDER

CPU is user and system time of the process, peak is its resident memory. Where a figure is in milliseconds it is the best of RUNS whole
commands, start-up included: whatever else the machine does can only add; the CPU time of a middling one stands beside it. Exits 1 when something that should hold does not (ids that differ, a write where none is due), not
when a figure is missed: that is told in the table."""
import json, os, pathlib, re, shutil, statistics, subprocess, sys, time
import world

HERE = pathlib.Path(__file__).resolve().parent
RUNS = 9
CHANGES = 5
SINCE = "2023-06-01"	# what the run with nothing new reads again: the last three years of the world

class Used:
    """A command that was run: seconds, CPU seconds, peak MB, what it printed."""
    def __init__(self, argv, stdin=None, env=None, good=(0,)):
        with open("out", "wb") as out:
            start = time.monotonic()
            child = subprocess.Popen(argv, stdin=stdin or subprocess.DEVNULL, stdout=out, env={**os.environ, **(env or {})})
            _, status, used = os.wait4(child.pid, 0)
        self.seconds = time.monotonic() - start
        self.cpu = used.ru_utime + used.ru_stime
        self.mb = used.ru_maxrss / 1024
        self.out = pathlib.Path("out").read_text(encoding="utf-8", errors="replace")
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in good:
            sys.exit("bench: %s: exit code %d" % (" ".join(map(str, argv)), child.returncode))

def often(argv, env):
    """(best seconds, median CPU seconds) of whole commands, after one that warms the caches."""
    Used(argv, env=env)
    runs = [Used(argv, env=env) for _ in range(RUNS)]
    return min(r.seconds for r in runs), statistics.median(r.cpu for r in runs)

def ms(seconds, cpu):
    return "%.1f ms (%.1f ms CPU)" % (seconds * 1000, cpu * 1000)

class Table:
    def __init__(self):
        self.missed = self.reached = 0
        self.row("work", "measured", "figure to reach", "ratio", "")
        print("-" * 132)

    def row(self, work, measured, figure, ratio, verdict):
        print("%-52s %-28s %-27s %7s  %s" % (work, measured, figure, ratio, verdict), flush=True)

    def compare(self, work, measured, value, figure, limit):
        """limit: of value, which may reach it; the ratio is value / limit, so that up to 1.00 is good."""
        good = value <= limit
        self.reached, self.missed = self.reached + good, self.missed + (not good)
        self.row(work, measured, figure, "%.2f" % (value / limit), "" if good else "MISSED")

    def tell(self, work, measured, why):
        self.row(work, measured, why, "", "")

def git(*args, **kw):
    return subprocess.run(["git", *map(str, args)], check=True, stdout=subprocess.PIPE, **kw).stdout.decode().strip()

def pack_bytes(repository):
    return sum(f.stat().st_size for f in pathlib.Path(repository, "objects").rglob("*") if f.is_file() and f.suffix not in (".idx", ".rev"))

def fast_import(store, name, branches):
    """The same commits by git fast-import alone, into a new repository; its stream is made first and not counted."""
    stream = name + ".stream"
    with open(stream, "wb") as out:
        subprocess.run(["git", "--git-dir", store, "fast-export", "--reencode=no", *branches], check=True, stdout=out)
    tries = []
    for _ in range(2):	# the better counts
        shutil.rmtree(name + ".git", ignore_errors=True)
        git("init", "-q", "--bare", name + ".git")
        with open(stream, "rb") as f:
            tries.append(Used(["git", "--git-dir", name + ".git", "fast-import", "--quiet"], stdin=f))
    used = min(tries, key=lambda u: u.cpu)
    os.unlink(stream)
    for b in branches:
        if git("--git-dir", store, "rev-parse", b) != git("--git-dir", name + ".git", "rev-parse", b):
            sys.exit("bench: fast-import made other commits of '%s'" % b)
    return used

def files(folder):
    return {str(f): (f.stat().st_size, f.stat().st_mtime_ns) for f in pathlib.Path(folder).rglob("*") if f.is_file()}

def at(day):
    return {"REGWATCH_NOW": day + "T06:00:00Z"}

class Bench:
    def __init__(self, regwatch, rows, pages):
        self.regwatch, self.rows, self.pages = regwatch, rows, pages
        self.table = Table()

    def home(self, name, port):
        subprocess.run([self.regwatch, "-C", name, "init"], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **at("2026-05-01")})
        pathlib.Path(name, "regwatch.conf").write_text(
            "[feed \"eping\"]\n\turl = http://127.0.0.1:%s\n\tdelay = 0\n\tdocuments = none\n"
            "[feed \"tris\"]\n\turl = http://127.0.0.1:%s\n\tdelay = 0\n\tstart-id = 1\n\tdocuments = none\n" % (port, port))
        return name

    def run(self, home, *args, day="2026-06-01"):
        pathlib.Path("today").write_text(day)
        return Used([self.regwatch, "-C", home, *args], env=at(day))

    def bulk(self, port):
        home = self.home("bulk", port)
        rows = int(subprocess.run([sys.executable, HERE / "workbook.py", str(self.rows), "bulk.xlsx"], check=True, stdout=subprocess.PIPE).stdout)
        ours = self.run(home, "import", "bulk.xlsx", day="2026-05-01")
        store = home + "/store.git"
        commits = int(git("--git-dir", store, "rev-list", "--count", "main"))
        if commits != rows:
            sys.exit("bench: %d commits of %d rows" % (commits, rows))
        alone, both = fast_import(store, "alone", ["main"]), fast_import(store, "both", ["main", "raw"])
        packs = [pack_bytes(p) / 1e6 for p in (store, "both.git")]
        t = self.table
        t.compare("import of %d rows, classified and indexed: CPU" % rows, "%.1f s CPU (%.1f s)" % (ours.cpu, ours.seconds), ours.cpu,
                  "fast-import alone %.1f s" % alone.cpu, alone.cpu)
        t.compare("  the same: elapsed", "%.1f s" % ours.seconds, ours.seconds, "fast-import alone %.1f s" % alone.seconds, alone.seconds)
        t.tell("  for comparison: fast-import of main and raw", "%.1f s CPU (%.1f s)" % (both.cpu, both.seconds), "")
        t.compare("  the same: peak memory", "%.0f MB" % ours.mb, ours.mb, "300 MB", 300)
        t.compare("  the same: packs of main and raw", "%.1f MB" % packs[0], packs[0], "fast-import of both %.1f MB" % packs[1], packs[1])
        return home

    def count(self, home):
        return self.run(home, "list", "--since", SINCE, "--format=csv").out.count("\n") - 1

    def nothing_new(self, home):
        first = self.run(home, "fetch", "eping", "--since", SINCE, day="2026-06-01")
        n, before = self.count(home), files(home + "/store.git")
        again = self.run(home, "fetch", "eping", "--since", SINCE, day="2026-06-02")
        cron = self.run(home, "fetch", "eping", day="2026-06-03")
        if files(home + "/store.git") != before:
            sys.exit("bench: a run with nothing new wrote to the store")
        t = self.table
        t.tell("first reading of %d through the API, a month of them new" % n, "%.2f ms CPU a record, %.0f MB" % (first.cpu * 1000 / n, first.mb), "")
        t.compare("run with nothing new, %d records: CPU a record" % n, "%.3f ms" % (again.cpu * 1000 / n), again.cpu * 1000 / n, "0.2 ms", 0.2)
        t.compare("  the same: peak memory", "%.0f MB" % again.mb, again.mb, "40 MB", 40)
        t.tell("  the same: files of the store that changed", "none", "none")
        t.tell("  the window that cron reads each day, whole run", "%.3f s CPU, %.0f MB" % (cron.cpu, cron.mb), "")

    def changed(self, home):
        pathlib.Path("edited").touch()
        self.run(home, "fetch", "eping", day="2026-06-04")
        os.unlink("edited")

    def reading(self, home):
        some = re.search(r"^(G/TBT/N/[A-Z]+/\d+),", self.run(home, "list", "--until", "2015-01-01", "--limit", "200", "--format=csv").out, re.M)[1]
        member, number = some.split("/")[3:]
        path = "eping/TBT/%s/%sxx/%s/notification.md" % (member, int(number) // 100, number)
        day = at("2026-06-06")
        for work, args in (("show ID", ["show", some]), ("list --open --sector toys", ["list", "--open", "--sector", "toys"]), ("log ID", ["log", some]),
                           ("search", ["search", "infant formula"])):
            seconds, cpu = often([self.regwatch, "-C", home, *args], day)
            self.table.compare(work, ms(seconds, cpu), seconds * 1000, "20 ms", 20)
            if work == "log ID":
                theirs = min((Used(["git", "--git-dir", home + "/store.git", "log", "--oneline", "main", "--", path]) for _ in range(3)), key=lambda u: u.seconds)
                if not theirs.out:
                    sys.exit("bench: git log finds nothing under " + path)
                self.table.compare("  the same: 20 times faster than git log -- PATH", "%.0f times" % (theirs.seconds / seconds), seconds,
                                   "git log %.0f ms / 20" % (theirs.seconds * 1000), theirs.seconds / 20)
        diff = [self.regwatch, "-C", home, "diff", "--sector", "food", "--since", "30d"]
        redlines = Used(diff, env=day).out
        seconds, cpu = often(diff, day)
        self.table.compare("diff --sector food --since 30d, %d lines" % redlines.count("\n"), ms(seconds, cpu), seconds * 1000, "100 ms", 100)

    def one_change(self, home, back):
        """Another text for one record, the back-th from the end, by way of a saved page."""
        eping = world.Eping(self.rows)
        page = {"items": [world.api_item(eping.fields(self.rows - back, version=1))], "totalCount": 1, "currentPage": 1, "pageSize": 100, "isCountExceeded": False}
        pathlib.Path("one.json").write_text(json.dumps(page))
        tip = git("--git-dir", home + "/store.git", "rev-parse", "main")
        self.run(home, "import", "one.json", day="2026-06-06")
        n = int(git("--git-dir", home + "/store.git", "rev-list", "--count", tip + "..main"))
        if n != 1:
            sys.exit("bench: one changed record made %d commits" % n)

    def publishing(self, home):
        publish = lambda: self.run(home, "publish", os.path.abspath("site"), day="2026-06-06")
        t, whole, before = self.table, publish(), files("site")
        size = sum(f[0] for f in before.values()) / 1e6
        t.compare("publish: %d files, %.0f MB" % (len(before), size), "%.1f s CPU (%.1f s)" % (whole.cpu, whole.seconds), whole.seconds, "60 s", 60)
        t.tell("  the same: peak memory", "%.0f MB" % whole.mb, "")
        again = publish()
        if files("site") != before:
            sys.exit("bench: publishing again with nothing new wrote to the site")
        t.tell("  again, nothing new", "%.2f s CPU (%.2f s)" % (again.cpu, again.seconds), "")
        self.publishing_changes(home, publish, "new", 21)
        self.publishing_changes(home, publish, "old", self.rows // 2)

    def publishing_changes(self, home, publish, which, first):
        before, changes = files("site"), []
        for back in range(first, first + CHANGES):
            self.one_change(home, back)
            changes.append(publish())
        after, best = files("site"), min(changes, key=lambda u: u.seconds)
        written = sum(before.get(name) != what for name, what in after.items())
        if written == 0:
            sys.exit("bench: a changed record changed no page")
        self.table.compare("  after one change, %s: %d files, best of %d" % (which, written, CHANGES), "%.2f s CPU (%.2f s)" % (best.cpu, best.seconds), best.seconds, "1 s", 1)
        self.table.tell("  the same: a middling one", "%.2f s" % statistics.median(u.seconds for u in changes), "")

    def tris(self, port):
        home = self.home("tris", port)
        used = self.run(home, "fetch", "tris")
        commits = int(git("--git-dir", home + "/store.git", "rev-list", "--count", "main"))
        if commits != self.pages:
            sys.exit("bench: %d commits of %d pages" % (commits, self.pages))
        self.table.tell("first fetch and commit of %d pages of TRIS" % self.pages, "%.2f s CPU (%.1f s)" % (used.cpu, used.seconds),
                        "1/5 of urlwatch, 1/100 of Open Terms Archive: neither is measured here")

def start_server(rows, pages):
    server = subprocess.Popen([sys.executable, HERE / "server.py", str(rows), str(pages), "."])
    while not os.path.exists("port"):
        if server.poll() is not None:
            sys.exit("bench: the stand-in server does not start")
        time.sleep(0.05)
    return server, pathlib.Path("port").read_text().strip()

def main(regwatch, rows, pages, folder):
    os.chdir(folder)
    print("%d synthetic notifications, %d synthetic pages, %s processors, load %.1f\n" % (rows, pages, os.cpu_count(), os.getloadavg()[0]))
    server, port = start_server(rows, pages)
    try:
        b = Bench(regwatch, rows, pages)
        home = b.bulk(port)
        b.nothing_new(home)
        b.changed(home)
        b.reading(home)
        b.publishing(home)
        b.tris(port)
        print("\n%d figures reached, %d missed. Ratio: measured by figure, up to 1.00 is good." % (b.table.reached, b.table.missed))
    finally:
        server.kill()
        server.wait()

if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: bench.py REGWATCH ROWS PAGES FOLDER")
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
