// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/ContainerReader.h"
#include "core/records/RequestRecord.h"
#include "core/x509/CertificateFacts.h"
#include "core/x509/Csr.h"
#include "core/x509/PemBlocks.h"
#include "core/x509/PrivateKey.h"
#include "core/x509/PublicKey.h"

namespace sealbook {

struct ImportedCertificate
{
    QByteArray der;
    CertificateFacts facts;
};

// What a file, a drop or a paste held.
struct ImportContent
{
    struct Entry
    {
        ImportedCertificate certificate;
        std::vector<ImportedCertificate> issuers; // from the same file, in order upwards
    };
    std::vector<Entry> entries; // those that are not merely another's issuer
    // Each belongs to an entry, or there are no entries at all; in the database of another program
    // some may have none.
    std::vector<PrivateKey> keys;
    std::vector<Csr> requests;
    std::vector<PublicKeyFacts> publicKeys; // of keys that stay on a token
    std::vector<ContainerContent::ClosedKey> closedKeys;
    QStringList notes; // plain English
};

// The record of a request; when it was added is the caller's to fill in.
[[nodiscard]] RequestRecord requestRecordOf(const Csr &csr, const QString &origin);

// The most that an import may have in memory, in bytes (B47). PEM bundles in files have no limit
// (ImportRun reads them as a stream).
inline constexpr qsizetype maxImportSize = 16 * 1024 * 1024;

// From this many certificates on, a file is a collection instead of a chain: one bad piece says
// nothing about the others then, and each certificate stands for itself.
inline constexpr std::size_t collectionSize = 20;

// Reads one file's bytes: PEM with anything in it, DER, keystores; tells other formats by name
// (B55). Which certificates become rows: an authority's certificate that stands in the chain of
// another one of the same file is kept as that one's chain, as KeyStore Explorer shows it below its
// key pair. Everything else is a row: authorities alone, those of trust stores, those whose own key
// came along, and all of a collection, as XCA lists them. Refuses whole, with BadRequest: what is
// damaged (B41), a key that belongs to none of the certificates (B42), a wrong password (B43). Only
// in a collection single bad ones are left out and listed (B48). Blocks; one thread at a time.
class ImportReader
{
public:
    explicit ImportReader(ContainerReader containers)
        : m_containers(std::move(containers))
    {
    }

    [[nodiscard]] Result<ImportContent> read(std::span<const std::uint8_t> bytes,
                                             const Secret &password);

    // What the token with this URI shows to everybody.
    [[nodiscard]] Result<ImportContent> readToken(const QByteArray &uri);

    // Single pieces, for who reads a collection as a stream.
    [[nodiscard]] Result<ImportedCertificate> certificateIn(const PemBlock &block);
    [[nodiscard]] Result<PrivateKey> keyIn(const PemBlock &block, const Secret &password);

private:
    struct Pieces;
    [[nodiscard]] Result<ImportedCertificate> certificateFrom(const QByteArray &der);
    [[nodiscard]] Result<Pieces> readPem(std::span<const std::uint8_t> bytes,
                                         const Secret &password);
    [[nodiscard]] Result<> readBlock(const PemBlock &block, const Secret &password,
                                     bool isCollection, Pieces &pieces);
    [[nodiscard]] Result<Pieces> readBinary(const RecognizedFormat &recognized,
                                            std::span<const std::uint8_t> bytes,
                                            const Secret &password);
    [[nodiscard]] static Result<ImportContent> contentOf(Pieces pieces);
    [[nodiscard]] Result<> readHostile(ImportFormat format, std::span<const std::uint8_t> bytes,
                                       const Secret &password, Pieces &pieces);

    ContainerReader m_containers;
    CertificateFactsReader m_facts;
};

} // namespace sealbook
