// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/BoardRow.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QScrollArea;

namespace sealbook {

class CopyButton;

// The records that have to be visible, with a letter for each value, and copy buttons. Owned by
// BoardStep.
class RecordsBox : public QFrame
{
    Q_OBJECT

public:
    explicit RecordsBox(QWidget *parent = nullptr);
    // `publisher` is the credential's name; empty = by hand.
    void setBoard(const BoardState &board, const QString &publisher);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void addValue(const QString &forName, const QString &value, int index, int line);

    std::vector<ExpectedRecord> m_records;
    QString m_publisher;
    bool m_filled = false;
    QLabel *m_title = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_type = nullptr;
    CopyButton *m_copyAll = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_lines = nullptr;
    QGridLayout *m_grid = nullptr;
    QLabel *m_foot = nullptr;
};

} // namespace sealbook
