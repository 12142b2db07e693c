// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>

namespace sealbook {

// One condition of a question as a tinted piece with a cross: pressing it, or Delete or Backspace
// on it, takes it out. Long ones are cut at the end and told whole in the tooltip; `words` say
// what is better not read as it is written. Owned by the query bar.
class QueryChip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit QueryChip(const QString &term, QWidget *parent = nullptr, const QString &words = {});
    void setMostWidth(int pixels);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    int m_mostWidth = 240;
};

} // namespace sealbook
