// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/ServerFiles.h"
#include "core/records/InventoryRow.h"

#include <QCoreApplication>

#include <vector>

namespace sealbook {

// What a person has chosen in the export panel, without the password itself: only whether one was
// typed, how long it is, and whether both inputs agree. A value.
struct ExportForm
{
    Q_DECLARE_TR_FUNCTIONS(ExportForm)

public:
    enum class Field { Format, Password, File };
    struct Problem
    {
        Field field = Field::Format;
        QString text;
        bool operator==(const Problem &) const = default;
    };

    ExportFormat format = ExportFormat::FullChainPem;
    QString server; // "nginx": all that it wants, into the folder `file`; empty: one file
    QString file;
    int passwordLength = 0;
    bool passwordsAgree = true;
    bool holdsKey = false; // the certificate's key is in the vault

    [[nodiscard]] std::vector<Problem> problems() const;
    [[nodiscard]] bool asksPassword() const;
    [[nodiscard]] bool asksAlias() const; // the file names its entry: Java's alias
    [[nodiscard]] bool containsKey() const;
    [[nodiscard]] static QString
    title(ExportFormat format); // "PKCS#12: certificate, chain and key"
    [[nodiscard]] static QString serverTitle(const QString &server); // "For nginx"
    [[nodiscard]] static QString suffix(ExportFormat format); // "pem"
    // Of a row what names its files.
    [[nodiscard]] static CertificateRecord recordOf(const InventoryRow &row);
    // A file name made of the certificate's first name: "_.shop.example.com-fullchain.pem".
    [[nodiscard]] static QString suggestedName(const InventoryRow &row, ExportFormat format);
};

} // namespace sealbook
