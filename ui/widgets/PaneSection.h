// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace sealbook {

// One section of a detail pane: a separator, a bold head with an aside at its right, and what is
// added below. Owned by the pane it stands in.
class PaneSection : public QWidget
{
    Q_OBJECT

public:
    explicit PaneSection(const QString &title, QWidget *parent = nullptr);
    void setAside(const QString &text); // muted, right of the head; may be empty
    void setAside(QWidget *widget);
    void add(QWidget *widget);
    [[nodiscard]] QWidget *content() const { return m_content; }

private:
    QHBoxLayout *m_head = nullptr;
    QLabel *m_aside = nullptr;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_layout = nullptr;
};

} // namespace sealbook
