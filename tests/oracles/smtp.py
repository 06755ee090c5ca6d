"""A mail server that nobody here wrote (aiosmtpd), for the tests: it keeps what it takes as one file a message.

    smtp.py SPOOL PORT [--tls | --starttls] [--certificate CHAIN KEY] [--login USER PASSWORD]

Port 0 takes a free one. Says `ready PORT` once it listens and `taken MESSAGE-ID RECIPIENT` for each message, after that message
lies on the disk and before the client hears of it: whoever kills it then plays a server that dies before answering. A message
under a name that it has already is taken and dropped, as mail systems do (`again MESSAGE-ID RECIPIENT`). Ends with status 3 where
aiosmtpd is not installed.
"""

import argparse
import asyncio
import email
import os
import pathlib
import ssl
import sys

try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    sys.exit(3)


class Keep:
    def __init__(self, spool):
        self.spool = pathlib.Path(spool)

    async def handle_DATA(self, server, session, envelope):
        name = email.message_from_bytes(envelope.content)["Message-ID"]
        path = self.spool / (name.strip("<>").replace("/", "_") + ".eml")
        word = "again" if path.exists() else "taken"
        if word == "taken":
            half = path.with_suffix(f".half{os.getpid()}")
            with open(half, "wb") as file:
                file.write(b"X-To: " + ", ".join(envelope.rcpt_tos).encode() + b"\r\n" + envelope.content)
                file.flush()
                os.fsync(file.fileno())
            os.rename(half, path)
        print(word, name, ",".join(envelope.rcpt_tos), flush=True)
        return "250 2.0.0 taken"


async def serve(wanted):
    context = None
    if wanted.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*wanted.certificate)

    def authenticator(server, session, envelope, mechanism, data):
        right = wanted.login and [data.login.decode(), data.password.decode()] == wanted.login
        return AuthResult(success=bool(right), handled=bool(right))

    def protocol():
        return SMTP(
            Keep(wanted.spool),
            hostname="mail.example",
            tls_context=context if wanted.starttls else None,
            require_starttls=wanted.starttls,
            authenticator=authenticator if wanted.login else None,
            auth_required=bool(wanted.login),
            auth_require_tls=wanted.starttls,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", wanted.port, ssl=context if wanted.tls else None)
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


arguments = argparse.ArgumentParser()
arguments.add_argument("spool")
arguments.add_argument("port", type=int)
arguments.add_argument("--tls", action="store_true")
arguments.add_argument("--starttls", action="store_true")
arguments.add_argument("--certificate", nargs=2)
arguments.add_argument("--login", nargs=2)
asyncio.run(serve(arguments.parse_args()))
