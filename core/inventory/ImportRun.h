// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/FolderWalk.h"
#include "core/inventory/ImportReader.h"
#include "core/records/CertificateRecord.h"

#include <QElapsedTimer>

#include <memory>
#include <stop_token>

namespace sealbook {

class InputFile;
class PemStream;

// What one file gave, or a piece of a large one.
struct ImportUnit
{
    QString path;
    QString origin; // as in CertificateRecord
    bool isNamed = false; // the person named this file
    bool isPiece = false; // more of the same file comes, or came before
    bool isForeign = false; // with `error`: nothing in it, nor its name, looks like a certificate
    std::optional<Error> error; // it gave nothing, and why
    std::vector<CertificateRecord> certificates; // with chain and origin
    std::vector<PrivateKey> keys;
    std::vector<Csr> requests;
    std::vector<PublicKeyFacts> publicKeys; // of keys that stay on a token
    std::vector<ContainerContent::ClosedKey> closedKeys;
    QStringList notes; // plain English
};

struct ImportBatch
{
    std::vector<ImportUnit> units;
    int filesDone = 0; // since the beginning of the run
    int filesAll = 0;
    qint64 bytesDone = 0;
    qint64 bytesAll = 0;
    bool isLast = false;
};

// Reads files and folders in batches that are worth a transaction each, so that the next batch is
// read while the last one is saved. Goes on over bad files. A large PEM file is read as a stream.
// Blocks; made on the main thread, then used by one thread at a time.
class ImportRun
{
public:
    ImportRun(QStringList paths, Secret password, ContainerReader containers, std::stop_token stop);
    ~ImportRun();

    // Cancelled when `stop` was requested; what came before stands.
    [[nodiscard]] Result<ImportBatch> next();

private:
    void readFile(const FolderWalk::File &file, ImportBatch &batch);
    [[nodiscard]] Result<ImportUnit> readWhole(const FolderWalk::File &file, InputFile &input);
    void readStream(ImportBatch &batch);
    void readStreamBlock(const PemBlock &block, ImportUnit &unit);
    [[nodiscard]] bool isFull(const ImportBatch &batch) const;

    const QStringList m_paths;
    const Secret m_password;
    ImportReader m_reader;
    const std::stop_token m_stop;
    bool m_begun = false;
    FolderWalk m_walk;
    std::size_t m_next = 0;
    qint64 m_bytesDone = 0;
    QElapsedTimer m_clock; // of the batch
    std::size_t m_count = 0; // certificates in the batch

    struct Stream;
    std::unique_ptr<Stream> m_stream; // the large file that is being read
};

// What was read at once, for whoever saves it. `origin` as in CertificateRecord.
[[nodiscard]] ImportUnit unitOf(ImportContent content, const QString &origin);

} // namespace sealbook
