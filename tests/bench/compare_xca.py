#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
"""Times import, start, sort and search of Sealbook and of XCA on the same certificates.

Started by tests/bench/run-xca on a display of its own. Both programs are driven from outside in the
same way: real windows, real clicks and keys by xdotool, and the time until the rows on the screen
have changed for the last time. (Waiting until the program has nothing more to do will not work: XCA
goes through its certificates by a timer, without end when they are thousands.) Beside the time
stands the processor time, which other work on the machine hardly changes. Nothing here passes or
fails: it prints what it saw.
"""

import argparse
import datetime
import glob
import mmap
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import time
import zlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "bench"
# Seconds without a change on the screen after which a program is said to be done. A window that
# comes up may stand empty for a while.
QUIET = 2
QUIET_AT_START = 8
LIMIT = 400  # seconds


def say(text=""):
    print(text, flush=True)


def name_of(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def make_certificates(folder, count):
    """One key, a name and an end of their own each, signed by one CA that is not among them."""
    os.makedirs(folder)
    signer, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.utcnow().replace(microsecond=0)
    for i in range(count):
        host = f"host{i}.example"
        certificate = (
            x509.CertificateBuilder().subject_name(name_of(host)).issuer_name(name_of("Bench CA"))
            .public_key(key.public_key()).serial_number(1000 + i)
            .not_valid_before(now - datetime.timedelta(30))
            .not_valid_after(now + datetime.timedelta(i * 37 % 400 - 20))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
            .sign(signer, hashes.SHA256()))
        with open(f"{folder}/{i:06}.pem", "wb") as file:
            file.write(certificate.public_bytes(serialization.Encoding.PEM))


class Screen:
    """What Xvfb keeps in a file: rows of four bytes a pixel behind a head."""

    def __init__(self, path):
        self.file = open(path, "rb")
        head = struct.unpack(">25I", self.file.read(100))
        self.start, self.line = head[0] + head[19] * 12, head[12]
        self.pixels = mmap.mmap(self.file.fileno(), 0, prot=mmap.PROT_READ)

    def sum(self, area):
        left, top, right, bottom = area
        value = 0
        for y in range(top, bottom):
            begin = self.start + y * self.line
            value = zlib.crc32(self.pixels[begin + left * 4:begin + right * 4], value)
        return value


class Window:
    """A program with a window. What counts is what a person sees: the last change in the area of
    its rows, after which there is none for a while. Beside it, how long the processor worked for
    the program until then, by /proc."""

    def __init__(self, command, environment, log, screen, area):
        self.screen, self.area = screen, area
        self.seen = screen.sum(area)
        self.worked = {}  # by thread: seconds; those that ended count too
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                        env=environment)

    def work(self):
        for task in glob.glob(f"/proc/{self.process.pid}/task/*"):
            try:
                with open(f"{task}/schedstat") as file:
                    self.worked[os.path.basename(task)] = int(file.read().split()[0]) / 1e9
            except (OSError, IndexError):
                continue
        return sum(self.worked.values())

    def settle(self, begun, worked, quiet=QUIET):
        """Nothing where the rows do not change, which is said."""
        last, work = None, 0
        while last is None or time.perf_counter() - last < quiet:
            now = time.perf_counter()
            seen = self.screen.sum(self.area)
            if seen != self.seen:
                self.seen, last, work = seen, now, self.work() - worked
            if self.process.poll() is not None:
                sys.exit(f"{self.process.args[0]} ended with {self.process.returncode}")
            if now - begun > LIMIT:
                say(f"{self.process.args[0]} shows nothing new after {LIMIT} s")
                return None
            time.sleep(0.002)
        return max(last - begun, work), work  # it may be done before xdotool is

    def started(self):
        return self.settle(self.begun, 0, QUIET_AT_START)

    @staticmethod
    def send(*words):
        subprocess.run(["xdotool", *words], stdout=subprocess.DEVNULL, check=True)

    def do(self, *words):
        """How long after xdotool has sent it: starting that program is nobody's time."""
        worked = self.work()
        self.send(*words)
        return self.settle(time.perf_counter(), worked)

    def end(self):
        self.process.terminate()
        self.process.wait(60)


def timed(command, environment, log):
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                               env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}; see {log.name}")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime


class Rival:
    area = ()  # where the rows are on the screen: left, top, right, bottom

    def __init__(self, folder, certificates, screen):
        self.folder = folder
        self.screen = screen
        self.certificates = certificates
        os.makedirs(f"{folder}/home")
        os.makedirs(f"{folder}/run", mode=0o700)
        self.log = open(f"{folder}/log", "wb")
        self.environment = {**os.environ, "HOME": f"{folder}/home", "XDG_RUNTIME_DIR":
                            f"{folder}/run", "LANG": "C.UTF-8"}
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)

    def run(self, command):
        return timed(command, self.environment, self.log)

    def window(self, command):
        return Window(command, self.environment, self.log, self.screen, self.area)


