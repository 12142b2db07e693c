// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/SortHeader.h"

#include "ui/certificates/CertificateModel.h"
#include "ui/widgets/Theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QStyleOptionHeader>

#include <algorithm>

namespace sealbook {

namespace {
constexpr std::size_t mostKeys = 4; // more do not change what a person sees
constexpr int cellMargin = 6;
constexpr int arrowRoom = 18;
} // namespace

SortHeader::SortHeader(CertificateModel &model, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_certificates(model)
{
    setSortIndicatorShown(true); // leaves room for the arrow in the size hint
    setSortIndicator(-1, Qt::AscendingOrder);
    setHighlightSections(false);
    connect(this, &QHeaderView::sectionClicked, this, [this](int column) {
        const bool isAdded = QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
        Q_EMIT sortWanted(clicked(
            m_certificates.request().sort,
            CertificateModel::fieldOf(static_cast<CertificateModel::Column>(column)), isAdded));
    });
}

std::vector<InventorySort> SortHeader::clicked(std::vector<InventorySort> sort,
                                               InventoryField field, bool isAdded)
{
    const auto known = std::find_if(
        sort.begin(), sort.end(), [field](const InventorySort &key) { return key.field == field; });
    if (isAdded) {
        if (known != sort.end())
            known->descending = !known->descending;
        else if (sort.size() < mostKeys)
            sort.push_back({field, false});
        return sort;
    }
    const bool turns = known == sort.begin() && known != sort.end();
    const bool descending = turns && !known->descending;
    return {{field, descending}};
}

const InventorySort *SortHeader::sortOf(int column, std::size_t &place) const
{
    const std::vector<InventorySort> &sort = m_certificates.request().sort;
    const InventoryField field =
        CertificateModel::fieldOf(static_cast<CertificateModel::Column>(column));
    // Two columns show the same moment; the arrow stands in one of them.
    if (column == CertificateModel::ValidTo && !isSectionHidden(CertificateModel::Expires))
        return nullptr;
    for (place = 0; place < sort.size(); ++place) {
        if (sort[place].field == field)
            return &sort[place];
    }
    return nullptr;
}

void SortHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const
{
    QHeaderView::initStyleOptionForIndex(option, logicalIndex);
    std::size_t place = 0;
    const InventorySort *key = sortOf(logicalIndex, place);
    option->sortIndicator = QStyleOptionHeader::None;
    if (key == nullptr)
        return;
    option->sortIndicator =
        key->descending ? QStyleOptionHeader::SortUp : QStyleOptionHeader::SortDown;
    if (m_certificates.request().sort.size() > 1)
        option->text += QStringLiteral(" %1").arg(place + 1);
}

void SortHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    painter->save();
    QHeaderView::paintSection(painter, rect, logicalIndex);
    painter->restore();
    if (logicalIndex != CertificateModel::Expires)
        return;
    // What the bar in the cells below is.
    const QString words = tr("share of life");
    const QFontMetrics metrics(font());
    const int used = sectionSizeHint(logicalIndex);
    if (used + metrics.horizontalAdvance(words) + arrowRoom > rect.width())
        return;
    painter->save();
    painter->setFont(font());
    painter->setPen(Theme::current().muted);
    const auto alignment =
        QStyle::visualAlignment(layoutDirection(), Qt::AlignTrailing | Qt::AlignVCenter);
    painter->drawText(
        QStyle::visualRect(layoutDirection(), rect, rect.adjusted(cellMargin, 0, -arrowRoom, 0)),
        static_cast<int>(alignment), words);
    painter->restore();
}

} // namespace sealbook
