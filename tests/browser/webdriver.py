"""Chromium driven through chromedriver by plain HTTP (W3C WebDriver); standard library only."""
import base64, http.client, json, os, re, shutil, socket, subprocess, tempfile, time

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1", "--lang=en"]
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Space": " "}

def missing():
    """What is not on this machine, or None."""
    for names in (("chromium", "chromium-browser", "google-chrome"), ("chromedriver",)):
        if not any(shutil.which(n) for n in names):
            return names[0]
    try:
        socket.getaddrinfo("localhost", None)      # by which chromedriver asks for its browser
    except OSError:
        return "the name localhost"
    return None

class Failed(Exception):
    pass

class Browser:
    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="regwatch-chromium-")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                       env=dict(os.environ, HOME=self.profile))
        self.session = None
        try:
            self.port = self.wait_for_port()
            chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
            options = {"binary": chromium, "args": FLAGS + ["--user-data-dir=" + self.profile]}
            made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options,
                             "goog:loggingPrefs": {"browser": "ALL"}, "timeouts": {"script": 60000, "pageLoad": 60000}}}})
            self.session = "/session/" + made["sessionId"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.session:
            try:
                self.call("DELETE", self.session)
            except (OSError, Failed):
                pass
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def wait_for_port(self):
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return int(found.group(1))
        raise Failed("chromedriver does not start")

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, json.dumps(body if body is not None else {}) if method == "POST" else None, {"Content-Type": "application/json"})
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(value, dict) and "error" in value:
            raise Failed("%s: %s" % (value["error"], value.get("message", "").split("\n")[0]))
        return value

    def post(self, path, **body):
        return self.call("POST", self.session + path, body)

    def cdp(self, command, **params):
        return self.post("/goog/cdp/execute", cmd=command, params=params)

    def open(self, url):
        self.post("/url", url=url)

    def run(self, script, *args):
        """The body of a function; its result."""
        return self.post("/execute/sync", script=script, args=list(args))

    def wait(self, script, *args, seconds=40):
        end = time.monotonic() + seconds
        while True:
            value = self.run(script, *args)
            if value:
                return value
            if time.monotonic() > end:
                raise Failed("never came true: " + script)
            time.sleep(0.03)

    def keys(self, *names):
        """Presses and releases keys one after another."""
        actions = [a for n in names for a in ({"type": "keyDown", "value": KEYS.get(n, n)}, {"type": "keyUp", "value": KEYS.get(n, n)})]
        self.post("/actions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def type(self, text):
        self.keys(*text)

    def view(self, width, height=900, scheme="light", media="screen"):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.cdp("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme},
                                                                      {"name": "prefers-reduced-motion", "value": "reduce"}])

    def console(self):
        """What the page complained about since the last look."""
        return [m["message"] for m in self.post("/se/log", type="browser") if m["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, path, height=None):
        clip = {"x": 0, "y": 0, "scale": 1, "width": self.run("return innerWidth"), "height": min(height or 1e9, self.run("return document.documentElement.scrollHeight"), 6000)}
        data = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))
