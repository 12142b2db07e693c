// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace sealbook {

// What a page shows while it has no rows: one sentence that says what will be here, one button,
// left-aligned at the top. No picture.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    // `action` may be null: then there is no button.
    void set(const QString &sentence, QAction *action);

private:
    QLabel *m_sentence = nullptr;
    QPushButton *m_button = nullptr;
    QPointer<QAction> m_action;
};

} // namespace sealbook
