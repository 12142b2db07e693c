// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/keychain/SystemSecretStore.h"
#include "core/store/Store.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/Vault.h"
#include "tests/e2e/CanaryScan.h"
#include "tests/e2e/IssuanceLab.h"
#include "tests/e2e/ProcessWatch.h"
#include "tests/e2e/WriteTrace.h"

#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sealbook;

namespace {

constexpr int waitMs = 120000;

QByteArray bytesOf(const Secret &secret)
{
    return QByteArray(secret.text().data(), static_cast<qsizetype>(secret.size()));
}

// Runs words with no limit for core files, in `folder`; with SIGABRT once `isReady`. True when a
// core was dumped, as the kernel tells its parent.
struct Abortion
{
    bool aborted = false;
    bool dumped = false;
};
Abortion abortWhen(const QStringList &words, const QString &folder,
                   const std::function<bool()> &isReady)
{
    // Made before fork(): a child of a process with threads may do little.
    std::vector<QByteArray> arguments{"sh", "-c", "ulimit -c unlimited; exec \"$@\"", "sh"};
    for (const QString &word : words)
        arguments.push_back(word.toLocal8Bit());
    std::vector<char *> pointers;
    for (QByteArray &argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const QByteArray directory = folder.toLocal8Bit();
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);

    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(nothing, STDOUT_FILENO);
        if (::chdir(directory.constData()) == 0)
            ::execv("/bin/sh", pointers.data());
        ::_exit(127);
    }
    ::close(nothing);
    const bool ready = QTest::qWaitFor(isReady, waitMs);
    ::kill(child, ready ? SIGABRT : SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return {ready && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, WCOREDUMP(status) != 0};
}

// What a process of its own does, so that everything it writes can be traced: makes the recovery
// code of a vault, types it back, and recovers by it. The code goes to stdout, a pipe, for who
// looks for it.
int useRecoveryCode(const QString &home)
{
    SystemSecretStore keychain;
    const auto store = await(Store::open(home + QStringLiteral("/sealbook.sqlite"), {}));
    if (!store)
        return 1;
    Vault vault(keychain, **store, true);
    if (!await(vault.open({})))
        return 2;
    const auto code = await(vault.makeRecoveryCode({}));
    if (!code)
        return 3;
    auto typed = code->clone();
    auto again = code->clone();
    if (!typed || !again || !await(vault.confirmRecoveryCode(std::move(*typed), {})))
        return 4;
    vault.lock();
    if (!await(vault.recover(std::move(*again), {})))
        return 5;
    const auto written = ::write(STDOUT_FILENO, code->text().data(), code->size());
    return written == static_cast<ssize_t>(code->size()) ? 0 : 6;
}

// All of a process's memory, the secure arena too where `whole`.
QByteArray memoryOf(qint64 pid, const QString &folder, bool whole)
{
    const QString prefix = folder + QStringLiteral("/memory");
    QStringList arguments{QStringLiteral("-o"), prefix, QString::number(pid)};
    if (whole)
        arguments.prepend(QStringLiteral("-a"));
    const QByteArray said = LabFixture::run(QStringLiteral("gcore"), arguments);
    QFile file(prefix + u'.' + QString::number(pid));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("%s", said.constData());
        return {};
    }
    const QByteArray memory = file.readAll();
    file.remove();
    return memory;
}

} // namespace

// R07: no secret outside the keychain and the sealed records of the vault. Everything that runs of
// the program leaves behind is gathered first; then the secrets are read, by the vault's own way,
// and looked for in all of it (security.md 5.6, places 1 to 5). The scanner is a process of its
// own.
class TstCanary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void R07_theScannerFindsEveryForm_data();
    void R07_theScannerFindsEveryForm();
    void R07_theScannerFindsAKeyAsPem();
    void R07_theScannerFindsAPlantInEachPlace();
    void R07_anIssuanceLeavesNoSecret();
    void R07_practiceLeavesNoSecret();
    void R07_theRecoveryCodeIsWrittenNowhere();
    void R07_thePassphraseIsWrittenNowhere();
    void R07_aCrashLeavesNoCore();
