// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSplitter>

namespace sealbook {

// A list and, beside it, the details of what is chosen there, which are closed to begin with.
// Owned by its page.
class RecordSplit : public QSplitter
{
    Q_OBJECT

public:
    // `details` are at least this wide. The list gets the rest.
    RecordSplit(QWidget *list, QWidget *details, int width, QWidget *parent);

    [[nodiscard]] bool isOpen() const { return !m_details->isHidden(); }
    void setOpen(bool open) { m_details->setVisible(open); }
    // Focus goes to `list`, a part of the left side. False: they were not open.
    bool closeTo(QWidget *list);

private:
    QWidget *m_details;
};

} // namespace sealbook
