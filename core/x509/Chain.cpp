// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Certificate.h"
#include "core/x509/OpensslErrors.h"

#include <QDir>
#include <QFile>

#include <openssl/x509_vfy.h>

namespace sealbook {

namespace {

using ContextPtr = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;

// Holds its certificates by reference only: the pointers die with the vectors they came from.
struct FreeStack
{
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
struct FreeOwnedStack
{
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};

QString shownName(const Certificate &certificate)
{
    const QString name = certificate.commonName();
    if (!name.isEmpty())
        return name;
    const QStringList names = certificate.names();
    return names.isEmpty() ? certificate.subject() : names.first();
}

QString day(const QDateTime &time)
{
    return time.isValid() ? time.toString(QStringLiteral("yyyy-MM-dd hh:mm 'UTC'"))
                          : QStringLiteral("an unreadable date");
}

// `at` is the certificate that the error concerns.
QString reasonFor(int code, const Certificate &at)
{
    const QString name = shownName(at);
    switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return QStringLiteral("\"%1\" expired on %2").arg(name, day(at.notAfter()));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return QStringLiteral("\"%1\" is not valid before %2").arg(name, day(at.notBefore()));
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return QStringLiteral("\"%1\", which issued \"%2\", is neither among the certificates "
                              "that came along nor trusted on this machine")
            .arg(at.issuerShort(), name);
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return QStringLiteral("\"%1\" is signed by itself and not trusted on this machine")
            .arg(name);
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return QStringLiteral("the chain ends at the root \"%1\", which this machine does not "
                              "trust")
            .arg(name);
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return QStringLiteral("the signature on \"%1\" is wrong").arg(name);
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_INVALID_PURPOSE:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        return QStringLiteral("\"%1\" may not issue certificates").arg(name);
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
        return QStringLiteral("there are more authorities below \"%1\" than it allows").arg(name);
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
        return QStringLiteral("an authority above \"%1\" may not issue for its names").arg(name);
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
        return QStringLiteral("the key of \"%1\" (%2) is too weak").arg(name, at.keyAlgorithm());
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return QStringLiteral("the signature on \"%1\" (%2) is too weak")
            .arg(name, at.signatureAlgorithm());
    case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
        return QStringLiteral("the public key of \"%1\" cannot be read").arg(name);
    default:
        return QStringLiteral("\"%1\": %2")
            .arg(name, QString::fromLatin1(X509_verify_cert_error_string(code)));
    }
}

Certificate wrapped(X509 *x509, const Certificate &fallback)
{
    QByteArray der(std::max(i2d_X509(x509, nullptr), 0), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509(x509, &out);
    return Certificate::fromDer(der).value_or(fallback);
}

bool isHashed(const QString &folder)
{
    return !QDir(folder).entryList({QStringLiteral("????????.0")}, QDir::Files).isEmpty();
}

// OpenSSL's own places, or SSL_CERT_FILE and SSL_CERT_DIR. Where there is only a folder and it is
// sorted by hash, only the root that is needed is read: a bundle of 140 roots costs 20 ms each
// time.
void trustThisMachine(X509_STORE *store)
{
    static const bool isDefaultHashed =
        isHashed(QString::fromLocal8Bit(X509_get_default_cert_dir()));
    const QByteArray folder = qgetenv(X509_get_default_cert_dir_env());
    const bool byFolder = qEnvironmentVariableIsEmpty(X509_get_default_cert_file_env())
        && !QFile::exists(QString::fromLocal8Bit(X509_get_default_cert_file()))
        && (folder.isEmpty() ? isDefaultHashed : isHashed(QString::fromLocal8Bit(folder)));
    X509_LOOKUP *lookup = byFolder ? X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir()) : nullptr;
    if (lookup != nullptr)
        (void)X509_LOOKUP_add_dir(lookup, nullptr, X509_FILETYPE_DEFAULT);
    else
        (void)X509_STORE_set_default_paths(store);
}

} // namespace

TrustAnchors::TrustAnchors(const std::vector<Certificate> &extraRoots)
    : m_store(X509_STORE_new())
{
    if (!m_store)
        return;
    trustThisMachine(m_store.get());
    for (const Certificate &root : extraRoots)
        (void)X509_STORE_add_cert(m_store.get(), root.handle());
    (void)opensslReason();
}

ChainVerdict verifyChain(const Certificate &leaf, const std::vector<Certificate> &chain,
                         const std::vector<Certificate> &extraRoots, const QDateTime &at)
{
    return verifyChain(leaf, chain, TrustAnchors(extraRoots), at);
}

ChainVerdict verifyChain(const Certificate &leaf, const std::vector<Certificate> &chain,
                         const TrustAnchors &anchors, const QDateTime &at)
{
    ChainVerdict verdict;
    verdict.path = {leaf};
    const ContextPtr context(X509_STORE_CTX_new());
    const std::unique_ptr<STACK_OF(X509), FreeStack> others(sk_X509_new_null());
    bool ready = anchors.handle() && context && others;
    for (const Certificate &issuer : chain)
        ready = ready && sk_X509_push(others.get(), issuer.handle()) > 0;
    if (!ready
        || X509_STORE_CTX_init(context.get(), anchors.handle(), leaf.handle(), others.get()) != 1) {
        verdict.reason =
            QStringLiteral("OpenSSL could not check the chain (%1)").arg(opensslReason());
        return verdict;
    }
    if (at.isValid())
        X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context.get()), at.toSecsSinceEpoch());
    verdict.verified = X509_verify_cert(context.get()) == 1;
    const std::unique_ptr<STACK_OF(X509), FreeOwnedStack> path(
        X509_STORE_CTX_get1_chain(context.get()));
    if (path && sk_X509_num(path.get()) > 0) {
        verdict.path.clear();
        for (int i = 0; i < sk_X509_num(path.get()); ++i)
            verdict.path.push_back(wrapped(sk_X509_value(path.get(), i), leaf));
    }
    if (verdict.verified) {
        verdict.reason = QStringLiteral("the chain leads to the trusted root \"%1\"")
                             .arg(shownName(verdict.path.back()));
    } else {
        X509 *current = X509_STORE_CTX_get_current_cert(context.get());
        verdict.reason = reasonFor(X509_STORE_CTX_get_error(context.get()),
                                   current ? wrapped(current, leaf) : leaf);
    }
    (void)opensslReason();
    return verdict;
}

} // namespace sealbook