#ifndef SEALBOOK_SANITIZED
    // A sanitizer brings an allocator of its own, which does not wipe: WipingAllocator.cpp.
    void R07_duringAJobSecretsAreInTheArenaAlone();
    void R07_afterAJobNoSecretIsInMemory();
#endif

private:
    // A profile whose program writes all it does into m_trace, below a HOME of its own.
    [[nodiscard]] std::unique_ptr<Sealbook> tracedProfile();
    // What the profile holds: keys, vault key, tokens. Empty text, or what is missing.
    [[nodiscard]] QString addSecrets(CanaryScan &scan, const QString &home);
    // The secrets of m_lab's profile, and its token in each form.
    [[nodiscard]] QString addEverything(CanaryScan &scan);
    // Starts an issuance that stops at `point`, and waits until it has.
    [[nodiscard]] std::unique_ptr<QProcess> stoppedAt(Sealbook &sealbook, const QString &point,
                                                      const QString &name);
    [[nodiscard]] QString folder(const QString &name) const;

    IssuanceLab m_lab;
    QTemporaryDir m_temp;
    QString m_trace;
};

QString TstCanary::folder(const QString &name) const
{
    const QString path = m_temp.filePath(name);
    QDir().mkpath(path);
    return path;
}

void TstCanary::initTestCase()
{
    // LeakSanitizer cannot work under strace.
    qputenv("ASAN_OPTIONS", qgetenv("ASAN_OPTIONS") + ":detect_leaks=0");
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(m_lab.start(options), m_lab.failure().constData());
}

