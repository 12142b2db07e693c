// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QAction;
class QLabel;
class QProgressBar;

namespace sealbook {

class Announcer;

// How far a check of endpoints is, above the table, with a button that stops it. Hidden while there
// is none. Owned by the page.
class CheckBar : public QFrame
{
    Q_OBJECT

public:
    // `stop` is what the button does; it stays the caller's.
    explicit CheckBar(QAction *stop, QWidget *parent = nullptr);
    void showProgress(int done, int of);

private:
    QLabel *m_text = nullptr;
    QProgressBar *m_bar = nullptr;
    Announcer *m_announcer = nullptr;
};

} // namespace sealbook
