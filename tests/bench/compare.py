#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
"""Times one DNS-01 issuance, and one of many names, by Sealbook and by others, side by side.

Started by tests/bench/run inside a network and mount namespace and a keyring session of its own.
Everybody talks to the same pebble and the same BIND, with an account that is known already and a
name that was never used. The programs take turns, so that a disturbance meets all of them. Nothing
here passes or fails: it prints what it saw, and the goals beside it.
"""

import argparse
import base64
import json
import os
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

ZONE = "bench.test"
KEY_NAME = "bench"
DIRECTORY_PORT = 14000
MANAGEMENT_PORT = 15000
PROGRAM_LIMIT = 900  # seconds; lego with 30 names takes minutes also at rest


def say(text=""):
    print(text, flush=True)


def write(path, text, mode=0o600):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)


def wait_for(what, is_there):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if is_there():
            return
        time.sleep(0.05)
    sys.exit(f"{what} did not start")


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Servers:
    """pebble and BIND. BIND serves the root, test. and the bench's zone, and is everybody's
    resolver: no question leaves the namespace."""

    def __init__(self, folder):
        self.folder = folder
        self.key = secrets.token_bytes(32)
        self.url = f"https://127.0.0.1:{DIRECTORY_PORT}/dir"
        self.ca_file = f"{folder}/pebble/tls.pem"
        self.key_file = f"{folder}/named/bench.key"
        self.log = f"{folder}/pebble.log"
        self.started = []

    def start(self):
        self.write_zones()
        self.write_authority()
        self.run(["named", "-g", "-c", "named.conf", "-n", "1"], "named", {})
        quiet = {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0", "PEBBLE_AUTHZREUSE": "0"}
        command = ["pebble", "-config", "pebble.json", "-dnsserver", "127.0.0.1:53"]
        self.run(command, "pebble", quiet)
        wait_for("BIND", lambda: accepts(53))
        wait_for("pebble", lambda: accepts(DIRECTORY_PORT))

    def run(self, command, name, more):
        log = open(f"{self.folder}/{name}.log", "wb")
        process = subprocess.Popen(command, cwd=f"{self.folder}/{name}", stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=log, env={**os.environ, **more})
        self.started.append(process)

    def stop(self):
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def write_zones(self):
        text = base64.b64encode(self.key).decode()
        key = f'key "{KEY_NAME}" {{ algorithm hmac-sha256; secret "{text}"; }};\n'
        write(self.key_file, key)
        write(f"{self.folder}/named/named.conf", key + f"""
options {{ directory "."; listen-on {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion yes; allow-query {{ 127.0.0.0/8; }}; dnssec-validation no; empty-zones-enable no;
  notify no; pid-file none; session-keyfile none; }};
controls {{ }};
zone "." {{ type primary; file "root.zone"; }};
zone "test." {{ type primary; file "test.zone"; }};
zone "{ZONE}." {{ type primary; file "bench.zone"; allow-update {{ key {KEY_NAME}; }}; }};
""")
        server = f"ns1.{ZONE}."
        soa = f"60 SOA {server} hostmaster.{ZONE}. 1 3600 5 86400 5\n"
        address = f"{server} 60 A 127.0.0.1\n"
        write(f"{self.folder}/named/root.zone",
              f". {soa}. 60 NS {server}\ntest. 60 NS {server}\n{address}")
        write(f"{self.folder}/named/test.zone",
              f"test. {soa}test. 60 NS {server}\n{ZONE}. 60 NS {server}\n{address}")
        write(f"{self.folder}/named/bench.zone", f"{ZONE}. {soa}{ZONE}. 60 NS {server}\n{address}")

    def write_authority(self):
        folder = f"{self.folder}/pebble"
        write(f"{folder}/pebble.json", json.dumps({"pebble": {
            "listenAddress": f"127.0.0.1:{DIRECTORY_PORT}",
            "managementListenAddress": f"127.0.0.1:{MANAGEMENT_PORT}",
            "certificate": self.ca_file, "privateKey": f"{folder}/tls.key",
            "httpPort": 5002, "tlsPort": 5001, "ocspResponderURL": "",
            "externalAccountBindingRequired": False}}))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-keyout", f"{folder}/tls.key", "-out", self.ca_file],
                       check=True, stderr=subprocess.DEVNULL)

    def requests(self):
        with open(self.log, "rb") as file:
            return file.read().count(b"-> calling handler()")


