// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateMarks.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;
class QStringListModel;

namespace sealbook {

// Asks, in place above the table, for the tag, owner or note that many certificates are to get.
// Enter applies, Esc leaves. Offers what is in use already. Owned by the page.
class MarkBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { AddTag, RemoveTag, Owner, Note };
    explicit MarkBar(QWidget *parent = nullptr);

    // `current` stands in the field; `known` are offered.
    void ask(Kind kind, int count, const QString &current, const QStringList &known);
    // Others are selected now: they are the ones it is about. What was typed stays.
    void follow(int count, const QString &current);
    [[nodiscard]] Kind kind() const { return m_kind; }
    void close();
    // What `text` makes of certificates; and how that is said when it was done.
    [[nodiscard]] static CertificateEdit editOf(Kind kind, const QString &text);
    [[nodiscard]] static QString doneText(Kind kind, const QString &text, int count);

Q_SIGNALS:
    void accepted(sealbook::MarkBar::Kind kind, const QString &text);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void accept();
    [[nodiscard]] static QString labelOf(Kind kind, int count);

    Kind m_kind = Kind::AddTag;
    int m_count = 0;
    QLabel *m_label = nullptr;
    QLineEdit *m_edit = nullptr;
    QPushButton *m_apply = nullptr;
    QStringListModel *m_known = nullptr;
};

} // namespace sealbook
