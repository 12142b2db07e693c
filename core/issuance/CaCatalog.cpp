// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/CaCatalog.h"

#include <QUrl>

namespace sealbook {

namespace {
struct Known
{
    const char *id;
    const char *name;
    const char *url;
    const char *caa;
    const char *terms;
    bool needsEab;
    bool wildcards;
    bool staging;
};

constexpr Known known[] = {
    {"letsencrypt", "Let's Encrypt", "https://acme-v02.api.letsencrypt.org/directory",
     "letsencrypt.org", "Free. 90 days (64 from 10 February 2027), up to 100 names.", false, true,
     false},
    {"letsencrypt-staging", "Let's Encrypt (staging)",
     "https://acme-staging-v02.api.letsencrypt.org/directory", "letsencrypt.org",
     "For trying out: not trusted by browsers, generous limits.", false, true, true},
    {"google", "Google Trust Services", "https://dv.acme-v02.api.pki.goog/directory", "pki.goog",
     "Free. Up to 90 days. Needs a one-time key from Google Cloud.", true, true, false},
    {"google-staging", "Google Trust Services (staging)",
     "https://dv.acme-v02.test-api.pki.goog/directory", "pki.goog",
     "For trying out: not trusted by browsers.", true, true, true},
    {"zerossl", "ZeroSSL", "https://acme.zerossl.com/v2/DV90", "sectigo.com",
     "Free. 90 days. Needs a key from your ZeroSSL account.", true, true, false},
    {"sslcom-ecc", "SSL.com (EC chain)", "https://acme.ssl.com/sslcom-dv-ecc", "ssl.com",
     "Free for one name and its www. 90 days. Needs a key from your SSL.com account.", true, false,
     false},
    {"sslcom-rsa", "SSL.com (RSA chain)", "https://acme.ssl.com/sslcom-dv-rsa", "ssl.com",
     "Free for one name and its www. 90 days. Needs a key from your SSL.com account.", true, false,
     false},
    {"actalis", "Actalis", "https://acme-api.actalis.com/acme/directory", "actalis.it",
     "Free for one name. 90 days. Needs a key from your Actalis account.", true, false, false},
};
} // namespace

std::vector<CaRecord> builtInCas()
{
    std::vector<CaRecord> cas;
    for (const Known &entry : known) {
        CaRecord ca;
        ca.id = QString::fromLatin1(entry.id);
        ca.name = QString::fromLatin1(entry.name);
        ca.directoryUrl = QString::fromLatin1(entry.url);
        ca.caaIdentity = QString::fromLatin1(entry.caa);
        ca.terms = QString::fromLatin1(entry.terms);
        ca.needsEab = entry.needsEab;
        ca.offersWildcards = entry.wildcards;
        ca.isStaging = entry.staging;
        ca.builtIn = true;
        cas.push_back(ca);
    }
    return cas;
}

CaRecord caByUrl(const QString &url)
{
    CaRecord ca;
    ca.id = url;
    ca.name = QUrl(url).host();
    ca.directoryUrl = url;
    return ca;
}

} // namespace sealbook
