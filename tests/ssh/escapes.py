"""Forty ways out of a forced command, from the plan (T27, T29). Each is handed the host and the name of a file that must not come about."""
import os, pathlib, re, shutil, signal, socket, subprocess, threading, time


def request(text, *options):
    """Asks for something that a shell would do."""
    def attempt(host, mark):
        done = host.asks("tom.v", text.replace("MARK", mark), *options)
        return done.stdout + done.stderr
    return attempt


def keys(typed, *options, env=None):
    """Types into the workstation what gets a shell out of other programs."""
    def attempt(host, mark):
        from tries import workstation
        screen = workstation(host, "tom.v", *options, env={name: value.replace("MARK", mark) for name, value in (env or {}).items()})
        screen.wait("tom.v")
        screen.keys([key.replace("MARK", mark) for key in typed])
        seen = screen.text().encode()
        screen.close()
        return b"" if b"uid=" not in seen else seen
    return attempt


def sent(**variables):
    """Sends variables along, and looks at what the session has of them."""
    def attempt(host, mark):
        from tries import sessions, workstation
        named = {name: value.replace("MARK", mark) for name, value in variables.items()}
        screen = workstation(host, "tom.v", "-o", "SetEnv=" + " ".join(f"{name}={value}" for name, value in named.items()))
        screen.wait("tom.v")
        told = b""
        for session in sessions(host):
            has = pathlib.Path(f"/proc/{session}/environ").read_bytes().split(b"\0")
            told += b"GOT THROUGH" * any(f"{name}={value}".encode() in has for name, value in named.items())
        screen.keys(["x", "e", "!"])
        screen.close()
        return told
    return attempt


def forward(*options, through="local"):
    """Asks for a line through the machine, to a place that answers whoever reaches it."""
    def attempt(host, mark):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        listener.settimeout(0.2)
        over = threading.Event()

        def answer():
            while not over.is_set():
                try:
                    line, _ = listener.accept()
                    line.sendall(b"GOT THROUGH\n")
                    line.close()
                except OSError:
                    pass
        threading.Thread(target=answer, daemon=True).start()
        target, gate = listener.getsockname()[1], free_port()
        head, where = host.ssh("tom.v", *[option.replace("GATE", str(gate)).replace("TARGET", str(target)).replace("MARK", mark) for option in options])
        # Something is sent, so that a line that is open says so.
        process = subprocess.Popen([*head, where], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(1.5)
        heard = b""
        if through == "local":
            try:
                with socket.create_connection(("127.0.0.1", gate), 2) as line:
                    line.settimeout(2)
                    if "-D" in options:
                        line.sendall(b"\x05\x01\x00")
                        line.recv(2)
                        line.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + target.to_bytes(2, "big"))
                        line.recv(10)
                    heard = line.recv(100)
            except OSError:
                pass
        elif through == "agent":
            found = [path for path in pathlib.Path("/tmp").glob("ssh-*/agent.*") if path.stat().st_uid != 0]
            heard = b"GOT THROUGH" if found else b""
        over.set()
        process.terminate()
        out, _ = process.communicate()
        return heard + (out if through == "stdio" else b"")
    return attempt


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def copy(tool, *arguments, given=None):
    """Copies files by the tools that come with SSH."""
    def attempt(host, mark):
        head, where = host.ssh("tom.v", tool=tool)
        source = pathlib.Path(mark + ".source")
        source.write_text("x")
        back = pathlib.Path(mark + ".back")
        said = [each.replace("WHERE", where).replace("MARK", mark).replace("SOURCE", str(source)).replace("BACK", str(back)) for each in arguments]
        done = subprocess.run([*head, *said], input=(given or "").replace("MARK", mark).replace("SOURCE", str(source)).replace("BACK", str(back)).encode(),
                              capture_output=True, timeout=60)
        return done.stdout + (back.read_bytes() if back.exists() else b"")
    return attempt


def home(name, text):
    """A file in the home folder that sshd or a shell would read, as if somebody had got it there."""
    def attempt(host, mark):
        folder = pathlib.Path("/etc/closeloop" if host.which == "a" else "/srv/closeloop-home")
        path = folder / name
        path.parent.mkdir(mode=0o755, exist_ok=True)
        path.write_text(text.replace("MARK", mark))
        path.chmod(0o755)
        done = host.asks("tom.v", "list queue")
        path.unlink()
        return done.stdout + done.stderr
    return attempt


def beside(*command, setgid=True, **environment):
    """Another process of the same user, at a shell that they should not have: against a session of theirs (SESSION)."""
    def attempt(host, mark):
        from tries import sessions, workstation
        screen = workstation(host, "tom.v")
        screen.wait("tom.v")
        session = sessions(host)[0]
        user = "closeloop" if host.which == "a" else "tom.v"
        said = [each.replace("SESSION", str(session)).replace("MARK", mark) for each in command]
        env = {**os.environ, **{name: value.replace("MARK", mark) for name, value in environment.items()}}
        done = subprocess.run(["runuser", "-u", user, "--", *said], capture_output=True, timeout=60, env=env, cwd="/tmp")
        screen.close()
        return done.stdout
    return attempt