std::unique_ptr<Sealbook> TstCanary::tracedProfile()
{
    m_trace = m_temp.filePath(QStringLiteral("trace"));
    QFile::remove(m_trace);
    return m_lab.freshProfile([this](Sealbook &sealbook) {
        sealbook.setWrapper(WriteTrace::command(m_trace));
        sealbook.setEnvironment(QStringLiteral("HOME"), folder(QStringLiteral("home")));
        sealbook.setEnvironment(QStringLiteral("TMPDIR"), folder(QStringLiteral("tmp")));
        for (const char *name :
             {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
            sealbook.setEnvironment(QLatin1String(name), folder(QLatin1String(name)));
    });
}

QString TstCanary::addSecrets(CanaryScan &scan, const QString &home)
{
    SystemSecretStore keychain;
    auto store = await(Store::open(home + QStringLiteral("/sealbook.sqlite"), {}));
    if (!store)
        return describe(store.error());
    Vault vault(keychain, **store, true);
    if (const auto opened = await(vault.open({})); !opened)
        return describe(opened.error());
    QMap<QString, int> found;
    const auto items = await((*store)->keychainItems()).value_or(QStringList());
    for (const QString &item : items) {
        const QString kind = item.section(u'/', 2, 2);
        if (kind != QLatin1String("vk"))
            continue;
        const auto key = await(keychain.read(item, {}));
        if (!key)
            return describe(key.error());
        scan.add(QStringLiteral("vault key"), bytesOf(*key));
        ++found[kind];
    }
    const auto credentials = await((*store)->credentials()).value();
    for (const CredentialRecord &credential : credentials) {
        for (const auto &item : credential.secretItems) {
            const auto token = await(vault.loadToken(item, {}));
            if (!token)
                return describe(token.error());
            scan.add(QStringLiteral("token"), bytesOf(*token));
            scan.add(QStringLiteral("token's bytes"), QByteArray::fromBase64(bytesOf(*token)));
            ++found[QStringLiteral("token")];
        }
    }
    const auto addKey = [&](const QString &name, KeyId id) {
        const auto key = await(vault.loadKey(id, {}));
        if (key && scan.addKey(name, bytesOf(*key)))
            ++found[name];
    };
    const auto accounts = await((*store)->accounts()).value();
    for (const AccountRecord &account : accounts)
        addKey(QStringLiteral("account key"), account.keyId);
    const auto jobs = await((*store)->jobs()).value();
    for (const JobRecord &job : jobs)
        addKey(QStringLiteral("leaf key"), job.keyId);
    for (const char *kind : {"vk", "token", "account key", "leaf key"}) {
        if (found.value(QLatin1String(kind)) == 0)
            return QStringLiteral("the profile has no %1").arg(QLatin1String(kind));
    }
    return {};
}

QString TstCanary::addEverything(CanaryScan &scan)
{
    const auto token = m_lab.lab().lab().tsigKey();
    if (!token)
        return describe(token.error());
    scan.add(QStringLiteral("typed token"), bytesOf(*token));
    return addSecrets(scan, m_lab.home());
}

std::unique_ptr<QProcess> TstCanary::stoppedAt(Sealbook &sealbook, const QString &point,
                                               const QString &name)
{
    auto process = sealbook.start(m_lab.issue({name}), point + QStringLiteral(":hang"));
    process->closeWriteChannel();
    // There its main thread sleeps; everywhere else it polls (proc(5), syscall).
    const QString call = QStringLiteral("/proc/%1/syscall").arg(process->processId());
    const bool stopped = QTest::qWaitFor(
        [&call] {
            QFile file(call);
            return file.open(QIODevice::ReadOnly)
                && file.readAll().startsWith(QByteArray::number(SYS_clock_nanosleep) + ' ');
        },
        waitMs);
    if (stopped)
        return process;
    qWarning("%s", process->readAllStandardError().constData());
    process->kill();
    process->waitForFinished();
    return nullptr;
}

void TstCanary::R07_theScannerFindsEveryForm_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray secret = QByteArray::fromHex("00ff1122a0334455667788c3990a0b0c0d0e0f10");
    const auto forms = CanaryScan::formsOf(secret);
    for (std::size_t i = 0; i < forms.size(); ++i)
        QTest::addRow("%zu %s", i, qPrintable(forms[i].first)) << forms[i].second;
    // Written down by hand, so that the forms themselves are right.
    QTest::newRow("hex in text") << QByteArray("00ff1122a0334455667788c3990a0b0c0d0e0f10");
    QTest::newRow("base64 of it") << secret.toBase64();
    QTest::newRow("base64 behind one") << ("x" + secret + "yz").toBase64();
    QTest::newRow("base64 behind two") << ("xy" + secret + "z").toBase64();
    QTest::newRow("base64url") << ("xy" + secret).toBase64(QByteArray::Base64UrlEncoding);
    QTest::newRow("JSON") << QByteArray(
        "\\u0000\\u00ff\\u0011\\u0022\\u00a0\\u0033\\u0044\\u0055\\u0066\\u0077\\u0088\\u00c3"
        "\\u0099\\u000a\\u000b\\u000c\\u000d\\u000e\\u000f\\u0010");
    QTest::newRow("first 12 bytes") << QByteArray::fromHex("00ff1122a0334455667788c3");
}

void TstCanary::R07_theScannerFindsEveryForm()
{
    QFETCH(QByteArray, text);
    CanaryScan scan;
    const QByteArray around(4099, 'a');
    QVERIFY(scan.hitsIn(around + text + around).isEmpty());
    scan.add(QStringLiteral("it"), QByteArray::fromHex("00ff1122a0334455667788c3990a0b0c0d0e0f10"));
    QVERIFY(!scan.hitsIn(around + text + around).isEmpty());
    QVERIFY(!scan.hitsIn(text).isEmpty());
    QVERIFY(scan.hitsIn(around).isEmpty());
    QVERIFY(scan.hitsIn(QByteArray()).isEmpty());
}

void TstCanary::R07_theScannerFindsAKeyAsPem()
{
    const QString file = m_temp.filePath(QStringLiteral("key.pem"));
    const QByteArray said =
        LabFixture::run(QStringLiteral("openssl"),
                        {QStringLiteral("genpkey"), QStringLiteral("-algorithm"),
                         QStringLiteral("EC"), QStringLiteral("-pkeyopt"),
                         QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-out"), file});
    QFile pem(file);
    QVERIFY2(pem.open(QIODevice::ReadOnly), said.constData());
    const QByteArray text = pem.readAll();
    const QByteArrayList lines = text.split('\n');
    QByteArray body;
    for (const QByteArray &line : lines) {
        if (!line.startsWith("-----"))
            body += line;
    }
    CanaryScan scan;
    QVERIFY(scan.addKey(QStringLiteral("key"), QByteArray::fromBase64(body)));
    QVERIFY(!scan.hitsIn(text).isEmpty());
    QVERIFY(!scan.hitsIn(lines.at(1)).isEmpty());
    QVERIFY(!scan.hitsIn(lines.at(2)).isEmpty());
    QVERIFY(scan.hitsIn(lines.at(3)).isEmpty()); // the public part
    QVERIFY(!scan.addKey(QStringLiteral("no key"), QByteArray(200, 'x')));
}

// A harness that cannot find what is there proves nothing.
void TstCanary::R07_theScannerFindsAPlantInEachPlace()
{
    const QByteArray canary = "planted-Canary+0123456789/abcdef==";
    const QString text = QString::fromLatin1(canary);
    const QString place = folder(QStringLiteral("plants"));
    CanaryScan scan;
    scan.add(QStringLiteral("plant"), canary);

    // 1: a hidden file.
    QDir().mkpath(place + QStringLiteral("/.hidden"));
    QFile file(place + QStringLiteral("/.hidden/.state"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x" + canary.toBase64()) > 0);
    file.close();
    int files = 0;
    const QStringList inFiles = scan.hitsBelow(place, &files);
    QVERIFY(!inFiles.isEmpty());
    QCOMPARE(files, 1);

    // 2: a file that is gone again, written by a child of a child in pieces; and 3: an environment
    // and a command line, of processes that live for a moment.
    const QString trace = m_temp.filePath(QStringLiteral("plant.trace"));
    ProcessWatch watch;
    QProcess child;
    QStringList words = WriteTrace::command(trace);
    words += QStringList{
        QStringLiteral("sh"), QStringLiteral("-c"),
        QStringLiteral("(printf %s planted-Canary+; printf %s 0123456789/abcdef==) > gone;"
                       "rm gone; read it; PLANT=$it sleep 1; sh -c \"sleep 1; : $it\"")};
    child.setWorkingDirectory(place);
    child.start(words.takeFirst(), words);
    child.write(canary + '\n');
    child.closeWriteChannel();
    QVERIFY(child.waitForFinished(waitMs));
    QCOMPARE(child.exitCode(), 0);
    QCOMPARE(scan.hitsBelow(place), inFiles); // the other file is gone
    QStringList written;
    for (const auto &[target, bytes] : WriteTrace::read(trace)) {
        for (const QString &hit : scan.hitsIn(bytes))
            written.append(QString::fromUtf8(target) + hit);
    }
    QVERIFY2(!written.filter(QStringLiteral("/gone")).isEmpty(), qPrintable(written.join(u'\n')));
    QVERIFY(!written.filter(QStringLiteral("started with")).isEmpty());
    const QByteArray seen = watch.seen();
    QVERIFY(!scan.hitsIn(seen).isEmpty());
    QVERIFY(seen.contains("PLANT=" + canary));
    QVERIFY(seen.contains("sleep 1; : " + canary));

    // 4: memory.
    QProcess holder;
    holder.start(QStringLiteral("sh"),
                 {QStringLiteral("-c"), QStringLiteral("read it; echo got; sleep 600; : $it")});
    holder.write(canary + '\n');
    QVERIFY(holder.waitForReadyRead(waitMs));
    const QByteArray memory = memoryOf(holder.processId(), m_temp.path(), true);
    QVERIFY(!scan.hitsIn(memory).isEmpty());
    holder.kill();
    QVERIFY(holder.waitForFinished());

    // 5: a core of a program that does not forbid it.
    const Abortion abortion = abortWhen({QStringLiteral("sleep"), QStringLiteral("600")},
                                        folder(QStringLiteral("cores")), [] {
                                            QTest::qWait(300);
                                            return true;
                                        });
    QVERIFY(abortion.aborted);
    QVERIFY2(abortion.dumped, "this machine dumps no cores at all: see kernel.core_pattern");
}

void TstCanary::R07_anIssuanceLeavesNoSecret()
{
    ProcessWatch watch;
    const auto sealbook = tracedProfile();
    QVERIFY2(sealbook, m_lab.failure().constData());
    QStringList words = m_lab.issue({QStringLiteral("canary.practice.test")});
    words += {QStringLiteral("--log-level"), QStringLiteral("trace")};
    const SealbookRun issued = sealbook->run(words);
    QVERIFY2(issued.ok(), issued.story().constData());
    // A run that fails says more, and a crash leaves more behind.
    const SealbookRun refused = sealbook->run(m_lab.issue({QStringLiteral("www.elsewhere.test")}));
    QVERIFY2(!refused.ok() && !refused.killed, refused.story().constData());
    const SealbookRun killed = sealbook->runFailing(
        QStringLiteral("C8:kill"), m_lab.issue({QStringLiteral("crash.practice.test")}));
    Q_UNUSED(killed) // strace dies its program's death, or tells it by its exit code
    QVERIFY(watch.environments() > 0);
    const QByteArray seen = watch.seen();
    const auto written = WriteTrace::read(m_trace);

    CanaryScan scan;
    const QString missing = addEverything(scan);
    QVERIFY2(missing.isEmpty(), qPrintable(missing));

    int files = 0;
    QStringList hits = scan.hitsBelow(m_lab.home(), &files);
    for (const char *name :
         {"home", "tmp", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
        hits += scan.hitsBelow(folder(QLatin1String(name)), &files);
    QVERIFY2(files > 0, "nothing was looked at");
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));

    bool sawDatabase = false;
    bool sawTheCa = false;
    for (const auto &[target, bytes] : written) {
        sawDatabase = sawDatabase || target.contains("sealbook.sqlite");
        sawTheCa = sawTheCa || target.contains("<TCP");
        for (const QString &hit : scan.hitsIn(bytes))
            hits.append(QString::fromUtf8(target) + QStringLiteral(": ") + hit);
    }
    QVERIFY(sawDatabase && sawTheCa); // else the trace was not one of the program
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));

    QVERIFY(seen.contains("--secret-fd"));
    hits = scan.hitsIn(seen);
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));
    hits = scan.hitsIn(issued.story()) + scan.hitsIn(refused.story());
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));

    // What was looked for is the real thing: where the key is written on purpose, it is found.
    const QString file = folder(QStringLiteral("tmp")) + QStringLiteral("/exported.pem");
    const SealbookRun exported = sealbook->run(
        {QStringLiteral("export"), QStringLiteral("canary.practice.test"),
         QStringLiteral("--format"), QStringLiteral("key"), QStringLiteral("--output"), file});
    QVERIFY2(exported.ok(), exported.story().constData());
    QVERIFY(!scan.hitsInFile(file).filter(QStringLiteral("leaf key")).isEmpty());
    QVERIFY(QFile::remove(file));
    QStringList found;
    for (const auto &[target, bytes] : WriteTrace::read(m_trace))
        found += scan.hitsIn(bytes);
    QVERIFY(!found.filter(QStringLiteral("leaf key")).isEmpty());
}

