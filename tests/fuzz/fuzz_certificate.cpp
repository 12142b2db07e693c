// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Certificate.h"
#include "core/x509/CertificateFacts.h"

using namespace sealbook;

// What the quick reader takes, the thorough one takes too, and says the same of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray der(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    CertificateFactsReader reader;
    const Result<CertificateFacts> facts = reader.read(der);
    if (!facts)
        return 0;
    const Result<Certificate> certificate = Certificate::fromDer(der);
    if (!certificate)
        qFatal("taken, and no certificate: %s", der.toHex().constData());
    const CertificateFacts wanted = certificateFactsOf(*certificate);
    if (facts->sha256 != wanted.sha256 || facts->names != wanted.names
        || facts->serial != wanted.serial || facts->notAfter != wanted.notAfter
        || facts->isCa != wanted.isCa || facts->subject != wanted.subject
        || facts->issuer != wanted.issuer)
        qFatal("read differently: %s", der.toHex().constData());
    (void)certificate->extensions();
    return 0;
}
