// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/RecordSplit.h"

namespace sealbook {

namespace {
constexpr int usualListWidth = 800;
}

RecordSplit::RecordSplit(QWidget *list, QWidget *details, int width, QWidget *parent)
    : QSplitter(parent)
    , m_details(details)
{
    details->setMinimumWidth(width);
    setHandleWidth(1);
    setChildrenCollapsible(false);
    addWidget(list);
    addWidget(details);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    setSizes({usualListWidth, width});
    details->hide();
}

bool RecordSplit::closeTo(QWidget *list)
{
    if (!isOpen())
        return false;
    m_details->hide();
    list->setFocus();
    return true;
}

} // namespace sealbook
