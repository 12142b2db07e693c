// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateView.h"

#include "ui/certificates/CertificateModel.h"
#include "ui/certificates/ExpiresDelegate.h"
#include "ui/certificates/GroupHead.h"
#include "ui/certificates/NamesDelegate.h"
#include "ui/widgets/HeaderStyle.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace sealbook {

namespace {
constexpr int leastNames = 180;
constexpr int mostIssuerGrowth = 160;
constexpr int headHeight = 26;
} // namespace

CertificateView::CertificateView(CertificateModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_certificates(model)
{
    setObjectName(QStringLiteral("certificateTable"));
    setAccessibleName(tr("Certificates"));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSelectionBehavior(SelectRows);
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new RowDelegate(this));
    setItemDelegateForColumn(CertificateModel::Names, new NamesDelegate(this));
    setItemDelegateForColumn(CertificateModel::Expires, new ExpiresDelegate(this));
    setModel(model);
    // First the indicator: switching sorting on sorts by whatever it shows.
    header()->setSortIndicator(model->sortColumn(), model->sortOrder());
    setSortingEnabled(true);
    HeaderStyle::alignWithCells(header());
    Theme::tintSelection(this);
    setUpColumns();
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &CertificateView::remember);
    connect(model, &QAbstractItemModel::modelReset, this, &CertificateView::restore);
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (m_certificates->record(index) != nullptr)
            Q_EMIT openWanted();
    });
}

void CertificateView::setUpColumns()
{
    QHeaderView *head = header();
    head->setStretchLastSection(false);
    head->setSectionsMovable(false);
    head->setMinimumSectionSize(48);
    head->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    head->setFixedHeight(headHeight);
    head->setFont(Theme::smallFont(font()));
    const QFontMetrics metrics = fontMetrics();
    const auto wide = [&metrics](const char *sample) {
        return metrics.horizontalAdvance(QLatin1String(sample)) + 16;
    };
    m_issuerWidth = wide("Let's Encrypt");
    head->resizeSection(CertificateModel::Expires, ExpiresDelegate::widthFor(metrics));
    head->resizeSection(CertificateModel::Key, wide("RSA 2048 b"));
    head->resizeSection(CertificateModel::Origin, wide("issued here n"));
    head->resizeSection(CertificateModel::Credential, wide("cloudflare-all"));
    fitNames();
}

void CertificateView::fitNames()
{
    // The issuer's name is the other text that has no usual length.
    header()->resizeSection(CertificateModel::Issuer, m_issuerWidth);
    int others = 0;
    for (int column = 1; column < CertificateModel::ColumnCount; ++column)
        others += isColumnHidden(column) ? 0 : header()->sectionSize(column);
    const int room = viewport()->width() - others;
    const int growth = std::clamp((room - leastNames) / 3, 0, mostIssuerGrowth);
    header()->resizeSection(CertificateModel::Issuer, m_issuerWidth + growth);
    header()->resizeSection(CertificateModel::Names, std::max(leastNames, room - growth));
}

void CertificateView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitNames();
}

void CertificateView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setUpColumns();
}

QString CertificateView::currentSha256() const
{
    const CertificateRecord *record = m_certificates->record(currentIndex());
    return record == nullptr ? QString() : record->sha256;
}

void CertificateView::select(const QString &sha256)
{
    const QModelIndex index = m_certificates->indexOf(sha256);
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void CertificateView::remember()
{
    m_kept = currentSha256();
    m_scroll = verticalScrollBar()->value();
    m_restoring = true;
}

void CertificateView::restore()
{
    const QModelIndex index = m_certificates->indexOf(m_kept);
    if (index.isValid())
        selectionModel()->setCurrentIndex(
            index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_restoring = false;
    verticalScrollBar()->setValue(m_scroll);
    if (currentSha256() != m_kept)
        Q_EMIT currentCertificateChanged(currentSha256());
    ensureCurrent();
}

void CertificateView::focusInEvent(QFocusEvent *event)
{
    // First, because the view would make a row the current one without selecting it.
    if (event->reason() != Qt::MouseFocusReason)
        ensureCurrent();
    QTreeView::focusInEvent(event);
}

// So that who comes by keyboard sees where they are: on the first certificate.
void CertificateView::ensureCurrent()
{
    if (!hasFocus() || currentIndex().isValid())
        return;
    for (int row = 0; row < m_certificates->rowCount(); ++row) {
        const QModelIndex index = m_certificates->index(row, 0);
        if (m_certificates->record(index) == nullptr)
            continue;
        setCurrentIndex(index);
        return;
    }
}

void CertificateView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_restoring)
        Q_EMIT currentCertificateChanged(currentSha256());
}

void CertificateView::toggle(const QModelIndex &head, bool folded)
{
    m_certificates->setFolded(head.row(), folded);
}

void CertificateView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    const bool back = event->key() == (isRightToLeft() ? Qt::Key_Right : Qt::Key_Left);
    const bool forward = event->key() == (isRightToLeft() ? Qt::Key_Left : Qt::Key_Right);
    const QVariant folded = current.siblingAtColumn(0).data(CertificateModel::FoldedRole);
    if (event->matches(QKeySequence::Copy)) {
        copyCurrentRow();
    } else if (folded.isValid() && (back || forward)) {
        toggle(current, back);
    } else if (folded.isValid()
               && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
                   || event->key() == Qt::Key_Space)) {
        toggle(current, !folded.toBool());
    } else if (current.isValid() && back
               && m_certificates->grouping() != CertificateModel::Grouping::None) {
        int row = current.row();
        while (row > 0 && m_certificates->record(m_certificates->index(row, 0)) != nullptr)
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
    if (event->button() == Qt::LeftButton && folded.isValid())
        toggle(index, !folded.toBool());
}

void CertificateView::mouseReleaseEvent(QMouseEvent *event)
{
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && m_certificates->record(index) != nullptr)
        Q_EMIT openWanted();
}

void CertificateView::copyCurrentRow() const
{
    const QModelIndex current = currentIndex();
    QStringList cells;
    for (int column = 0; column < CertificateModel::ColumnCount; ++column) {
        const QString text = current.siblingAtColumn(column).data(RowRole::Copy).toString();
        if (!isColumnHidden(column) && !text.isEmpty())
            cells << text;
    }
    if (!cells.isEmpty())
        QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
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