void TstCanary::R07_practiceLeavesNoSecret()
{
    const QString home = folder(QStringLiteral("practice home"));
    const QString trace = m_temp.filePath(QStringLiteral("practice.trace"));
    Sealbook sealbook({QStringLiteral("--home"), home});
    // The lab stays open while its profile is looked at.
    const SealbookRun started = sealbook.run({QStringLiteral("practice"), QStringLiteral("start")});
    QVERIFY2(started.ok(), started.story().constData());
    ProcessWatch watch;
    sealbook.setWrapper(WriteTrace::command(trace));
    const SealbookRun issued =
        sealbook.run({QStringLiteral("--practice"), QStringLiteral("--log-level"),
                      QStringLiteral("trace"), QStringLiteral("issue"),
                      QStringLiteral("www.practice.test"), QStringLiteral("--agree-to-terms")});
    const QByteArray seen = watch.seen();
    const auto written = WriteTrace::read(trace);
    const QString own = home
        + QStringLiteral("/practice/%1").arg(started.result().value(QStringLiteral("pid")).toInt());
    CanaryScan scan;
    const QString missing =
        issued.ok() ? addSecrets(scan, own + QStringLiteral("/profile")) : QString();
    // The servers' side of the lab holds its copy of the TSIG key: that is what a server is.
    const QStringList inProfile = scan.hitsBelow(own + QStringLiteral("/profile"));
    sealbook.setWrapper({});
    const SealbookRun stopped = sealbook.run({QStringLiteral("practice"), QStringLiteral("stop")});
    QVERIFY2(issued.ok(), issued.story().constData());
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    QVERIFY2(inProfile.isEmpty(), qPrintable(inProfile.join(u'\n')));
    QVERIFY2(stopped.ok(), stopped.story().constData());

    int files = 0;
    QStringList hits = scan.hitsBelow(home, &files);
    hits += scan.hitsIn(seen) + scan.hitsIn(issued.story());
    QVERIFY(!written.empty());
    for (const auto &[target, bytes] : written) {
        for (const QString &hit : scan.hitsIn(bytes))
            hits.append(QString::fromUtf8(target) + QStringLiteral(": ") + hit);
    }
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));
}

