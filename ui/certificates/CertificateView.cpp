// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateView.h"

#include "ui/certificates/CertificateModel.h"
#include "ui/certificates/ExpiresDelegate.h"
#include "ui/certificates/GroupHead.h"
#include "ui/certificates/NamesDelegate.h"
#include "ui/certificates/SortHeader.h"
#include "ui/widgets/HeaderStyle.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int leastNames = 180;
constexpr int mostIssuerGrowth = 160;
constexpr int leastColumn = 48;
constexpr int mostColumn = 1200;
constexpr std::array usualColumns{CertificateModel::Names,   CertificateModel::Issuer,
                                  CertificateModel::Expires, CertificateModel::Key,
                                  CertificateModel::Places,  CertificateModel::Tags};
} // namespace

CertificateView::CertificateView(CertificateModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_certificates(model)
    , m_head(new SortHeader(*model, this))
    , m_widths(CertificateModel::ColumnCount, 0)
{
    setObjectName(QStringLiteral("certificateTable"));
    setAccessibleName(tr("Certificates"));
    setHeader(m_head);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollMode(ScrollPerPixel);
    setAllColumnsShowFocus(true);
    setItemDelegate(new RowDelegate(this));
    setItemDelegateForColumn(CertificateModel::Names, new NamesDelegate(this));
    setItemDelegateForColumn(CertificateModel::Expires, new ExpiresDelegate(this));
    setModel(model);
    Theme::tintSelection(this);
    setUpHeader();
    resetColumns();
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &CertificateView::remember);
    connect(model, &QAbstractItemModel::modelReset, this, &CertificateView::restore);
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (m_certificates->row(index) != nullptr)
            Q_EMIT openWanted();
    });
}

void CertificateView::setUpHeader()
{
    m_head->setSectionsClickable(true); // not before the view has it, which unsets it
    m_head->setSectionsMovable(true);
    m_head->setFirstSectionMovable(false); // the names
    m_head->setMinimumSectionSize(leastColumn);
    m_head->setContextMenuPolicy(Qt::CustomContextMenu);
    HeaderStyle::dress(m_head);
    connect(m_head, &SortHeader::sortWanted, this, &CertificateView::sortWanted);
    connect(m_head, &QHeaderView::sectionMoved, this, [this] {
        if (!m_fitting)
            Q_EMIT columnsChanged();
    });
    connect(m_head, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (m_fitting || width == 0)
            return;
        m_widths[static_cast<std::size_t>(column)] = width;
        fitNames();
        Q_EMIT columnsChanged();
    });
    connect(m_head, &QWidget::customContextMenuRequested, this, [this](const QPoint &where) {
        Q_EMIT columnMenuWanted(m_head->logicalIndexAt(where), m_head->mapToGlobal(where));
    });
}

int CertificateView::usualWidth(int column) const
{
    const QFontMetrics metrics = fontMetrics();
    const auto wide = [&metrics](const char *sample) {
        return metrics.horizontalAdvance(QLatin1String(sample)) + 16;
    };
    switch (column) {
    case CertificateModel::Names:
        return leastNames;
    case CertificateModel::Issuer:
        return wide("Let's Encrypt");
    case CertificateModel::Expires:
        return ExpiresDelegate::widthFor(metrics);
    case CertificateModel::Key:
        return wide("RSA 2048 b");
    case CertificateModel::Places:
        return wide("drift 10 of 12") + 22;
    case CertificateModel::Tags:
    case CertificateModel::Owner:
    case CertificateModel::Credential:
    case CertificateModel::Zone:
        return wide("cloudflare-all");
    case CertificateModel::ValidFrom:
    case CertificateModel::ValidTo:
    case CertificateModel::Added:
        return wide("28 Nov 2026 n");
    case CertificateModel::Signature:
        return wide("sha256WithRSAEncryption");
    case CertificateModel::Serial:
        return wide("0123456789abcdef012345");
    default:
        return std::max(wide("8,888 days"), m_head->sectionSizeHint(column));
    }
}

