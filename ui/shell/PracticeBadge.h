// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace sealbook {

// PRACTICE, outlined: shown wherever one could mistake a practice profile for a real one.
class PracticeBadge : public QWidget
{
    Q_OBJECT

public:
    explicit PracticeBadge(QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace sealbook
