// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Certificate.h"
#include "core/x509/OpensslErrors.h"

#include <openssl/pem.h>
#include <openssl/pkcs7.h>

namespace sealbook {

Result<QByteArray> makePkcs7(const std::vector<Certificate> &certificates)
{
    const std::unique_ptr<PKCS7, OpensslFree<PKCS7_free>> file(PKCS7_new());
    bool ready = file && PKCS7_set_type(file.get(), NID_pkcs7_signed) == 1
        && PKCS7_content_new(file.get(), NID_pkcs7_data) == 1;
    for (const Certificate &certificate : certificates)
        ready = ready && PKCS7_add_certificate(file.get(), certificate.handle()) == 1;
    // Nothing is signed, so there is no content either.
    ready = ready && PKCS7_set_detached(file.get(), 1) == 1;
    const std::unique_ptr<BIO, OpensslFree<BIO_free_all>> out(BIO_new(BIO_s_mem()));
    if (!ready || !out || PEM_write_bio_PKCS7(out.get(), file.get()) != 1)
        return opensslFail(Error::Kind::Internal,
                           QStringLiteral("the PKCS#7 file could not be made"));
    char *text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return QByteArray(text, static_cast<qsizetype>(size));
}

} // namespace sealbook
