"""A mail server on loopback that refuses, delays and drops by a seed, for tests and benchmarks.

smtp_server.py LOG SEED REFUSE DEFER DROP DELAY_MS [CERTIFICATE SECURITY]: prints its port, appends a line to LOG for each
message that it took (before it answers), and drops the connection before or after that for a share DROP of the messages.
What it took lies whole in LOG.letters, one after the other. CERTIFICATE is a PEM file with its key, SECURITY is tls or starttls.
"""
import asyncio
import random
import ssl
import sys

from aiosmtpd.smtp import SMTP

LOG, SEED = sys.argv[1], int(sys.argv[2])
REFUSE, DEFER, DROP = (float(share) for share in sys.argv[3:6])
DELAY = float(sys.argv[6]) / 1000
SECURITY = sys.argv[8] if len(sys.argv) > 8 else ""
log = open(LOG, "a", buffering=1)
chance = random.Random(SEED)
deferred = set()


class Unreliable:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if "blocked" in address:
            return "550 5.7.1 this sender is blocked"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "refused" in address:
            return "550 5.1.1 no such user"
        if chance.random() < DEFER and address not in deferred:
            deferred.add(address)
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if DELAY:
            await asyncio.sleep(chance.random() * 2 * DELAY)
        fate = chance.random()
        if fate < REFUSE:
            return "452 4.3.1 not now"
        if fate < REFUSE + DROP / 2:
            server.transport.abort()
            return "421 gone"
        head = envelope.content.split(b"\r\n\r\n", 1)[0].decode("ascii", "replace")
        key = next(line for line in head.split("\r\n") if line.lower().startswith("message-id:"))
        with open(LOG + ".letters", "ab") as letter:
            letter.write(envelope.content)
        log.write(f"{envelope.rcpt_tos[0]} {key.split(':', 1)[1].strip()}\n")
        if fate > 1 - DROP / 2:
            server.transport.abort()
            return "421 gone"
        return "250 2.0.0 taken"


async def main():
    loop = asyncio.get_running_loop()
    context = None
    if SECURITY:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[7])
    start = {"tls_context": context, "require_starttls": True} if SECURITY == "starttls" else {}
    server = await loop.create_server(
        lambda: SMTP(Unreliable(), hostname="localhost", enable_SMTPUTF8=True, **start), "127.0.0.1", 0,
        ssl=context if SECURITY == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