void CertificateView::setUpColumns()
{
    m_fitting = true;
    for (int column = 0; column < CertificateModel::ColumnCount; ++column) {
        const int kept = m_widths[static_cast<std::size_t>(column)];
        if (!isColumnHidden(column))
            m_head->resizeSection(column, kept > 0 ? kept : usualWidth(column));
    }
    m_fitting = false;
    fitNames();
}

// The names get what room is left, unless the person gave them a width; the issuer's name is the
// other text that has no usual length.
void CertificateView::fitNames()
{
    if (m_widths[CertificateModel::Names] > 0)
        return;
    m_fitting = true;
    const bool growsIssuer =
        !isColumnHidden(CertificateModel::Issuer) && m_widths[CertificateModel::Issuer] == 0;
    if (growsIssuer)
        m_head->resizeSection(CertificateModel::Issuer, usualWidth(CertificateModel::Issuer));
    int others = 0;
    for (int column = 1; column < CertificateModel::ColumnCount; ++column)
        others += isColumnHidden(column) ? 0 : m_head->sectionSize(column);
    const int room = viewport()->width() - others;
    const int growth = growsIssuer ? std::clamp((room - leastNames) / 3, 0, mostIssuerGrowth) : 0;
    if (growth > 0)
        m_head->resizeSection(CertificateModel::Issuer,
                              m_head->sectionSize(CertificateModel::Issuer) + growth);
    m_head->resizeSection(CertificateModel::Names, std::max(leastNames, room - growth));
    m_fitting = false;
}

std::vector<int> CertificateView::shownColumns() const
{
    std::vector<int> columns;
    for (int visual = 0; visual < m_head->count(); ++visual) {
        const int column = m_head->logicalIndex(visual);
        if (!isColumnHidden(column))
            columns.push_back(column);
    }
    return columns;
}

void CertificateView::showColumns(const std::vector<int> &columns)
{
    m_fitting = true;
    int visual = 0;
    const auto place = [&](int column, bool isShown) {
        setColumnHidden(column, !isShown);
        m_head->moveSection(m_head->visualIndex(column), visual++);
    };
    place(CertificateModel::Names, true);
    for (const int column : columns) {
        if (column > CertificateModel::Names && column < CertificateModel::ColumnCount)
            place(column, true);
    }
    for (int column = 1; column < CertificateModel::ColumnCount; ++column) {
        if (std::find(columns.begin(), columns.end(), column) == columns.end())
            setColumnHidden(column, true);
    }
    m_fitting = false;
    setUpColumns();
}

void CertificateView::resetColumns()
{
    std::fill(m_widths.begin(), m_widths.end(), 0);
    showColumns({usualColumns.begin(), usualColumns.end()});
}

QJsonArray CertificateView::columnState() const
{
    QJsonArray state;
    for (int visual = 0; visual < m_head->count(); ++visual) {
        const int column = m_head->logicalIndex(visual);
        QJsonObject one;
        one.insert(QStringLiteral("name"),
                   CertificateModel::columnName(static_cast<CertificateModel::Column>(column)));
        one.insert(QStringLiteral("shown"), !isColumnHidden(column));
        if (const int width = m_widths[static_cast<std::size_t>(column)]; width > 0)
            one.insert(QStringLiteral("width"), width);
        state.append(one);
    }
    return state;
}

// What cannot be understood (another version's column, a hand-made file) is left out.
void CertificateView::restoreColumns(const QJsonArray &state)
{
    std::vector<int> columns;
    std::vector<int> widths(CertificateModel::ColumnCount, 0);
    for (const QJsonValue &value : state) {
        const auto column =
            CertificateModel::columnFromName(value[QLatin1String("name")].toString());
        if (!column)
            continue;
        const int width = value[QLatin1String("width")].toInt();
        if (width >= leastColumn && width <= mostColumn)
            widths[static_cast<std::size_t>(*column)] = width;
        const bool isKnown = std::find(columns.begin(), columns.end(), *column) != columns.end();
        if (value[QLatin1String("shown")].toBool() && !isKnown)
            columns.push_back(*column);
    }
    if (columns.empty())
        return;
    m_widths = std::move(widths);
    showColumns(columns);
}