void TstCanary::R07_theRecoveryCodeIsWrittenNowhere()
{
    const auto sealbook = m_lab.freshProfile();
    QVERIFY2(sealbook, m_lab.failure().constData());
    const QString trace = m_temp.filePath(QStringLiteral("recovery.trace"));
    QStringList words = WriteTrace::command(trace);
    words << QCoreApplication::applicationFilePath() << QStringLiteral("--recovery-code")
          << m_lab.home();
    ProcessWatch watch;
    QProcess process;
    process.start(words.takeFirst(), words);
    QVERIFY(process.waitForFinished(waitMs));
    const QByteArray code = process.readAllStandardOutput();
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(code.count('-'), 5);
    const QByteArray seen = watch.seen();

    CanaryScan scan;
    const auto typed = Secret::take(QByteArray(code));
    const auto bytes = parseRecoveryCode(*typed);
    QVERIFY(bytes);
    scan.add(QStringLiteral("recovery code"), code);
    scan.add(QStringLiteral("recovery code without hyphens"), QByteArray(code).replace("-", ""));
    scan.add(QStringLiteral("recovery code's bytes"), bytesOf(*bytes));
    int files = 0;
    QStringList hits = scan.hitsBelow(m_lab.home(), &files);
    QVERIFY(files > 0);
    hits += scan.hitsIn(seen);
    bool sawDatabase = false;
    bool sawCode = false;
    for (const auto &[target, written] : WriteTrace::read(trace)) {
        sawDatabase = sawDatabase || target.contains("sealbook.sqlite");
        if (target.contains("pipe:")) {
            sawCode = sawCode || !scan.hitsIn(written).isEmpty();
            continue;
        }
        for (const QString &hit : scan.hitsIn(written))
            hits.append(QString::fromUtf8(target) + QStringLiteral(": ") + hit);
    }
    QVERIFY(sawDatabase && sawCode); // the trace is of that process, and the scan finds the code
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));
}

