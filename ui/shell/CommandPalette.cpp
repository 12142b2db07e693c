// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/CommandPalette.h"

#include "ui/widgets/Theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sealbook {

namespace {

// A line of the palette: the text, its page muted, the shortcut at the right.
class PaletteDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme theme = Theme::current();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme.selection);
        const QRect inner = option.rect.adjusted(12, 0, -12, 0);
        const QString shortcut = index.data(PaletteModel::ShortcutRole).toString();
        const QFontMetrics metrics(option.font);
        const int shortcutWidth = shortcut.isEmpty() ? 0 : metrics.horizontalAdvance(shortcut) + 12;
        const QString text = index.data(Qt::DisplayRole).toString();
        const int center = static_cast<int>(Qt::AlignVCenter);
        const auto place = [&](int x, int width) {
            return QStyle::visualRect(option.direction, inner,
                                      QRect(inner.x() + x, inner.y(), width, inner.height()));
        };
        const int textWidth =
            std::min(metrics.horizontalAdvance(text) + 2, inner.width() - shortcutWidth);
        painter->setPen(theme.text);
        painter->drawText(place(0, textWidth), center | static_cast<int>(Qt::AlignLeading),
                          metrics.elidedText(text, Qt::ElideRight, textWidth));
        painter->setPen(theme.muted);
        const int pageWidth = inner.width() - shortcutWidth - textWidth - 12;
        if (pageWidth > 24) {
            painter->drawText(place(textWidth + 12, pageWidth),
                              center | static_cast<int>(Qt::AlignLeading),
                              metrics.elidedText(index.data(PaletteModel::PageRole).toString(),
                                                 Qt::ElideRight, pageWidth));
        }
        painter->drawText(place(inner.width() - shortcutWidth, shortcutWidth),
                          center | static_cast<int>(Qt::AlignTrailing), shortcut);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {200, 28};
    }
};

} // namespace

void PaletteModel::setEntries(std::vector<ActionCatalog::Entry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    refilter();
    endResetModel();
}

void PaletteModel::setFilter(const QString &typed)
{
    beginResetModel();
    m_typed = typed.trimmed();
    refilter();
    endResetModel();
}

void PaletteModel::refilter()
{
    m_shown.clear();
    const QStringList words = m_typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::size_t> later;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const QAction *action = m_entries.at(i).action;
        if (action == nullptr || !action->isEnabled() || action->isSeparator())
            continue;
        const QString text = ActionCatalog::plainText(action);
        const QString all =
            m_entries.at(i).page + QLatin1Char(' ') + text + QLatin1Char(' ') + action->toolTip();
        const bool matches = std::all_of(words.begin(), words.end(), [&all](const QString &word) {
            return all.contains(word, Qt::CaseInsensitive);
        });
        if (!matches)
            continue;
        if (!m_typed.isEmpty() && text.startsWith(m_typed, Qt::CaseInsensitive))
            m_shown.push_back(i);
        else
            later.push_back(i);
    }
    m_shown.insert(m_shown.end(), later.begin(), later.end());
}

ActionCatalog::Entry PaletteModel::entry(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    return m_entries.at(m_shown.at(static_cast<std::size_t>(row)));
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ActionCatalog::Entry entry = this->entry(index.row());
    if (!entry.action)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return ActionCatalog::plainText(entry.action);
    case ShortcutRole:
        return entry.action->shortcut().toString(QKeySequence::NativeText);
    case PageRole:
        return entry.page;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1 %2 %3")
            .arg(ActionCatalog::plainText(entry.action), entry.page,
                 entry.action->shortcut().toString(QKeySequence::NativeText))
            .trimmed();
    default:
        return {};
    }
}

CommandPalette::CommandPalette(const ActionCatalog &catalog, QWidget *parent)
    : QFrame(parent)
    , m_catalog(catalog)
{
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Commands"));
    Theme::setBaseSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_edit = new QLineEdit(this);
    m_edit->setObjectName(QStringLiteral("paletteEdit"));
    m_edit->setPlaceholderText(tr("Type what you want to do"));
    m_edit->setAccessibleName(tr("Search the commands"));
    m_edit->setMinimumHeight(32);
    m_model = new PaletteModel(this);
    m_view = new QListView(this);
    m_view->setObjectName(QStringLiteral("paletteList"));
    m_view->setAccessibleName(tr("Commands"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setModel(m_model);
    m_view->setUniformItemSizes(true);
    m_view->setItemDelegate(new PaletteDelegate(m_view));
    layout->addWidget(m_edit);
    layout->addWidget(m_view, 1);
    m_edit->installEventFilter(this);
    parent->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &typed) {
        m_model->setFilter(typed);
        m_view->setCurrentIndex(m_model->index(0, 0));
    });
    connect(m_view, &QListView::clicked, this, &CommandPalette::accept);
    hide();
}

void CommandPalette::open()
{
    if (isVisible()) {
        leave(true);
        return;
    }
    m_before = window()->focusWidget();
    m_edit->clear();
    std::vector<ActionCatalog::Entry> entries = m_catalog.entries();
    // What opened the palette is of no use inside it.
    std::erase_if(entries, [](const ActionCatalog::Entry &entry) {
        return entry.action->objectName() == QLatin1String("commandsAction");
    });
    m_model->setEntries(std::move(entries));
    m_view->setCurrentIndex(m_model->index(0, 0));
    const QSize space = parentWidget()->size();
    const int width = std::min(520, space.width() - 32);
    setGeometry((space.width() - width) / 2, 56, width, std::min(380, space.height() - 88));
    show();
    raise();
    m_edit->setFocus(Qt::PopupFocusReason);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        QWidget::move((parentWidget()->width() - width()) / 2, 56);
        return false;
    }
    if (watched != m_edit)
        return false;
    if (event->type() == QEvent::FocusOut && isVisible() && !isActiveWindow())
        return false;
    if (event->type() == QEvent::FocusOut && isVisible()) {
        leave(false);
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(8);
        return true;
    case Qt::Key_PageUp:
        move(-8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        accept();
        return true;
    case Qt::Key_Escape:
        leave(true);
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true;
    default:
        return false;
    }
}

void CommandPalette::move(int by)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    const int to = std::clamp(m_view->currentIndex().row() + by, 0, rows - 1);
    m_view->setCurrentIndex(m_model->index(to, 0));
}

void CommandPalette::accept()
{
    const ActionCatalog::Entry entry = m_model->entry(m_view->currentIndex().row());
    leave(true);
    if (entry.action)
        Q_EMIT chosen(entry.action, entry.page);
}

void CommandPalette::leave(bool giveFocusBack)
{
    hide();
    if (giveFocusBack && m_before)
        m_before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(QPen(Theme::current().outline, 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace sealbook
