// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/JobWords.h"

#include <QCoreApplication>

namespace sealbook {

QString jobStepText(const QString &step)
{
    static const std::map<QString, const char *> words{
        {QStringLiteral("account"), QT_TRANSLATE_NOOP("JobWords", "opening the account")},
        {QStringLiteral("order"), QT_TRANSLATE_NOOP("JobWords", "placing the order")},
        {QStringLiteral("authorizations"), QT_TRANSLATE_NOOP("JobWords", "reading what to prove")},
        {QStringLiteral("publish"), QT_TRANSLATE_NOOP("JobWords", "publishing the record")},
        {QStringLiteral("propagation"),
         QT_TRANSLATE_NOOP("JobWords", "waiting for the name servers")},
        {QStringLiteral("challenge"), QT_TRANSLATE_NOOP("JobWords", "the CA is checking")},
        {QStringLiteral("finalize"), QT_TRANSLATE_NOOP("JobWords", "asking for the certificate")},
        {QStringLiteral("certificate"), QT_TRANSLATE_NOOP("JobWords", "fetching the certificate")},
        {QStringLiteral("cleanup"), QT_TRANSLATE_NOOP("JobWords", "removing the record")},
    };
    const auto found = words.find(step);
    return found == words.end() ? QCoreApplication::translate("JobWords", "starting")
                                : QCoreApplication::translate("JobWords", found->second);
}

} // namespace sealbook
