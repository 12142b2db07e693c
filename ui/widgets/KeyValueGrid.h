// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/StateStyle.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;

namespace sealbook {

// Facts of a pane: muted names at the left, values at the right that can be selected and copied,
// unless they are so long that they are broken.
class KeyValueGrid : public QWidget
{
    Q_OBJECT

public:
    struct Options
    {
        bool mono = false; // a value a machine reads
        bool copyable = false; // a copy button at the right
        bool whole = false; // never broken: where there is room
        std::optional<StateRole> role = {}; // colours the value; its row must say why
    };
    explicit KeyValueGrid(QWidget *parent = nullptr);
    QLabel *addRow(const QString &name, const QString &value);
    QLabel *addRow(const QString &name, const QString &value, Options options);
    void clear();
    void setNameWidth(int pixels); // 0 = as wide as the widest
    [[nodiscard]] int rowCount() const { return m_rows; }

private:
    QGridLayout *m_grid = nullptr;
    int m_rows = 0;
};

} // namespace sealbook
