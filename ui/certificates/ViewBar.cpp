// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ViewBar.h"

#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace sealbook {

namespace {

constexpr int boxWidth = 168;
constexpr int longestName = 60;
constexpr int allRow = 0;
constexpr int trashRow = 1;
constexpr int firstOwnRow = 3; // behind a separator

// The same to look at, whatever it is called.
bool isAlike(SavedView a, const SavedView &b)
{
    a.name = b.name;
    return a == b;
}

} // namespace

ViewBar::ViewBar(QWidget *parent)
    : QWidget(parent)
    , m_shown(all())
    , m_stack(new QStackedWidget(this))
    , m_box(new QComboBox(m_stack))
    , m_name(new QLineEdit(m_stack))
    , m_button(new QToolButton(this))
    , m_save(new QAction(houseIcon(QStringLiteral("bookmark")), tr("Save view"), this))
    , m_saveAs(new QAction(tr("Save as another view…"), this))
    , m_rename(new QAction(tr("Rename…"), this))
    , m_remove(new QAction(tr("Remove this view"), this))
    , m_startHere(new QAction(tr("Begin with this view"), this))
{
    build();
    fill();
    connect(m_box, &QComboBox::activated, this, &ViewBar::choose);
    connect(m_save, &QAction::triggered, this, &ViewBar::saveOver);
    connect(m_saveAs, &QAction::triggered, this, [this] { startNaming(Naming::New); });
    connect(m_rename, &QAction::triggered, this, [this] { startNaming(Naming::Rename); });
    connect(m_remove, &QAction::triggered, this, &ViewBar::removeCurrent);
    connect(m_startHere, &QAction::triggered, this, &ViewBar::toggleStart);
    connect(m_name, &QLineEdit::returnPressed, this, [this] { endNaming(true); });
    m_name->installEventFilter(this);
}

void ViewBar::build()
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    QLabel *label = makeLabel(LabelKind::Muted, tr("View"), this);
    label->setBuddy(m_box);
    line->addWidget(label);
    m_box->setObjectName(QStringLiteral("savedViews"));
    m_box->setAccessibleName(tr("View"));
    m_name->setObjectName(QStringLiteral("viewName"));
    m_name->setAccessibleName(tr("Name of the view"));
    m_name->setPlaceholderText(tr("Name, then Enter"));
    m_name->setMaxLength(longestName);
    m_stack->addWidget(m_box);
    m_stack->addWidget(m_name);
    m_stack->setFixedWidth(boxWidth);
    m_stack->setFixedHeight(28);
    line->addWidget(m_stack);
    auto *menu = new QMenu(m_button);
    menu->addActions({m_saveAs, m_rename, m_startHere, m_remove});
    m_startHere->setCheckable(true);
    m_button->setObjectName(QStringLiteral("saveView"));
    m_button->setAutoRaise(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setPopupMode(QToolButton::MenuButtonPopup);
    m_button->setMenu(menu);
    m_button->setDefaultAction(m_save);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setMinimumHeight(28);
    m_button->setAccessibleName(tr("Save view"));
    m_save->setObjectName(QStringLiteral("saveViewAction"));
    m_saveAs->setObjectName(QStringLiteral("saveViewAs"));
    m_rename->setObjectName(QStringLiteral("renameView"));
    m_remove->setObjectName(QStringLiteral("removeView"));
    m_startHere->setObjectName(QStringLiteral("startView"));
    line->addWidget(m_button);
}

SavedView ViewBar::all()
{
    SavedView view;
    view.grouping = InventoryGrouping::Urgency;
    return view;
}

SavedView ViewBar::trash()
{
    SavedView view;
    view.query = QStringLiteral("is:trashed");
    return view;
}

void ViewBar::setViews(std::vector<SavedView> views, const QString &startName)
{
    m_views = std::move(views);
    m_start = indexOf(startName) >= 0 ? startName : QString();
    fill();
}

void ViewBar::fill()
{
    const QSignalBlocker quiet(m_box);
    m_box->clear();
    m_box->addItem(tr("All certificates"));
    m_box->addItem(tr("Trash"));
    if (!m_views.empty())
        m_box->insertSeparator(m_box->count());
    for (const SavedView &view : m_views)
        m_box->addItem(view.name);
    follow(m_shown);
}