class Program:
    """One of those that are compared. It keeps its state in a folder of its own."""

    name = ""
    is_slow_with_many = False  # minutes each: --slow-rounds says how often

    def __init__(self, servers, folder):
        self.servers = servers
        self.folder = folder
        os.makedirs(folder, mode=0o700)

    def environment(self):
        return {}

    def prepare(self):
        """Makes the account, where issuing for the first time does not."""

    def command(self, names):
        raise NotImplementedError

    def run(self, command, given=None):
        done = subprocess.run(command, input=given, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=PROGRAM_LIMIT,
                              env={**os.environ, **self.environment()})
        if done.returncode != 0:
            sys.exit(f"{self.name}: {' '.join(command)} ended with {done.returncode}\n"
                     + done.stdout.decode(errors="replace"))

    def measure(self, names):
        """Seconds, CPU seconds, peak MiB and HTTPS requests of one issuance."""
        command = self.command(names)
        log = f"{self.folder}/last.log"
        before = self.servers.requests()
        with open(log, "wb") as output:
            begin = time.perf_counter()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=output, env={**os.environ, **self.environment()})
            alarm = signal.signal(signal.SIGALRM, lambda *_: process.kill())
            signal.alarm(PROGRAM_LIMIT)
            _, status, usage = os.wait4(process.pid, 0)
            took = time.perf_counter() - begin
            signal.alarm(0)
            signal.signal(signal.SIGALRM, alarm)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            with open(log, errors="replace") as output:
                sys.exit(f"{self.name}: {' '.join(command)} ended with {process.returncode}\n"
                         + output.read())
        requests = self.servers.requests() - before
        return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, requests


class Sealbook(Program):
    name = "sealbook"
    binary = ""

    def base(self):
        return [self.binary, "--home", f"{self.folder}/home", "--ca-file", self.servers.ca_file,
                "--resolver", "127.0.0.1"]

    def prepare(self):
        self.run(self.base() + [
            "credential", "add", "rfc2136", "--name", "bench", "--owner", "the bench",
            "--purpose", "comparing", "--field", "server=127.0.0.1", "--field",
            f"key_name={KEY_NAME}", "--field", "algorithm=hmac-sha256", "--secret-fd", "key=0"],
            base64.b64encode(self.servers.key))

    def command(self, names):
        return self.base() + ["issue", *names, "--ca", self.servers.url, "--credential", "bench",
                              "--agree-to-terms", "--json"]


class BareClient(Program):
    name = "bare client"
    binary = ""

    def prepare(self):
        self.run([self.binary, "register", self.servers.url, self.servers.ca_file, self.folder])

    def command(self, names):
        return [self.binary, "issue", self.servers.url, self.servers.ca_file, self.folder, "53",
                ZONE, KEY_NAME, self.servers.key.hex(), *names]


class Uacme(Program):
    name = "uacme"

    def prepare(self):
        write(f"{self.folder}/hook", f"""#!/bin/sh
[ "$2" = dns-01 ] || exit 1
case $1 in
begin) what="add _acme-challenge.$3. 60 TXT $5" ;;
*) what="delete _acme-challenge.$3. TXT $5" ;;
esac
printf 'server 127.0.0.1\\nzone {ZONE}\\n%s\\nsend\\n' "$what" | nsupdate -k {self.servers.key_file}
""", 0o700)
        self.run(["uacme", "-y", "-c", f"{self.folder}/state", "-a", self.servers.url, "-t", "EC",
                  "new"])

    def command(self, names):
        return ["uacme", "-c", f"{self.folder}/state", "-a", self.servers.url, "-t", "EC", "-h",
                f"{self.folder}/hook", "issue", *names]


