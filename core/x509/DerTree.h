// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace sealbook {

// One element of a DER encoding (ITU-T X.690), for people who want to see every byte of it.
struct DerNode
{
    int depth = 0;
    qsizetype offset = 0; // of its tag in the whole
    qsizetype headLength = 0; // tag and length
    qsizetype bodyLength = 0;
    bool hasChildren = false;
    QString type; // "SEQUENCE", "[0]", "OBJECT IDENTIFIER"
    QString value; // in words; cut where it is long, with its size
    bool operator==(const DerNode &) const = default;
};

// All elements, each before its children. Strings that hold DER themselves, as extensions do, are
// opened. BadRequest where the bytes are no DER, are nested deeper than 64 levels or hold more than
// 20,000 elements (hostile input). Pure; any thread.
[[nodiscard]] Result<std::vector<DerNode>> derTree(const QByteArray &der);

} // namespace sealbook
