// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace sealbook {

// Shows every tool tip as plain text. Qt takes one that looks like HTML for HTML, and many of ours
// hold foreign words: subjects, TXT values, what a server answered. One for the application, as an
// event filter of it.
class PlainToolTips : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace sealbook
