// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <QHeaderView>

namespace sealbook {

class CertificateModel;

// The head of the certificates' columns: a click sorts by one, a click with Shift adds it to what
// is sorted by already, and each of these shows its arrow and, when there are several, its number.
// Owned by the view.
class SortHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit SortHeader(CertificateModel &model, QWidget *parent = nullptr);

    // What is sorted by after a click.
    [[nodiscard]] static std::vector<InventorySort> clicked(std::vector<InventorySort> sort,
                                                            InventoryField field, bool isAdded);

Q_SIGNALS:
    void sortWanted(const std::vector<sealbook::InventorySort> &sort);

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override;
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;

private:
    // The place in the order, and the direction.
    [[nodiscard]] const InventorySort *sortOf(int column, std::size_t &place) const;

    CertificateModel &m_certificates;
};

} // namespace sealbook