void CertificateView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitNames();
}

void CertificateView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_head->setFont(Theme::smallFont(font()));
        setUpColumns();
    }
}

QString CertificateView::currentSha256() const
{
    const InventoryRow *row = m_certificates->row(currentIndex());
    return row == nullptr ? QString() : row->sha256.hex();
}

std::vector<quint32> CertificateView::chosenIndexes() const
{
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::sort(ranges.begin(), ranges.end());
    std::vector<quint32> indexes;
    std::vector<bool> isTaken(m_certificates->inventory()->size());
    for (const auto &[top, bottom] : ranges) {
        for (int row = top; row <= bottom; ++row) {
            const std::optional<quint32> index = m_certificates->inventoryIndex(row);
            if (!index || isTaken[*index])
                continue;
            isTaken[*index] = true;
            indexes.push_back(*index);
        }
    }
    return indexes;
}

QStringList CertificateView::selectedSha256() const
{
    QStringList all;
    for (const quint32 index : chosenIndexes())
        all << m_certificates->inventory()->row(index).sha256.hex();
    return all;
}

int CertificateView::selectedCount() const
{
    return static_cast<int>(chosenIndexes().size());
}

void CertificateView::select(const QString &sha256)
{
    const QModelIndex index = m_certificates->indexOf(sha256);
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void CertificateView::remember()
{
    m_kept = currentSha256();
    m_keptRow = std::max(0, currentIndex().row());
    m_scroll = verticalScrollBar()->value();
    m_keptSelection = chosenIndexes();
    m_keptOf = m_certificates->inventory();
    m_restoring = true;
}

void CertificateView::restore()
{
    const QModelIndex index = m_certificates->indexOf(m_kept);
    if (index.isValid())
        selectionModel()->setCurrentIndex(
            index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (m_keptSelection.size() > 1)
        restoreSelection(index);
    m_keptOf.reset();
    m_restoring = false;
    verticalScrollBar()->setValue(m_scroll);
    if (currentSha256() != m_kept)
        Q_EMIT currentCertificateChanged(currentSha256());
    ensureCurrent(m_keptRow);
    Q_EMIT selectedChanged();
}

// Rows that stand together become one range: a selection of all is one again.
void CertificateView::restoreSelection(const QModelIndex &current)
{
    const Inventory &inventory = *m_certificates->inventory();
    std::vector<bool> isWanted(inventory.size());
    const bool isOfTheSame = m_keptOf.get() == &inventory; // as after each keystroke
    for (const quint32 kept : std::exchange(m_keptSelection, {})) {
        const std::optional<std::size_t> at = isOfTheSame
            ? std::optional<std::size_t>(kept)
            : inventory.indexOf(m_keptOf->row(kept).sha256);
        if (at)
            isWanted[*at] = true;
    }
    QItemSelection selection;
    int begun = -1;
    const int last = m_certificates->columnCount() - 1;
    const auto end = [&](int row) {
        if (begun >= 0)
            selection.append(QItemSelectionRange(m_certificates->index(begun, 0),
                                                 m_certificates->index(row - 1, last)));
        begun = -1;
    };
    for (int row = 0; row < m_certificates->rowCount(); ++row) {
        const std::optional<quint32> index = m_certificates->inventoryIndex(row);
        if (!index || !isWanted[*index])
            end(row);
        else if (begun < 0)
            begun = row;
    }
    end(m_certificates->rowCount());
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!current.isValid() && !selection.isEmpty())
        selectionModel()->setCurrentIndex(m_certificates->index(selection.first().top(), 0),
                                          QItemSelectionModel::NoUpdate);
}

void CertificateView::focusInEvent(QFocusEvent *event)
{
    // First, because the view would make a row the current one without selecting it.
    if (event->reason() != Qt::MouseFocusReason)
        ensureCurrent();
    QTreeView::focusInEvent(event);
}

// So that who comes by keyboard sees where they are: on the first certificate, on the first of
// those that are selected, or next to where the current one was.
void CertificateView::ensureCurrent(int near)
{
    if (!hasFocus() || currentIndex().isValid())
        return;
    const bool hasSelection = selectionModel()->hasSelection();
    const auto take = [&](int row) {
        const QModelIndex index = m_certificates->index(row, 0);
        if (!m_certificates->inventoryIndex(row)
            || (hasSelection && !selectionModel()->isSelected(index)))
            return false;
        if (hasSelection)
            selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        else
            setCurrentIndex(index);
        return true;
    };
    const int count = m_certificates->rowCount();
    const int start = std::min(near, count);
    for (int row = start; row < count; ++row) {
        if (take(row))
            return;
    }
    for (int row = start - 1; row >= 0; --row) {
        if (take(row))
            return;
    }
}

void CertificateView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_restoring)
        Q_EMIT currentCertificateChanged(currentSha256());
}

