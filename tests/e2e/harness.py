"""What the end-to-end tests share: steps of a case, and a home of its own with the servers beside it."""
import os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)
import server

SKIP = 77                       # what meson reads as "skipped"
STEP_SECONDS = 120
TMPFS = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def read(path, default=None):
    if default is not None and not os.path.exists(path):
        return default
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as f:
        return f.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as f:
        f.write(text)


class Step:
    def __init__(self, folder, number, before):
        self.prefix = os.path.join(folder, "%d-" % number)
        self.command = read(self.prefix + "command")
        settings = dict((line[2:].split(None, 1) + [""])[:2] for line in self.command.splitlines() if line.startswith("#:"))
        unknown = set(settings) - {"now", "exit", "unchanged", "damaged"}
        if unknown:
            raise SystemExit("%scommand: unknown setting %s" % (self.prefix, ", ".join(unknown)))
        self.now = settings.get("now", before.now if before else "2025-06-12T06:00:00Z").strip()
        self.exit = int(settings.get("exit", "0"))
        self.unchanged = "unchanged" in settings
        self.damaged = "damaged" in settings or bool(before and before.damaged)
        self.replies = read(self.prefix + "replies") if os.path.exists(self.prefix + "replies") else before.replies if before else ""


def steps_of(folder):
    steps, number = [], 1
    while os.path.exists(os.path.join(folder, "%d-command" % number)):
        steps.append(Step(folder, number, steps[-1] if steps else None))
        number += 1
    if not steps:
        raise SystemExit("%s: there is no step" % folder)
    return steps


class Sandbox:
    """A home of its own with the servers beside it."""
    def __init__(self, folder, program, elsewhere=None, tmp=None):
        self.folder, self.servers, self.ids = folder, server.Servers(), {}
        self.root = tempfile.mkdtemp(prefix="regwatch-e2e-", dir=tmp or TMPFS)
        self.home, self.work = os.path.join(self.root, "home"), os.path.join(self.root, "work")
        if os.path.isdir(os.path.join(folder, "files")):
            shutil.copytree(os.path.join(folder, "files"), self.work)
        else:
            os.mkdir(self.work)
        os.mkdir(os.path.join(self.root, "bin"))
        os.symlink(program, os.path.join(self.root, "bin", "regwatch"))
        self.env = {"PATH": "%s/bin:%s/tools:/usr/sbin:/usr/bin:/sbin:/bin" % (self.root, HERE), "HOME": self.root, "REGWATCH_DIR": self.home, "LC_ALL": "C.UTF-8", "TZ": "UTC",
                    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "TMPDIR": self.root, "PYTHONDONTWRITEBYTECODE": "1",
                    "STORE": os.path.join(self.home, "store.git"), "CONF": os.path.join(self.root, "conf"), "PORT": str(self.servers.port), "WORLD": os.path.join(HERE, "world")}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "REGWATCH_DATA"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.env.update(elsewhere or {})
        conf = read(os.path.join(folder, "conf"), read(os.path.join(HERE, "conf")))
        write(self.env["CONF"], self.fill(conf))
        os.chmod(self.env["CONF"], 0o600)

    def fill(self, text):
        return text.replace("@PORT@", str(self.servers.port)).replace("@SMTP@", str(self.servers.smtp_port)).replace("@HOME@", self.root)

    def find(self, name):
        for place in (self.folder, os.path.join(HERE, "world")):
            if os.path.exists(os.path.join(place, name)):
                return os.path.join(place, name)
        raise SystemExit("%s: there is no file '%s'" % (self.folder, name))

    def begin(self, step):
        self.servers.begin(server.Script(step.replies, self.find, step.now[:10]))

    def sh(self, command, now, extra=None):
        env = dict(self.env, REGWATCH_NOW=now, **(extra or {}))
        return subprocess.run(["/bin/sh", "-c", command], cwd=self.work, env=env, capture_output=True, timeout=STEP_SECONDS, stdin=subprocess.DEVNULL)

    def git(self, *args):
        return subprocess.run(["git", "-C", self.env["STORE"], *args], env=dict(self.env, LC_ALL="C"), capture_output=True, text=True, errors="surrogateescape")

    def fsck(self):
        """What git finds wrong with the store, '' nothing."""
        if not os.path.isdir(self.env["STORE"]):
            return ""
        p = self.git("fsck", "--strict", "--no-dangling", "--no-progress")
        said = "".join(l for l in (p.stdout + p.stderr).splitlines(True) if not l.startswith("notice: "))       # that a store is empty
        return "" if p.returncode == 0 and not said else "git fsck: exit %d\n%s" % (p.returncode, said)

    def snapshot(self):
        """Every file of the store with its bytes and the time of its last change."""
        seen = {}
        for folder, _, names in os.walk(self.env["STORE"]):
            seen[folder] = os.stat(folder).st_mtime_ns
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as f:
                    seen[path] = (os.stat(path).st_mtime_ns, f.read())
        return seen

    def mask(self, text):
        for real, shown in ((self.root, "@HOME@"), (":%d" % self.servers.port, ":@PORT@"), (":%d" % self.servers.smtp_port, ":@SMTP@"), (":%d" % self.servers.thief_port, ":@THIEF@"), (HERE, "@TESTS@")):
            text = text.replace(real, shown)
        text = re.sub(r"\b[0-9a-f]{64}\b", "@SHA256@", text)
        text = re.sub(r"\b[0-9a-f]{40}\b", "@OID@", text)
        text = re.sub(r"\b[0-9a-f]{32}(?=@)", lambda m: self.ids.setdefault(m[0], "@ID%d@" % (len(self.ids) + 1)), text)     # of messages: told apart
        return re.sub(r"(is held by ')\d+ ", r"\1@PID@ ", text)

    def close(self, keep=False):
        self.servers.close()
        if keep:
            print("kept:", self.root)
        else:
            shutil.rmtree(self.root, ignore_errors=True)