void TstCanary::R07_thePassphraseIsWrittenNowhere()
{
    const QByteArray right("canary horse battery staple");
    const QByteArray wrong("canary horse battery stable");
    ProcessWatch watch;
    const auto sealbook = tracedProfile();
    QVERIFY2(sealbook, m_lab.failure().constData());
    const auto run = [&sealbook](const char *words, const QByteArray &input) {
        QStringList all = QString::fromLatin1(words).split(QLatin1Char(' '));
        all += {QStringLiteral("--log-level"), QStringLiteral("trace")};
        return sealbook->run(all, input);
    };
    QByteArray said;
    const auto expect = [&said](const SealbookRun &ended, bool ok) {
        said += ended.story();
        return ended.ok() == ok;
    };
    QVERIFY2(expect(run("passphrase set --new-passphrase-fd 0", right), true), said.constData());
    QVERIFY2(expect(run("passphrase remove --passphrase-fd 0", wrong), false), said.constData());
    QVERIFY2(expect(run("passphrase remove --passphrase-fd 0", right), true), said.constData());

    CanaryScan scan;
    scan.add(QStringLiteral("passphrase"), right);
    scan.add(QStringLiteral("wrong passphrase"), wrong);
    int files = 0;
    QStringList hits = scan.hitsBelow(m_lab.home(), &files);
    QVERIFY(files > 0);
    hits += scan.hitsIn(watch.seen()) + scan.hitsIn(said);
    bool sawDatabase = false;
    for (const auto &[target, written] : WriteTrace::read(m_trace)) {
        sawDatabase = sawDatabase || target.contains("sealbook.sqlite");
        for (const QString &hit : scan.hitsIn(written))
            hits.append(QString::fromUtf8(target) + QStringLiteral(": ") + hit);
    }
    QVERIFY(sawDatabase); // else the trace was not one of the program
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));
    QVERIFY(!scan.hitsIn("typed: " + right).isEmpty());
}