void CertificateView::selectionChanged(const QItemSelection &selected,
                                       const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    if (!m_restoring)
        Q_EMIT selectedChanged();
}

void CertificateView::toggle(const QModelIndex &head, bool folded)
{
    m_certificates->setFolded(head.row(), folded);
}

void CertificateView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const bool back = plain && event->key() == (isRightToLeft() ? Qt::Key_Right : Qt::Key_Left);
    const bool forward = plain && event->key() == (isRightToLeft() ? Qt::Key_Left : Qt::Key_Right);
    const QVariant folded = current.siblingAtColumn(0).data(CertificateModel::FoldedRole);
    if (event->matches(QKeySequence::Copy)) {
        copySelectedRows();
    } else if (folded.isValid() && (back || forward)) {
        toggle(current, back);
    } else if (folded.isValid() && plain
               && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
                   || event->key() == Qt::Key_Space)) {
        toggle(current, !folded.toBool());
    } else if (current.isValid() && back && m_certificates->isGrouped()) {
        int row = current.row();
        while (row > 0 && m_certificates->inventoryIndex(row))
            --row;
        setCurrentIndex(m_certificates->index(row, 0));
    } else {
        QTreeView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void CertificateView::mousePressEvent(QMouseEvent *event)
{
    QTreeView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint()).siblingAtColumn(0);
    const QVariant folded = index.data(CertificateModel::FoldedRole);
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier
        && folded.isValid())
        toggle(index, !folded.toBool());
}

void CertificateView::mouseReleaseEvent(QMouseEvent *event)
{
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier
        && m_certificates->row(index) != nullptr && selectedCount() == 1)
        Q_EMIT openWanted();
}

void CertificateView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        if (m_certificates->row(indexAt(viewport()->mapFromGlobal(event->globalPos()))) != nullptr)
            Q_EMIT menuWanted(event->globalPos());
    } else if (m_certificates->row(currentIndex()) != nullptr) {
        // By keyboard at the row, wherever the pointer is.
        scrollTo(currentIndex());
        Q_EMIT menuWanted(viewport()->mapToGlobal(visualRect(currentIndex()).center()));
    }
    event->accept();
}

void CertificateView::copySelectedRows() const
{
    QStringList lines;
    const std::vector<int> columns = shownColumns();
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &index : rows) {
        QStringList cells;
        for (const int column : columns)
            cells << index.siblingAtColumn(column).data(RowRole::Copy).toString();
        while (!cells.isEmpty() && cells.last().isEmpty())
            cells.removeLast();
        if (!cells.isEmpty())
            lines << cells.join(QLatin1Char('\t'));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void CertificateView::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const QModelIndex head = index.siblingAtColumn(0);
    if (!head.data(CertificateModel::FoldedRole).isValid()) {
        QTreeView::drawRow(painter, option, index);
        return;
    }
    QStyleOptionViewItem row = option;
    row.rect.setLeft(0);
    row.rect.setWidth(viewport()->width());
    row.state.setFlag(QStyle::State_HasFocus, hasFocus() && currentIndex().row() == index.row());
    row.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(head));
    GroupHead::paint(*painter, row, head);
}

} // namespace sealbook
