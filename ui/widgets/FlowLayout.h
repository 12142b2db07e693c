// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace sealbook {

// Items beside each other in their own sizes, in as many lines as they need. Owned by its widget.
class FlowLayout : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(int spacing);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override; // all in one line
    [[nodiscard]] QSize minimumSize() const override; // the widest in a line of its own
    void setGeometry(const QRect &where) override;

private:
    // The height of all; places them there only when told to.
    int lay(const QRect &where, bool places) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace sealbook