def mail_program(host, mark):
    """A configuration of one's own that names a program to be started as the mail system of the machine."""
    program = pathlib.Path(mark + ".sh")
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    config = pathlib.Path(mark + ".toml")
    config.write_text(f'[mail]\nfrom = "a@b.example"\nsendmail = "{program}"\n')
    config.chmod(0o644)
    out = host.asks("tom.v", f"--config {config} tick").stdout
    if host.which == "b":
        for arguments in [["--config", str(config), "tick"], ["tick"], ["--config", str(config)]]:
            env = {**os.environ, "XDG_CONFIG_HOME": os.path.dirname(mark), "HOME": os.path.dirname(mark)}
            out += subprocess.run(["runuser", "-u", "tom.v", "--", "/usr/local/bin/closeloop", *arguments], capture_output=True, env=env).stdout
    return out


def core(host, mark):
    """A fault that would leave the memory of a session in a file."""
    from tries import sessions, workstation
    screen = workstation(host, "tom.v")
    screen.wait("tom.v")
    for session in sessions(host):
        os.kill(session, signal.SIGABRT)
    screen.close()
    folders = [pathlib.Path(folder) for folder in ["/etc/closeloop", "/srv/closeloop", "/srv/closeloop-home", "/tmp", "/var/lib/systemd/coredump"]]
    return b"GOT THROUGH" if any(list(folder.glob("core*")) for folder in folders if folder.exists()) else b""


PRELOAD = "/usr/lib/x86_64-linux-gnu/libm.so.6"

TRIES = [
    ("a command", request("id")),
    ("a shell by its name", request("bash -c id")),
    ("a shell in a terminal", request("bash -i", "-tt")),
    ("a command after a list", request("list queue; touch MARK")),
    ("a pipe", request("list queue | tee MARK")),
    ("and", request("list queue && touch MARK")),
    ("a substitution", request("list $(touch MARK)")),
    ("backticks", request("list `touch MARK`")),
    ("a redirection", request("list people > MARK")),
    ("a line of its own", request("list queue\ntouch MARK")),
    ("a function of an old shell", request("() { :; }; touch MARK")),
    ("a backslash and a quote", request("list \\'; touch MARK; \\'")),
    ("another person", request("list people --as ada.m --db /etc/passwd")),
    ("another database", request("--db /etc/passwd list queue")),
    ("another configuration", request("--config /etc/passwd list queue")),
    ("a report into a file", request("report 2026-11 --kind collaborative-review --format md --out MARK")),
    ("the data set into a folder", request("export csv MARK")),
    ("a backup into a file", request("backup MARK")),
    ("a list from a file", request("import people /etc/passwd")),
    ("a framework from a file", request("framework check /etc/passwd")),
    ("scp to the machine", copy("scp", "-O", "SOURCE", "WHERE:MARK")),
    ("scp from the machine", copy("scp", "-O", "WHERE:/etc/passwd", "BACK")),
    ("sftp to the machine", copy("sftp", "-b", "-", "WHERE", given="put SOURCE MARK\n")),
    ("sftp from the machine", copy("sftp", "-b", "-", "WHERE", given="get /etc/passwd BACK\n")),
    ("the sftp server as a command", request("/usr/lib/openssh/sftp-server")),
    ("rsync", request("rsync --server --sender . /etc/passwd")),
    ("a line through (-L)", forward("-N", "-L", "GATE:127.0.0.1:TARGET")),
    ("a line back (-R)", forward("-N", "-R", "GATE:127.0.0.1:TARGET")),
    ("a proxy (-D)", forward("-N", "-D", "GATE")),
    ("standard output through (-W)", forward("-W", "127.0.0.1:TARGET", through="stdio")),
    ("an agent (-A)", forward("-A", "-tt", through="agent")),
    ("a socket on the machine (-R)", forward("-N", "-R", "MARK:127.0.0.1:TARGET", through="none")),
    ("~/.ssh/rc", home(".ssh/rc", "touch MARK\n")),
    ("~/.ssh/environment", home(".ssh/environment", "LD_PRELOAD=MARK\nBASH_ENV=MARK\n")),
    ("~/.profile and what ENV names", home(".profile", "touch MARK\n")),
    ("LD_PRELOAD, LD_LIBRARY_PATH", sent(LD_PRELOAD=PRELOAD, LD_LIBRARY_PATH="/tmp")),
    ("GCONV_PATH, TMPDIR, ENV, BASH_ENV", sent(GCONV_PATH="/tmp", TMPDIR="/tmp", ENV="MARK", BASH_ENV="MARK")),
    ("EDITOR, PAGER, SHELL, HOME, CLOSELOOP_DB", sent(EDITOR="/bin/sh", PAGER="/bin/sh", SHELL="/tmp/sh", HOME="/tmp", CLOSELOOP_DB="/tmp/x.db")),
    ("keys that open a shell elsewhere", keys(["!", "touch MARK\r", ":", "!touch MARK\r", "\x1b", "\x1a", "|", "v", "\x18", "\x05", "\x1b", "~", "\x1c", "\x03"])),
    ("a terminal with a path for a name", keys(["q"], env={"TERM": "../../../tmp/x"})),
    ("memory of a session", beside("sh", "-c", "cat /proc/SESSION/environ > MARK.environ && echo GOT THROUGH; exec 3< /proc/SESSION/mem && echo GOT THROUGH")),
    ("tracing a session", beside("sh", "-c", "strace -p SESSION 2>&1 & sleep 1; kill $! 2>/dev/null && grep -q 'TracerPid:.[1-9]' /proc/SESSION/status && echo GOT THROUGH")),
    ("a mail program of one's own", mail_program),
    ("a core file", core),
]