class Lego(Program):
    name = "lego"
    polling = None
    is_slow_with_many = True  # solves one name after the other, and sleeps before each look

    def environment(self):
        more = {} if self.polling is None else {"RFC2136_POLLING_INTERVAL": self.polling}
        return {"LEGO_CA_CERTIFICATES": self.servers.ca_file, "RFC2136_NAMESERVER": "127.0.0.1:53",
                "RFC2136_TSIG_KEY": KEY_NAME, "RFC2136_TSIG_ALGORITHM": "hmac-sha256.",
                "RFC2136_TSIG_SECRET": base64.b64encode(self.servers.key).decode(),
                "RFC2136_SEQUENCE_INTERVAL": "1", **more}

    def command(self, names):
        domains = [word for name in names for word in ("--domains", name)]
        return ["lego", "--server", self.servers.url, "--email", f"hostmaster@{ZONE}",
                "--accept-tos", "--path", self.folder, "--key-type", "ec256", "--dns", "rfc2136",
                "--dns.resolvers", "127.0.0.1:53", *domains, "run"]


class FastLego(Lego):
    name = "lego, looks each 0 s"
    polling = "0"


class Certbot(Program):
    name = "certbot, waits 0 s"

    def environment(self):
        return {"REQUESTS_CA_BUNDLE": self.servers.ca_file}

    def prepare(self):
        text = base64.b64encode(self.servers.key).decode()
        write(f"{self.folder}/rfc2136.ini", f"""dns_rfc2136_server = 127.0.0.1
dns_rfc2136_port = 53
dns_rfc2136_name = {KEY_NAME}
dns_rfc2136_secret = {text}
dns_rfc2136_algorithm = HMAC-SHA256
""")

    def command(self, names):
        domains = [word for name in names for word in ("-d", name)]
        # As /usr/bin/certbot, whose package would bring a timer that renews.
        main = "import sys; from certbot.main import main; sys.exit(main())"
        return ["/usr/bin/python3", "-c", main, "certonly", "--non-interactive", "--agree-tos",
                "--register-unsafely-without-email", "--server", self.servers.url,
                "--config-dir", f"{self.folder}/config", "--work-dir", f"{self.folder}/work",
                "--logs-dir", f"{self.folder}/logs", "--key-type", "ecdsa", "--dns-rfc2136",
                "--dns-rfc2136-credentials", f"{self.folder}/rfc2136.ini",
                "--dns-rfc2136-propagation-seconds", "0", *domains]


# What Sealbook's median may be, as a multiple of another's (product.md, "Budgets").
GOALS_OF_ONE = {"uacme": 1.0, "lego": 0.1, "certbot, waits 0 s": 0.08, "bare client": 3.0}
GOALS_OF_MANY = {"uacme": 0.15, "lego": 0.02}


def table(title, samples, goals):
    say(f"\n{title}")
    say(f"{'':22}{'rounds':>7}{'min s':>9}{'median s':>10}{'max s':>9}{'CPU s':>8}{'MiB':>7}"
        f"{'requests':>10}{'Sealbook is':>13}  goal")
    ours = statistics.median(each[0] for each in samples["sealbook"])
    for name, each in samples.items():
        took, cpu, memory, requests = zip(*each)
        median = statistics.median(took)
        goal = ""
        if name in goals:
            kept = ours <= goals[name] * median
            goal = f"<= {goals[name]:g} x: {'met' if kept else 'missed'}"
        ratio = "" if name == "sealbook" else f"{ours / median:.3f} x"
        say(f"{name:22}{len(each):7}{min(took):9.3f}{median:10.3f}{max(took):9.3f}"
            f"{statistics.median(cpu):8.3f}{statistics.median(memory):7.1f}"
            f"{statistics.median(requests):10.0f}{ratio:>13}  {goal}")


def compare(programs, rounds, slow_rounds, count, label):
    samples = {program.name: [] for program in programs}
    for turn in range(rounds):
        for position, program in enumerate(programs):
            if count > 1 and program.is_slow_with_many and turn >= slow_rounds:
                continue
            names = [f"{label}{turn}x{position}n{i}.{ZONE}" for i in range(count)]
            samples[program.name].append(program.measure(names))
    return {name: each for name, each in samples.items() if each}


