// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateBatch.h"

#include "core/inventory/ServerFiles.h"

#include <QDir>

namespace sealbook {

Task<QByteArray> pemOfAll(CertificateService *service, QStringList sha256, bool withChains,
                          std::stop_token stop)
{
    QByteArray pem;
    for (qsizetype i = 0; i < sha256.size(); ++i) {
        if (stop.stop_requested())
            co_return fail(cancelled());
        const QString one = sha256.at(i);
        const Result<CertificateRecord> record = co_await service->find(one);
        if (!record)
            co_return fail(record.error(), "reading a certificate");
        const Result<Certificate> leaf = Certificate::fromDer(record->der);
        if (!leaf)
            co_return fail(leaf.error());
        pem += leaf->pem();
        if (withChains)
            pem += record->chainPem;
    }
    co_return pem;
}

Task<int> exportAll(CertificateService *service, QStringList sha256, QString folder,
                    std::stop_token stop)
{
    const QDir target(folder);
    int written = 0;
    for (qsizetype i = 0; i < sha256.size(); ++i) {
        if (stop.stop_requested())
            co_return fail(cancelled());
        const QString one = sha256.at(i);
        const Result<CertificateRecord> record = co_await service->find(one);
        if (!record)
            co_return fail(record.error(), "reading a certificate");
        if (stop.stop_requested()) // then the service may be gone too
            co_return fail(cancelled());
        const QString base = plainFileName(*record);
        QString path = target.filePath(base + QStringLiteral(".pem"));
        for (int copy = 2; QFileInfo::exists(path); ++copy)
            path = target.filePath(QStringLiteral("%1-%2.pem").arg(base).arg(copy));
        Task<> writing =
            service->exportFile(one, ExportFormat::FullChainPem, Secret(), QString(), path, stop);
        const Result<> wrote = co_await std::move(writing);
        if (!wrote)
            co_return fail(wrote.error());
        ++written;
    }
    co_return written;
}

Task<int> removeAll(CertificateService *service, QStringList sha256, std::stop_token stop)
{
    int removed = 0;
    for (qsizetype i = 0; i < sha256.size(); ++i) {
        if (stop.stop_requested())
            co_return fail(cancelled());
        const QString one = sha256.at(i);
        const Result<> gone = co_await service->remove(one);
        if (!gone)
            co_return fail(gone.error());
        ++removed;
    }
    co_return removed;
}

} // namespace sealbook
