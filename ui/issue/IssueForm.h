// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DomainName.h"
#include "core/records/AccountRecord.h"
#include "core/records/JobRecord.h"

#include <vector>

namespace sealbook {

// What has been filled in so far on the issue page. A plain value: the steps write it, tests ask
// its problems(). It never holds a secret (the EAB key goes from its edit straight to the service).
struct IssueForm
{
    enum class Field { Names, Ca, Terms, Contact, Eab, Csr, Credential };
    enum class Kind { Missing, Invalid, TooMany, NotOffered, Unanswered };
    struct Problem
    {
        Field field;
        Kind kind;
        bool operator==(const Problem &) const = default;
    };

    NameList names;
    std::optional<CaRecord> ca;
    bool hasAccount = false; // a valid account at this CA exists
    bool caAnswered = false; // the CA has said what it offers and which terms it has
    bool termsShown = false; // the CA has terms of service
    bool agreesToTerms = false;
    QString contact; // mail addresses, separated by commas; may be empty
    QString eabKid;
    bool eabKeyGiven = false;
    KeyType keyType = KeyType::Ec256;
    QString profile;
    QString csrFile; // name of the file, for the summary; empty = we make key and CSR
    QByteArray csrDer;
    bool credentialChosen = false;
    QString credential; // "" = by hand

    [[nodiscard]] std::vector<Problem> namesProblems() const;
    [[nodiscard]] std::vector<Problem> caProblems() const;
    [[nodiscard]] std::vector<Problem> credentialProblems() const;
    [[nodiscard]] std::vector<Problem> problems() const; // all of them, in the order of the steps
    [[nodiscard]] static QString text(const Problem &problem); // a translated sentence

    [[nodiscard]] QStringList contacts() const; // "mailto:…"
    [[nodiscard]] QStringList asciiNames() const;
    [[nodiscard]] IssuanceRequest request() const;
};

// The DER of a certificate request out of a PEM or DER file; empty if it is neither.
[[nodiscard]] QByteArray csrDerOf(const QByteArray &file);
// "EC P-256", as people say it.
[[nodiscard]] QString keyTypeText(KeyType type);

} // namespace sealbook
