// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/Sealbook.h"
#include "tests/support/StubCertificate.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// A private key on its way out of the profile, as a script sees it.
class TstKeyExport : public QObject
{
    Q_OBJECT

private:
    const QByteArray m_right = "correct horse battery";
    const QByteArray m_wrong = "correct horse butter";
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Sealbook> m_sealbook;

    QString file(const char *name) const { return m_home->filePath(QLatin1String(name)); }
    SealbookRun run(const char *words, const QByteArray &input = {})
    {
        return m_sealbook->run(QString::fromLatin1(words).split(QLatin1Char(' ')), input);
    }
    SealbookRun exported(const QStringList &options, const QByteArray &input = {})
    {
        return m_sealbook->run(QStringList{QStringLiteral("export"),
                                           QStringLiteral("www.example.org"), QStringLiteral("-o"),
                                           file("out.pem")}
                                   + options,
                               input);
    }
    SealbookRun exportedKey(const QByteArray &passphrase)
    {
        return exported({QStringLiteral("--format"), QStringLiteral("key"),
                         QStringLiteral("--passphrase-fd"), QStringLiteral("0")},
                        passphrase);
    }
    QStringList audited(const char *action)
    {
        QStringList results;
        for (const QJsonObject &entry : run("audit list").events(QStringLiteral("item"))) {
            if (entry.value(QLatin1String("action")).toString() == QLatin1String(action))
                results << entry.value(QLatin1String("result")).toString();
        }
        return results;
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_sealbook =
            std::make_unique<Sealbook>(QStringList{QStringLiteral("--home"), file("profile")});
        const StubCertificate stub = StubCertificate::make("DNS:www.example.org");
        QFile bundle(file("in.pem"));
        QVERIFY(bundle.open(QIODevice::WriteOnly));
        bundle.write(stub.certificatePem + stub.keyPem);
        bundle.close();
        const SealbookRun imported = m_sealbook->run({QStringLiteral("import"), file("in.pem")});
        QVERIFY2(imported.ok(), imported.story().constData());
        QCOMPARE(imported.result().value(QLatin1String("keys_stored")).toInt(), 1);
    }
    void cleanup()
    {
        m_sealbook.reset();
        m_home.reset();
    }

    void withoutAPassphraseItSaysWhatOneWouldAdd()
    {
        QCOMPARE(run("passphrase status").result().value(QLatin1String("set")).toBool(), false);
        const SealbookRun key = exported({QStringLiteral("--format"), QStringLiteral("key")});
        QVERIFY2(key.ok(), key.story().constData());
        QVERIFY(key.errors.contains("passphrase set"));
    }

    void R33_aKeyLeavesOnlyAgainstThePassphrase()
    {
        const SealbookRun set = run("passphrase set --new-passphrase-fd 0", m_right + "\n");
        QVERIFY2(set.ok(), set.story().constData());
        QCOMPARE(run("passphrase status").result().value(QLatin1String("set")).toBool(), true);
        // Without a key in it, nobody is asked.
        const SealbookRun chain = exported({QStringLiteral("--format"), QStringLiteral("cert")});
        QVERIFY2(chain.ok(), chain.story().constData());
        QVERIFY(QFile::remove(file("out.pem")));

        for (const char *format : {"key", "combined", "kubernetes"}) {
            const SealbookRun unasked =
                exported({QStringLiteral("--format"), QLatin1String(format)});
            QVERIFY2(!unasked.ok(), format);
        }
        QVERIFY(!exported({QStringLiteral("--for"), QStringLiteral("nginx"), QStringLiteral("-o"),
                           m_home->path()})
                     .ok());
        QCOMPARE(exportedKey(m_wrong).errorKind(), QStringLiteral("Unauthorized"));
        QVERIFY(!QFile::exists(file("out.pem")));
        const SealbookRun key = exportedKey(m_right);
        QVERIFY2(key.ok(), key.story().constData());
        QFile out(file("out.pem"));
        QVERIFY(out.open(QIODevice::ReadOnly));
        QVERIFY(out.readAll().contains("PRIVATE KEY"));
        QCOMPARE(QFileInfo(out).permissions() & QFile::Permissions(0x0077), QFile::Permissions());
        QCOMPARE(audited("passphrase.set"), QStringList{QStringLiteral("ok")});
        QCOMPARE(audited("passphrase.check"),
                 (QStringList{QStringLiteral("Unauthorized"), QStringLiteral("ok")}));
        QCOMPARE(audited("key.export").constLast(), QStringLiteral("ok"));
    }

    void itChangesAndGoesByTheOldOne()
    {
        QVERIFY(run("passphrase set --new-passphrase-fd 0", m_right).ok());
        QCOMPARE(run("passphrase remove --passphrase-fd 0", m_wrong).errorKind(),
                 QStringLiteral("Unauthorized"));
        // Two descriptors, as a shell gives them.
        QFile next(file("next"));
        QVERIFY(next.open(QIODevice::WriteOnly));
        next.write("another passphrase\n");
        next.close();
        m_sealbook->setWrapper({QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                QStringLiteral("exec 3<\"$0\"; exec \"$@\""), file("next")});
        const SealbookRun changed =
            run("passphrase set --passphrase-fd 0 --new-passphrase-fd 3", m_right);
        QVERIFY2(changed.ok(), changed.story().constData());
        QVERIFY(!exportedKey(m_right).ok());
        QVERIFY(exportedKey("another passphrase").ok());
        QVERIFY(run("passphrase remove --passphrase-fd 0", "another passphrase").ok());
        QVERIFY(exported({QStringLiteral("--format"), QStringLiteral("key")}).ok());
    }

    // Nobody waits for an answer that cannot come.
    void withoutATerminalAndADescriptorItIsRefusedAtOnce()
    {
        QVERIFY(run("passphrase set --new-passphrase-fd 0", m_right).ok());
        const SealbookRun refused = exported({QStringLiteral("--format"), QStringLiteral("key")});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY(refused.errors.contains("file descriptor"));
    }
};

QTEST_GUILESS_MAIN(TstKeyExport)
#include "tst_keyexport.moc"
