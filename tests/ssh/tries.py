"""What is tried on the machine of the README: that it works as it says, and forty ways to get more out of it than that."""
import fcntl, os, pathlib, pty, re, select, signal, socket, struct, subprocess, tempfile, termios, threading, time

ESCAPED = pathlib.Path(tempfile.mkdtemp(prefix="escaped-"))
os.chmod(ESCAPED, 0o777)


class Screen:
    """A program in a terminal."""

    def __init__(self, command, size=(120, 40), env=None):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.started, self.seen = time.monotonic(), b""
        env = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True)
        os.close(slave)

    def wait(self, text, limit=30):
        """Reads until the text has come; gives the seconds since the start, or none."""
        while text not in self.text():
            left = self.started + limit - time.monotonic()
            if left < 0 or not select.select([self.master], [], [], left)[0]:
                return None
            try:
                self.seen += os.read(self.master, 65536)
            except OSError:
                return None
        return time.monotonic() - self.started

    def text(self):
        """Everything that came, without the sequences between."""
        return re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", self.seen).decode("utf-8", "replace")

    def keys(self, keys, pause=0.15):
        for key in keys:
            os.write(self.master, key.encode())
            time.sleep(pause)
            while select.select([self.master], [], [], 0)[0]:
                try:
                    self.seen += os.read(self.master, 65536)
                except OSError:
                    return

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
        os.close(self.master)


def workstation(host, login, *options, env=None):
    head, where = host.ssh(login, "-tt", *options)
    return Screen([*head, where], env=env)