class Sealbook(Rival):
    name = "sealbook"
    binary = ""
    area = (170, 240, 1230, 760)

    def base(self):
        return [self.binary, "--home", f"{self.folder}/profile"]

    def prepare(self):
        pass

    def import_all(self):
        return self.run(self.base() + ["import", self.certificates])

    def import_one(self, path):
        return self.run(self.base() + ["import", path])

    def open(self):
        return self.window(self.base())

    def go_to_the_table(self, window):
        window.do("mousemove", "75", "96", "click", "1")
        time.sleep(2)

    def sort(self, window):
        return window.do("mousemove", "200", "182", "click", "1")

    def search(self, window, text):
        window.send("mousemove", "560", "144", "click", "1")
        return window.do("type", "--delay", "0", text)


class Xca(Rival):
    name = "xca"
    area = (24, 96, 430, 430)

    def base(self):
        return ["xca", f"--database={self.folder}/bench.xdb", f"--password=pass:{PASSWORD}"]

    def paths(self):
        return sorted(glob.glob(f"{self.certificates}/*.pem"))

    def prepare(self):
        """Makes the database; XCA asks a terminal for the new password of one."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ.update(self.environment)
            os.execvp("xca", ["xca", "--no-gui", f"--database={self.folder}/bench.xdb", "--import",
                              self.paths()[0]])
        seen = b""
        while select.select([terminal], [], [], 60)[0]:
            try:
                seen = os.read(terminal, 65536)
            except OSError:
                break
            if b"assword" in seen:
                os.write(terminal, PASSWORD.encode() + b"\n")
        _, status = os.waitpid(pid, 0)
        if status != 0:
            sys.exit("xca did not make its database")

    def import_all(self):
        return self.run(self.base() + ["--no-gui", "--import", *self.paths()[1:]])

    def import_one(self, path):
        return self.run(self.base() + ["--no-gui", "--import", path])

    def open(self):
        return self.window(self.base())

    def go_to_the_table(self, window):
        """It is what the window opens with."""

    def sort(self, window):
        return window.do("mousemove", "165", "82", "click", "1")

    def search(self, window, text):
        window.send("mousemove", "510", "494", "click", "1")
        return window.do("type", "--delay", "0", text)


def note(rival, samples, what, sample):
    """Told at once, too: a run takes long, and may be cut off."""
    if sample is None:
        return
    samples[what].append(sample)
    say(f"  {rival.name:10}{what:32}{sample[0]:9.3f} s{sample[1]:9.3f} s of work")


def measure(rival, samples, picture):
    window = rival.open()
    note(rival, samples, "start, until the rows stand", window.started())
    rival.go_to_the_table(window)
    for _ in range(2):
        note(rival, samples, "sort by a column", rival.sort(window))
    note(rival, samples, "search, six keystrokes", rival.search(window, "host77"))
    if picture:
        subprocess.run(["import", "-window", "root", f"{picture}-{rival.name}.png"], check=False)
    window.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sealbook", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--screen", required=True, help="the file of Xvfb -fbdir")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--picture", default="", help="keep what the search left on the screen")
    wanted = parser.parse_args()
    Sealbook.binary = os.path.abspath(wanted.sealbook)
    if os.getloadavg()[0] > os.cpu_count():
        say("This machine is busy. XCA answers late then, and what is told of its sort and search "
            "may belong to the click before.")
    screen = Screen(wanted.screen)
    certificates = f"{wanted.folder}/certificates"
    make_certificates(certificates, wanted.count)
    one = f"{wanted.folder}/one"
    make_certificates(one, 3)

    whats = [f"import {wanted.count} PEM files", f"import one more into {wanted.count}",
             "start, until the rows stand", "sort by a column", "search, six keystrokes"]
    results = {}
    for kind in (Sealbook, Xca):
        rival = kind(f"{wanted.folder}/{kind.name}", certificates, screen)
        samples = {what: [] for what in whats}
        rival.prepare()
        note(rival, samples, whats[0], rival.import_all())
        for path in sorted(glob.glob(f"{one}/*.pem")):
            note(rival, samples, whats[1], rival.import_one(path))
        results[kind.name] = (rival, samples)
    for _ in range(wanted.rounds):
        for rival, samples in results.values():
            measure(rival, samples, wanted.picture)

    say(f"{wanted.count} certificates, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; "
        "median (minimum to maximum) seconds, and processor seconds")
    say(f"{'':32}{'sealbook':>26}{'CPU':>8}{'xca':>26}{'CPU':>8}{'times':>8}{'by CPU':>8}")
    for what in whats:
        line, medians = f"{what:32}", []
        if not all(samples[what] for _, samples in results.values()):
            continue
        for _, samples in results.values():
            took, worked = zip(*samples[what])
            medians.append((statistics.median(took), statistics.median(worked)))
            shown = f"{medians[-1][0]:.3f} ({min(took):.3f}-{max(took):.3f})"
            line += f"{shown:>26}{medians[-1][1]:8.3f}"
        (ours, our_work), (theirs, their_work) = medians
        say(f"{line}{theirs / max(ours, 1e-6):8.1f}{their_work / max(our_work, 1e-6):8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