def many_orders(program, facts, count, samples):
    """Sealbook alone: as many orders in one process at once, as the window does them."""
    say(f"\n{count} orders at once, in one process, three times")
    took = []
    for _ in range(3):
        done = subprocess.run([program, facts["BENCH_HOME"], facts["BENCH_CA"],
                               facts["BENCH_DIRECTORY"], ZONE, str(count)], check=True,
                              stdout=subprocess.PIPE, stderr=sys.stderr, timeout=PROGRAM_LIMIT)
        text = done.stdout.decode()
        say(f"  {text.strip()}")
        took.append(float(re.search(r"at once: ([0-9.]+) s", text).group(1)))
    if "lego" in samples:
        rival = count * statistics.median(each[0] for each in samples["lego"])
        say(f"  lego run {count} times would take {rival:.0f} s: Sealbook is "
            f"{statistics.median(took) / rival:.4f} x  (goal <= 0.1 x)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sealbook", required=True)
    parser.add_argument("--bare", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--slow-rounds", type=int, default=2,
                        help="how often lego issues the many names, minutes each")
    parser.add_argument("--names", type=int, default=30)
    parser.add_argument("--orders", type=int, default=200, help="at once; 0 leaves them out")
    parser.add_argument("--many", default="", help="the program that does them")
    parser.add_argument("--board", default="", help="the program that times the board")
    parser.add_argument("--only", default="", help="comma-separated beginnings of names")
    parser.add_argument("--also", default="", help="another build of Sealbook to compare with")
    parser.add_argument("--then", default="", help="a command to run while the servers run")
    wanted = parser.parse_args()

    Sealbook.binary = wanted.sealbook
    BareClient.binary = wanted.bare
    servers = Servers(wanted.folder)
    try:
        servers.start()
        # uacme reads no other file, and nobody should have to read a bundle of a hundred roots.
        subprocess.run(["mount", "--bind", servers.ca_file, "/etc/ssl/certs/ca-certificates.crt"],
                       check=True)
        kinds = [Sealbook, BareClient, Uacme, Lego, FastLego, Certbot]
        if wanted.only:
            beginnings = tuple(wanted.only.split(","))
            kinds = [kind for kind in kinds if kind.name.startswith(beginnings)]
        if wanted.also:
            kinds.insert(1, type("OtherBuild", (Sealbook,), {"name": "the other build",
                                                             "binary": wanted.also}))
        programs = []
        for number, kind in enumerate(kinds):
            program = kind(servers, f"{wanted.folder}/program{number}")
            program.prepare()
            program.measure([f"warm{number}.{ZONE}"])
            programs.append(program)
        say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; "
            f"{servers.requests()} requests before the first round")
        facts = {"BENCH_DIRECTORY": servers.url, "BENCH_CA": servers.ca_file,
                 "BENCH_HOME": f"{wanted.folder}/program0/home", "BENCH_ZONE": ZONE,
                 "BENCH_FOLDER": wanted.folder}
        if wanted.rounds > 0:
            samples = compare(programs, wanted.rounds, wanted.slow_rounds, 1, "one")
            table("One name", samples, GOALS_OF_ONE)
            # Before the many names, which take the time.
            if wanted.orders > 0 and wanted.many:
                many_orders(wanted.many, facts, wanted.orders, samples)
            if wanted.board:
                say()
                subprocess.run([wanted.board], check=True, timeout=PROGRAM_LIMIT)
            if wanted.names > 1:
                samples = compare(programs, wanted.rounds, wanted.slow_rounds, wanted.names, "many")
                table(f"{wanted.names} names on one certificate", samples, GOALS_OF_MANY)
            say(f"\nload {os.getloadavg()[0]:.1f} at the end")
        if wanted.then:
            return subprocess.run(["bash", "-c", wanted.then],
                                  env={**os.environ, **facts}).returncode
    finally:
        servers.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