int ViewBar::indexOf(const QString &name) const
{
    const auto found = std::find_if(m_views.begin(), m_views.end(), [&name](const SavedView &view) {
        return view.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_views.end() || name.isEmpty() ? -1
                                                    : static_cast<int>(found - m_views.begin());
}

void ViewBar::follow(const SavedView &shown)
{
    m_shown = shown;
    const QSignalBlocker quiet(m_box);
    const auto same = std::find_if(m_views.begin(), m_views.end(), [this](const SavedView &view) {
        return isAlike(view, m_shown);
    });
    if (same != m_views.end()) {
        m_chosenName = same->name;
        m_box->setCurrentIndex(firstOwnRow + static_cast<int>(same - m_views.begin()));
    } else if (isAlike(m_shown, all())) {
        m_chosenName.clear();
        m_box->setCurrentIndex(allRow);
    } else if (isAlike(m_shown, trash())) {
        m_chosenName.clear();
        m_box->setCurrentIndex(trashRow);
    } else {
        m_box->setCurrentIndex(-1);
        m_box->setPlaceholderText(m_chosenName.isEmpty() ? tr("not saved")
                                                         : tr("%1, changed").arg(m_chosenName));
    }
    showActions();
}

QString ViewBar::currentName() const
{
    const int index = currentIndex();
    return index < 0 ? QString() : m_views[static_cast<std::size_t>(index)].name;
}

// The view that is shown, or that what is shown began as.
int ViewBar::currentIndex() const
{
    return indexOf(m_chosenName);
}

void ViewBar::showActions()
{
    const int index = currentIndex();
    const bool isOwn = index >= 0;
    const bool isChanged = isOwn && !isAlike(m_views[static_cast<std::size_t>(index)], m_shown);
    const bool isGiven = !isOwn && m_box->currentIndex() >= 0;
    m_save->setEnabled(!isGiven && (!isOwn || isChanged));
    m_save->setToolTip(isChanged ? tr("Save the changes to “%1”").arg(m_chosenName)
                                 : tr("Keep question, order and groups under a name"));
    for (QAction *action : {m_rename, m_remove, m_startHere})
        action->setEnabled(isOwn);
    m_startHere->setChecked(isOwn && m_start == m_views[static_cast<std::size_t>(index)].name);
}

void ViewBar::choose(int row)
{
    if (row == allRow || row == trashRow) {
        m_chosenName.clear();
        Q_EMIT chosen(row == allRow ? all() : trash());
        return;
    }
    const int index = row - firstOwnRow;
    if (index < 0 || index >= static_cast<int>(m_views.size()))
        return;
    const SavedView view = m_views[static_cast<std::size_t>(index)];
    m_chosenName = view.name;
    Q_EMIT chosen(view);
}

void ViewBar::saveOver()
{
    const int index = currentIndex();
    if (index < 0) {
        startNaming(Naming::New);
        return;
    }
    SavedView view = m_shown;
    view.name = m_views[static_cast<std::size_t>(index)].name;
    m_views[static_cast<std::size_t>(index)] = view;
    fill();
    Q_EMIT viewsChanged();
}

void ViewBar::startNaming(Naming naming)
{
    m_naming = naming;
    m_name->setText(naming == Naming::Rename ? currentName() : QString());
    m_stack->setCurrentWidget(m_name);
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

void ViewBar::endNaming(bool accepted)
{
    if (m_stack->currentWidget() != m_name)
        return;
    const QString name = m_name->text().simplified();
    const int taken = indexOf(name);
    if (accepted && name.isEmpty())
        return;
    m_stack->setCurrentWidget(m_box);
    if (accepted && m_naming == Naming::Rename && currentIndex() >= 0
        && (taken < 0 || taken == currentIndex())) {
        SavedView &view = m_views[static_cast<std::size_t>(currentIndex())];
        if (m_start == view.name)
            m_start = name;
        view.name = name;
    } else if (accepted && m_naming == Naming::New) {
        SavedView view = m_shown;
        view.name = name;
        if (taken >= 0) // the same name is the same view
            m_views[static_cast<std::size_t>(taken)] = view;
        else
            m_views.push_back(view);
    } else {
        accepted = false;
    }
    if (accepted) {
        m_chosenName = name;
        fill();
        Q_EMIT viewsChanged();
    }
    m_box->setFocus(Qt::OtherFocusReason);
}

void ViewBar::removeCurrent()
{
    const int index = currentIndex();
    if (index < 0)
        return;
    if (m_start == m_views[static_cast<std::size_t>(index)].name)
        m_start.clear();
    m_views.erase(m_views.begin() + index);
    m_chosenName.clear();
    fill();
    Q_EMIT viewsChanged();
}

void ViewBar::toggleStart()
{
    const QString name = currentName();
    m_start = m_start == name ? QString() : name;
    showActions();
    Q_EMIT viewsChanged();
}

bool ViewBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_name && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        endNaming(false);
        return true;
    }
    if (watched == m_name && event->type() == QEvent::FocusOut)
        endNaming(false);
    return QWidget::eventFilter(watched, event);
}

} // namespace sealbook
