// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolButton>

namespace sealbook {

// A small button that copies a text; says so in its tooltip for a moment. With a `label` it shows
// it, else only the icon.
class CopyButton : public QToolButton
{
    Q_OBJECT

public:
    explicit CopyButton(const QString &what, QWidget *parent = nullptr); // "Copy record A"
    void setCopyText(const QString &text) { m_text = text; }
    [[nodiscard]] QString copyText() const { return m_text; }
    void setLabel(const QString &label);

Q_SIGNALS:
    void copied();

private:
    QString m_text;
};

} // namespace sealbook