def sessions(host):
    """The numbers of the workstations that run now."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.readlink(entry / "exe") == "/usr/local/bin/closeloop":
                    found.append(int(entry.name))
            except OSError:
                pass
    return found


def all_of(host, full):
    host.carry_out("people")
    host.carry_out("both")
    host.carry_out(host.which)
    host.carry_out(host.which + "-import")
    host.keys()
    host.serve()
    yield from works(host)
    yield from restored(host, full)
    yield from escapes(host)
    yield from storm(host, full)
    if host.which == "a":
        yield from unguarded(host, full)


def works(host):
    """Two people over real SSH, each with their own name and role; `ssh -T` says one line."""
    wrong = []
    for login, role in [("ada.m", "coordinator"), ("tom.v", "Head")]:
        screen = workstation(host, login)
        if screen.wait(login) is None or role.lower() not in screen.text().lower():
            wrong.append(f"{login}: {screen.text()[-800:]}")
        screen.keys("q")
        screen.close()
    listed = host.asks("ada.m", "list people --json")
    if listed.returncode != 0 or b"Ruth Penn" not in listed.stdout:
        wrong.append(f"list: {listed}")
    zipped = host.asks("ada.m", "export csv")
    if zipped.returncode != 0 or not zipped.stdout.startswith(b"PK"):
        wrong.append(f"export: {zipped}")
    bare = host.asks("ada.m", None, "-T")
    if bare.returncode != 2 or len(bare.stderr.strip().splitlines()) != 1 or bare.stdout:
        wrong.append(f"-T: {bare}")
    odd = 0
    for term in ["", "dumb", "x" * 10_000, "../../etc/passwd", "xterm;id"]:
        screen = workstation(host, "ada.m", env={"TERM": term})
        came = screen.wait("ada.m" if term not in ("", "dumb") else "TERM", 20)
        odd += came is None
        screen.close()
    # The client sends no locale at all: the rules of sshd say that it is UTF-8, and whoever cannot show that says so.
    for asked, drawn in [([], True), (["--", "--ascii"], False)]:
        head, where = host.ssh("ada.m", "-tt")
        screen = Screen([*head, where, *asked], env={"LANG": "", "LC_ALL": ""})
        screen.wait("ada.m")
        if ("\u2502" in screen.text()) != drawn:
            wrong.append(f"lines drawn by {asked or 'no locale'}: {screen.text()[-400:]}")
        screen.keys("q")
        screen.close()
    doctor = subprocess.run(["closeloop", "doctor"] + (["--keys", "/etc/ssh/authorized_keys.d/closeloop"] if host.which == "a" else []),
                            capture_output=True, text=True)
    # Not yet backed up: that, and that alone, is to be mended.
    mends = [line for line in doctor.stdout.splitlines() if line.startswith("mend")]
    if [line.split()[1] for line in mends] != ["backup", "anchor"]:
        wrong.append("doctor: " + doctor.stdout + doctor.stderr)
    if [name for name in ("people.csv", "annex-a.xlsx") for folder in ("/run", host.folder) if os.path.exists(f"{folder}/{name}")]:
        wrong.append("what was imported still lies in /run")
    yield {"test": "T22", "setup": host.which, "wrong": wrong, "odd_terminals_lost": odd, "holds": not wrong and odd == 0}


def restored(host, full):
    """The timers' units and the drill, as they stand; while somebody works, and with everybody gone."""
    host.carry_out("timers")
    wrong, rounds = [], 20 if full else 3
    ticked = host.unit("closeloop-tick")
    time.sleep(0.5)
    anchor = "\n".join(line for line in host.logged if "closeloop-anchor" in line)
    if not anchor:
        wrong.append(f"no anchor came to the log: {ticked}")
    ok = 0
    for _ in range(rounds):
        backed = host.unit("closeloop-backup")
        time.sleep(1.1)
        ok += backed.returncode == 0
        if backed.returncode:
            wrong.append(str(backed))
    began = time.monotonic()
    host.carry_out("drill")
    # Somebody is in: the restore is refused and nothing is changed.
    screen = workstation(host, "ada.m")
    screen.wait("ada.m")
    try:
        host.carry_out("restore")
        wrong.append("it was restored while somebody was in")
    except AssertionError as refused:
        if "is in use" not in str(refused) or "In it: ada.m (process" not in str(refused):
            wrong.append(str(refused))
    screen.keys("q")
    screen.close()
    for _ in range(100):
        if not sessions(host):
            break
        time.sleep(0.1)
    host.carry_out("restore")
    again = host.asks("ada.m", "list people --json")
    if again.returncode != 0:
        wrong.append(f"nobody can work after it: {again}")
    anchored = subprocess.run(["closeloop", "verify", "--anchor", "-"], input=anchor, capture_output=True, text=True)
    if anchored.returncode != 0:
        wrong.append(f"the anchor in the log is not of this journal: {anchored}")
    checked = host.unit("closeloop-doctor")
    if checked.returncode != 0:
        wrong.append(f"doctor after the restore: {checked.stdout}{checked.stderr}")
    wrong += moved(host) + upgraded(host)
    yield {"test": "T16", "setup": host.which, "backups": rounds, "restored": ok, "missing": 0 if not wrong else 1,
           "drill_seconds": round(time.monotonic() - began, 1), "wrong": wrong, "holds": not wrong and ok == rounds}


def moved(host):
    """A new machine: the files are gone, the folders are there; whoever restores is root, and afterwards a record still opens."""
    data = pathlib.Path("/srv/closeloop")
    for path in data.iterdir():
        if path.is_file() and path.name != "ballast":
            path.unlink()
    newest = sorted(pathlib.Path("/var/backups/closeloop").glob("insights-*Z.db"))[-1]
    subprocess.run(["closeloop", "restore", str(newest)], capture_output=True, check=True)
    whose = {path.name: (path.owner(), path.group(), oct(path.stat().st_mode & 0o777)) for path in data.glob("insights*.db")}
    wanted = ("closeloop", "closeloop", "0o600") if host.which == "a" else ("root", "closeloop", "0o660")
    if set(whose.values()) != {wanted} or len(whose) != 2:
        return [f"after a restore onto a new machine: {whose}"]
    asked = host.asks("ada.m", "export csv")
    return [] if asked.returncode == 0 and asked.stdout.startswith(b"PK") else [f"nobody can look after it: {asked}"]


