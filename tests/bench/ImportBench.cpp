// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// What an import costs: 5,000 files in folders, one bundle of 100,000 certificates, and both again
// when everything is known. Real certificates (one key, a name of their own), a new profile each.
//     bench_import [FILES [BUNDLE]] [--folder DIR]
#include "core/inventory/CertificateService.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/SigningCa.h"
#include "tests/support/StoreAudit.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>

#include <sys/resource.h>

using namespace sealbook;

namespace {

// Makes the next certificate, and the next, as PEM.
class Maker
{
public:
    QByteArray next()
    {
        return m_ca.leafPem(m_key.get(), {QStringLiteral("host%1.example").arg(++m_count)});
    }

private:
    SigningCa m_ca{"Importing CA"};
    EvpPkeyPtr m_key{EVP_EC_gen("P-256")};
    int m_count = 0;
};

bool makeFiles(const QString &folder, int count)
{
    Maker maker;
    for (int i = 0; i < count; ++i) {
        const QString part = QStringLiteral("%1/%2").arg(folder).arg(i / 500);
        QFile file(QStringLiteral("%1/%2.pem").arg(part).arg(i));
        if (!QDir().mkpath(part) || !file.open(QIODevice::WriteOnly)
            || file.write(maker.next()) < 0)
            return false;
    }
    return true;
}

bool makeBundle(const QString &path, int count)
{
    Maker maker;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    for (int i = 0; i < count; ++i) {
        if (file.write(maker.next()) < 0)
            return false;
    }
    return true;
}

// The most that this process ever had.
double peakMib()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void import(CertificateService &service, const char *what, const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    const auto summary = await(service.importPaths({path}, Secret(), {}, {}));
    if (!summary) {
        std::printf("%s: %s\n", what, qPrintable(describe(summary.error())));
        return;
    }
    std::printf("%-32s %8.2f s   %6d new %6d known   %6.0f MiB at most\n", what,
                static_cast<double>(timer.nsecsElapsed()) / 1e9, summary->added, summary->known,
                peakMib());
}

bool bench(const char *what, const QString &profile, const QString &path)
{
    const auto store = await(Store::open(profile, {}));
    if (!store)
        return false;
    MemorySecretStore keychain;
    Vault vault(keychain, **store, false);
    CertificateService service(**store, vault, auditInto(**store));
    import(service, what, path);
    import(service, "the same again", path);
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    QString parent = QDir::tempPath();
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--folder"));
        at >= 0 && at + 1 < arguments.size()) {
        parent = arguments.at(at + 1);
        arguments.remove(at, 2);
    }
    const QTemporaryDir folder(parent + QStringLiteral("/bench-XXXXXX"));
    const int files = arguments.value(0, QStringLiteral("5000")).toInt();
    const int bundle = arguments.value(1, QStringLiteral("100000")).toInt();
    if (files <= 0 || bundle <= 0 || !folder.isValid()) {
        std::fprintf(stderr, "usage: bench_import [FILES [BUNDLE]] [--folder DIR]\n");
        return 2;
    }
    const QString many = folder.filePath(QStringLiteral("many"));
    const QString one = folder.filePath(QStringLiteral("bundle.pem"));
    const bool done = makeFiles(many, files) && makeBundle(one, bundle)
        && bench(qPrintable(QStringLiteral("%1 files").arg(files)),
                 folder.filePath(QStringLiteral("a/sealbook.db")), many)
        && bench(qPrintable(QStringLiteral("a bundle of %1").arg(bundle)),
                 folder.filePath(QStringLiteral("b/sealbook.db")), one);
    return done ? 0 : 1;
}
