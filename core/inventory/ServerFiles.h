// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/inventory/ExportFormat.h"
#include "core/records/CertificateRecord.h"

#include <QString>

#include <vector>

namespace sealbook {

// The files that one kind of server wants, and the lines of its configuration that name them.
struct ServerFiles
{
    struct Part
    {
        QString fileName;
        ExportFormat format = ExportFormat::FullChainPem;
        bool operator==(const Part &) const = default;
    };
    QString server; // "nginx"
    std::vector<Part> parts;
    QString snippet; // with absolute paths in the folder
    bool replacesOthers = false; // also files that hold another certificate
    bool operator==(const ServerFiles &) const = default;
};

// "nginx", "apache", "haproxy", "caddy".
[[nodiscard]] QStringList serverNames();
// BadRequest for an unknown server, and for a folder whose path the server's configuration cannot
// name as it stands.
[[nodiscard]] Result<ServerFiles>
serverFiles(const QString &server, const CertificateRecord &record, const QString &folder);

// A file name made of a certificate's first name, whatever it calls itself, without a suffix:
// "www.example.com", "_.example.com" for "*.example.com". Where the name cannot stand as it is, a
// piece of its hash follows, so that two names never share a file, and a renewal has the name of
// its predecessor. Without a name it is a piece of the certificate's fingerprint.
[[nodiscard]] QString plainFileName(const CertificateRecord &record);

// Whether what lies in `folder` under the names of these files may be replaced: nothing does, or a
// certificate with the same names, as at a renewal. Else Conflict. Reads files.
[[nodiscard]] Result<> refuseFilesOfOthers(const CertificateRecord &record,
                                           const ServerFiles &files, const QString &folder);

} // namespace sealbook