def upgraded(host):
    """The same program once more, by the line for this set-up; by the other's line doctor has to see that nobody comes in."""
    # Backups are named by the second.
    time.sleep(1.1)
    host.carry_out(f"upgrade-{host.which}")
    wrong = []
    if host.asks("tom.v", "list people --json").returncode != 0:
        wrong.append("after an upgrade nobody comes in")
    if host.which == "b":
        subprocess.run(["install", "-m", "0755", str(host.folder / "target/release/closeloop"), "/usr/local/bin/closeloop"], check=True)
        told = host.unit("closeloop-doctor")
        if host.asks("tom.v", "list people --json").returncode == 0 or "nobody can open the database" not in told.stdout:
            wrong.append(f"the line of A locks out of B, and doctor does not say so: {told.stdout}")
        time.sleep(1.1)
        host.carry_out("upgrade-b")
    return wrong


def storm(host, full):
    """The log-ins of nine in the morning: ten a second."""
    logins = 100 if full else 20
    took, screens = [], []

    def one(at):
        time.sleep(max(0, at - time.monotonic()))
        screen = workstation(host, "ada.m" if len(screens) % 2 else "tom.v")
        screens.append(screen)
        took.append(screen.wait("next thing", 60))

    began = time.monotonic()
    threads = [threading.Thread(target=one, args=(began + n / 10,)) for n in range(logins)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    seconds = time.monotonic() - began
    for screen in screens:
        screen.close()
    frames = sorted(1000 * each for each in took if each is not None)
    refused = sum(each is None for each in took)
    yield {"test": "T26", "setup": host.which, "logins": logins, "seconds": round(seconds, 1), "refused": refused,
           "first_frame_p50_ms": round(frames[len(frames) // 2]) if frames else None,
           "first_frame_p95_ms": round(frames[int(len(frames) * 0.95)]) if frames else None, "holds": refused == 0}


def escapes(host):
    """Every try gives itself away by a file in ESCAPED, by words that only a shell or a stranger's file could say, or by a line through."""
    from escapes import TRIES
    shells, said = 0, []
    for number, (name, attempt) in enumerate(TRIES, 1):
        mark = ESCAPED / f"{host.which}{number}"
        try:
            out = attempt(host, str(mark)) or b""
        except subprocess.TimeoutExpired:
            out = b""
        got = mark.exists() or b"uid=" in out or b"root:x:0:0" in out or b"GOT THROUGH" in out
        if got:
            shells += 1
            said.append(f"{number} {name}: {out[-300:]!r}")
    yield {"test": "T27", "setup": host.which, "tries": len(TRIES), "shells": shells, "which": said, "holds": shells == 0}


def unguarded(host, full):
    """The same tries at a key that forces nothing: most of them have to get through, or they prove nothing."""
    from escapes import TRIES
    keys = pathlib.Path("/etc/ssh/authorized_keys.d/closeloop")
    guarded, drop_in = keys.read_text(), pathlib.Path("/etc/ssh/sshd_config.d/closeloop.conf")
    rules = drop_in.read_text()
    keys.write_text(re.sub(r"^restrict.*?\" ", "", guarded, flags=re.M))
    drop_in.write_text("AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u\nPermitUserRC yes\n")
    host.again()
    tried = TRIES if full else TRIES[:24]
    through = 0
    for number, (_, attempt) in enumerate(tried, 1):
        mark = ESCAPED / f"open{number}"
        try:
            out = attempt(host, str(mark)) or b""
        except (subprocess.TimeoutExpired, IndexError, OSError):
            out = b""
        through += mark.exists() or b"uid=" in out or b"root:x:0:0" in out or b"GOT THROUGH" in out
    keys.write_text(guarded), drop_in.write_text(rules)
    host.again()
    yield {"test": "T27", "setup": "no rules", "control_tries": len(tried), "control_through": through, "holds": through >= 12}
