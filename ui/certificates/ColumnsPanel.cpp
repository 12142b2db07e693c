// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ColumnsPanel.h"

#include "ui/certificates/CertificateModel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

namespace sealbook {

namespace {

constexpr int noField = -1;

// Fields that no column stands for can be sorted by too.
QString titleOf(InventoryField field)
{
    if (field == InventoryField::Urgency)
        return ColumnsPanel::tr("Urgency");
    for (int column = 0; column < CertificateModel::ColumnCount; ++column) {
        const auto at = static_cast<CertificateModel::Column>(column);
        if (CertificateModel::fieldOf(at) == field)
            return CertificateModel::columnTitle(at);
    }
    return {};
}

} // namespace

ColumnsPanel::ColumnsPanel(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_up(new QPushButton(tr("Move &up"), this))
    , m_down(new QPushButton(tr("Move &down"), this))
{
    build();
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        if (!m_isFilling)
            Q_EMIT columnsWanted(shownColumns());
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &ColumnsPanel::showMoves);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, [this] {
        if (!m_isFilling)
            Q_EMIT columnsWanted(shownColumns());
    });
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    for (const SortLine &line : m_sort) {
        const auto tell = [this] {
            if (!m_isFilling)
                Q_EMIT sortWanted(sort());
        };
        connect(line.field, &QComboBox::currentIndexChanged, this, tell);
        connect(line.descending, &QCheckBox::toggled, this, tell);
    }
}

void ColumnsPanel::build()
{
    setObjectName(QStringLiteral("columnsPanel"));
    setAccessibleName(tr("Columns"));
    Theme::setBaseSurface(this);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(16, 12, 16, 12);
    lines->setSpacing(8);
    lines->addWidget(makeLabel(LabelKind::Title, tr("Columns"), this));
    m_list->setObjectName(QStringLiteral("columnList"));
    m_list->setAccessibleName(tr("Columns, in their order"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->installEventFilter(this);
    Theme::tintSelection(m_list);
    m_list->setToolTip(tr("Alt+Up and Alt+Down move the column."));
    lines->addWidget(m_list, 1);
    auto *moves = new QHBoxLayout;
    moves->setSpacing(8);
    m_up->setObjectName(QStringLiteral("columnUp"));
    m_down->setObjectName(QStringLiteral("columnDown"));
    moves->addWidget(m_up);
    moves->addWidget(m_down);
    moves->addStretch();
    lines->addLayout(moves);
    lines->addWidget(new Line(Qt::Horizontal, this));
    lines->addWidget(makeLabel(LabelKind::SectionHead, tr("Sorted by"), this));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    for (std::size_t i = 0; i < m_sort.size(); ++i) {
        SortLine &line = m_sort[i];
        line.field = new QComboBox(this);
        line.field->setObjectName(QStringLiteral("sortField%1").arg(i + 1));
        line.field->setAccessibleName(i == 0 ? tr("Sorted by") : tr("Then by, number %1").arg(i));
        if (i > 0)
            line.field->addItem(tr("nothing more"), noField);
        for (std::size_t f = 0; f < inventoryFieldCount; ++f)
            line.field->addItem(titleOf(static_cast<InventoryField>(f)), static_cast<int>(f));
        line.descending = new QCheckBox(tr("descending"), this);
        line.descending->setObjectName(QStringLiteral("sortDescending%1").arg(i + 1));
        line.descending->setAccessibleName(tr("Number %1 descending").arg(i + 1));
        const int row = static_cast<int>(i);
        grid->addWidget(line.field, row, 0);
        grid->addWidget(line.descending, row, 1);
    }
    grid->setColumnStretch(0, 1);
    lines->addLayout(grid);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    auto *reset = new QPushButton(tr("&Usual columns"), this);
    reset->setObjectName(QStringLiteral("resetColumns"));
    auto *close = new QPushButton(tr("&Close"), this);
    close->setObjectName(QStringLiteral("closeColumns"));
    for (QPushButton *button : {m_up, m_down, reset, close})
        button->setMinimumHeight(28);
    connect(reset, &QPushButton::clicked, this, &ColumnsPanel::resetWanted);
    connect(close, &QPushButton::clicked, this, &ColumnsPanel::closeWanted);
    foot->addWidget(reset);
    foot->addStretch();
    foot->addWidget(close);
    lines->addLayout(foot);
}

void ColumnsPanel::addColumn(int column, bool isShown)
{
    auto *item = new QListWidgetItem(
        CertificateModel::columnTitle(static_cast<CertificateModel::Column>(column)), m_list);
    item->setData(Qt::UserRole, column);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                   | Qt::ItemIsDragEnabled);
    item->setCheckState(isShown ? Qt::Checked : Qt::Unchecked);
}

// The names are always there and first: they do not stand in the list.
void ColumnsPanel::setColumns(const std::vector<int> &shown)
{
    if (shown == shownColumns())
        return;
    m_isFilling = true;
    m_list->clear();
    for (const int column : shown) {
        if (column != CertificateModel::Names)
            addColumn(column, true);
    }
    for (int column = 1; column < CertificateModel::ColumnCount; ++column) {
        if (std::find(shown.begin(), shown.end(), column) == shown.end())
            addColumn(column, false);
    }
    m_list->setCurrentRow(0);
    m_isFilling = false;
    showMoves();
}

void ColumnsPanel::setSort(const std::vector<InventorySort> &sort)
{
    m_isFilling = true;
    for (std::size_t i = 0; i < m_sort.size(); ++i) {
        const int field = i < sort.size() ? static_cast<int>(sort[i].field) : noField;
        m_sort[i].field->setCurrentIndex(std::max(0, m_sort[i].field->findData(field)));
        m_sort[i].descending->setChecked(i < sort.size() && sort[i].descending);
    }
    m_isFilling = false;
}

std::vector<int> ColumnsPanel::shownColumns() const
{
    std::vector<int> columns{CertificateModel::Names};
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        if (item->checkState() == Qt::Checked)
            columns.push_back(item->data(Qt::UserRole).toInt());
    }
    return columns;
}

std::vector<InventorySort> ColumnsPanel::sort() const
{
    std::vector<InventorySort> keys;
    for (const SortLine &line : m_sort) {
        const int field = line.field->currentData().toInt();
        const bool isThere =
            std::any_of(keys.begin(), keys.end(), [field](const InventorySort &key) {
                return static_cast<int>(key.field) == field;
            });
        if (field != noField && !isThere)
            keys.push_back({static_cast<InventoryField>(field), line.descending->isChecked()});
    }
    return keys;
}

void ColumnsPanel::move(int by)
{
    const int from = m_list->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= m_list->count())
        return;
    m_isFilling = true;
    QListWidgetItem *item = m_list->takeItem(from);
    m_list->insertItem(to, item);
    m_list->setCurrentRow(to);
    m_isFilling = false;
    showMoves();
    Q_EMIT columnsWanted(shownColumns());
}

void ColumnsPanel::showMoves()
{
    const int row = m_list->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
}

void ColumnsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closeWanted();
        event->accept();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool ColumnsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isMove = key->modifiers().testFlag(Qt::AltModifier)
        && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down);
    if (isMove)
        move(key->key() == Qt::Key_Up ? -1 : 1);
    return isMove;
}

} // namespace sealbook