void TstCanary::R07_aCrashLeavesNoCore()
{
    const QString cores = folder(QStringLiteral("no cores"));
    const auto sealbook = m_lab.freshProfile();
    QVERIFY2(sealbook, m_lab.failure().constData());
    const qint64 logStart = m_lab.pebbleLogSize();
    // The same command, stopped in the middle of a job with every secret in use.
    const auto like = sealbook->start({QStringLiteral("list")});
    QStringList words = like->arguments();
    words.removeLast();
    words.prepend(like->program());
    words += m_lab.issue({QStringLiteral("core.practice.test")});
    QVERIFY(like->waitForFinished(waitMs));
    qputenv("SEALBOOK_FAIL", "C7:hang");
    const Abortion abortion = abortWhen(words, cores, [&] {
        return m_lab.count("/order-plz", logStart) > 0
            && !m_lab.validationRecords(QStringLiteral("core.practice.test")).isEmpty();
    });
    qunsetenv("SEALBOOK_FAIL");
    QVERIFY(abortion.aborted);
    QVERIFY(!abortion.dumped);
    QCOMPARE(QDir(cores).entryList(QDir::Files | QDir::Hidden), QStringList());
}

#ifndef SEALBOOK_SANITIZED
void TstCanary::R07_duringAJobSecretsAreInTheArenaAlone()
{
    const auto sealbook = m_lab.freshProfile();
    QVERIFY2(sealbook, m_lab.failure().constData());
    const auto process =
        stoppedAt(*sealbook, QStringLiteral("C8"), QStringLiteral("during.practice.test"));
    QVERIFY(process);
    // The arena is the one mapping that is kept out of dumps.
    const QByteArray ordinary = memoryOf(process->processId(), m_temp.path(), false);
    const QByteArray whole = memoryOf(process->processId(), m_temp.path(), true);
    process->kill();
    process->waitForFinished();
    CanaryScan scan;
    const QString missing = addEverything(scan);
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    QVERIFY2(ordinary.size() > 1024 * 1024, "no memory: this place needs root");
    QVERIFY(!scan.hitsIn(whole).isEmpty()); // in use, so it must be somewhere
    const QStringList hits = scan.hitsIn(ordinary);
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));
}

void TstCanary::R07_afterAJobNoSecretIsInMemory()
{
    const auto sealbook = m_lab.freshProfile();
    QVERIFY2(sealbook, m_lab.failure().constData());
    const auto process =
        stoppedAt(*sealbook, QStringLiteral("done"), QStringLiteral("after.practice.test"));
    QVERIFY(process);
    const QByteArray whole = memoryOf(process->processId(), m_temp.path(), true);
    process->kill();
    process->waitForFinished();
    CanaryScan scan;
    const QString missing = addEverything(scan);
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    QVERIFY2(whole.size() > 1024 * 1024, "no memory: this place needs root");
    QVERIFY(whole.contains("after.practice.test")); // it is the memory of that run
    const QStringList hits = scan.hitsIn(whole);
    QVERIFY2(hits.isEmpty(), qPrintable(hits.join(u'\n')));
}
#endif

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == QLatin1String("--recovery-code"))
        return useRecoveryCode(words.value(2));
    TstCanary test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_canary.moc"
