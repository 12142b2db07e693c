// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/crypto/Secret.h"
#include "core/practice/PracticeLab.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace sealbook {

// What the lab's files are written from.
struct LabPlan
{
    QString folder;
    quint16 dnsPort = 0;
    quint16 directoryPort = 0;
    quint16 managementPort = 0;
    PracticeOptions options;
};

// The servers of the lab in the order of LabPorts::addresses(), and the CA. A name is also that of
// its folder and its log.
enum class LabServer { Resolver, Parent, Primary, Secondary, Slow, Authority };
[[nodiscard]] QString labServerName(LabServer server);
[[nodiscard]] QString practiceZone();

// Makes the lab's folder anew: everything in it goes, unless it holds something that no lab wrote
// (Conflict). Only its owner can enter it.
[[nodiscard]] Result<> makeLabFolder(const QString &folder);

// Writes every configuration and zone file below the plan's folder, readable by its owner only.
//
// The TSIG key is the one secret that is written down: Knot takes it from nowhere else. It is
// random, lives as long as the lab, opens nothing but the practice zones on loopback, and goes with
// the folder.
[[nodiscard]] Result<> writeLabFiles(const LabPlan &plan, const Secret &tsigKey);

// Writes one file readable by its owner only.
[[nodiscard]] Result<> writePrivately(const QString &path, const QByteArray &bytes);

// What stands in a server's zone file; for tests.
[[nodiscard]] QByteArray zoneText(const LabPlan &plan, const QString &zone);

} // namespace sealbook
