// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/Navigation.h"

#include "ui/shell/PracticeBadge.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/SymbolLabel.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int navigationWidth = 159; // with its line 160
constexpr int rowHeight = 32;
constexpr int rowMargin = 16;
constexpr int pictureSize = 16;
constexpr int glyphSize = 12;
} // namespace

NavigationRow::NavigationRow(Page *page, const QString &iconName, QWidget *parent)
    : QAbstractButton(parent)
    , m_page(page)
    , m_iconName(iconName)
{
    setText(page->title());
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(rowHeight);
    setAttribute(Qt::WA_Hover);
    const auto name = [this] {
        const QString badge = m_page->badge();
        setAccessibleName(badge.isEmpty() ? text() : QStringLiteral("%1, %2").arg(text(), badge));
        update();
    };
    connect(page, &Page::badgeChanged, this, name);
    name();
}

QSize NavigationRow::sizeHint() const
{
    return {navigationWidth, rowHeight};
}

bool NavigationRow::event(QEvent *event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave) {
        m_hovered = event->type() == QEvent::HoverEnter;
        update();
    }
    return QAbstractButton::event(event);
}

void NavigationRow::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::current();
    QPainter painter(this);
    if (isChecked())
        painter.fillRect(rect(), theme.selection);
    else if (m_hovered)
        painter.fillRect(rect(), theme.selectionInactive);
    const auto place = [this](int x, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, width, height()));
    };
    const QRect icon = place(rowMargin, pictureSize);
    painter.drawPixmap(QPointF(icon.x(), (height() - pictureSize) / 2.0),
                       iconPixmap(m_iconName, isChecked() ? theme.accent : theme.muted, pictureSize,
                                  devicePixelRatioF()));

    const QString badge = m_page->badge();
    const QFont small = Theme::smallFont(font());
    const int badgeWidth = badge.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(badge) + 2;
    int right = width() - 12;
    if (!badge.isEmpty()) {
        painter.setFont(small);
        painter.setPen(isChecked() ? theme.text : theme.muted);
        painter.drawText(place(right - badgeWidth, badgeWidth),
                         static_cast<int>(Qt::AlignVCenter | Qt::AlignTrailing), badge);
        right -= badgeWidth + 4;
    }
    if (const auto glyph = m_page->badgeGlyph()) {
        paintGlyph(&painter, place(right - glyphSize, glyphSize), *glyph,
                   theme.state(roleOf(*glyph)).text, isChecked() ? theme.selection : theme.window,
                   glyphSize);
        right -= glyphSize + 4;
    }
    const int left = rowMargin + pictureSize + 10;
    painter.setFont(font());
    painter.setPen(theme.text);
    painter.drawText(place(left, right - left),
                     static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading),
                     fontMetrics().elidedText(text(), Qt::ElideRight, right - left));
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

Navigation::Navigation(const QString &profileName, bool practice, QWidget *parent)
    : QWidget(parent)
{
    setFixedWidth(navigationWidth);
    setAccessibleName(tr("Pages"));
    Theme::setWindowSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(0);

    auto *head = new QWidget(this);
    head->setFixedHeight(48);
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(rowMargin, 0, 12, 0);
    headRow->setSpacing(8);
    auto *seal = new SymbolLabel(head);
    seal->setIcon(QStringLiteral("seal"), IconTone::Accent);
    headRow->addWidget(seal);
    QLabel *name = makeLabel(LabelKind::Bold, profileName, head);
    name->setObjectName(QStringLiteral("profileName"));
    headRow->addWidget(name, 1);
    layout->addWidget(head);
    if (practice) {
        auto *badge = new PracticeBadge(this);
        auto *badgeRow = new QHBoxLayout;
        badgeRow->setContentsMargins(rowMargin, 0, 12, 8);
        badgeRow->addWidget(badge);
        badgeRow->addStretch(1);
        layout->addLayout(badgeRow);
    }

    m_pages = new QVBoxLayout;
    m_pages->setSpacing(0);
    layout->addLayout(m_pages);
    m_apartLine = new QWidget(this);
    auto *lineRow = new QHBoxLayout(m_apartLine);
    lineRow->setContentsMargins(12, 8, 12, 8);
    lineRow->addWidget(new Line(Qt::Horizontal, m_apartLine));
    layout->addWidget(m_apartLine);
    m_apartLine->hide();
    m_apart = new QVBoxLayout;
    m_apart->setSpacing(0);
    layout->addLayout(m_apart);
    layout->addStretch(1);

    m_keychain = new QWidget(this);
    auto *keychainRow = new QHBoxLayout(m_keychain);
    keychainRow->setContentsMargins(rowMargin, 0, 8, 0);
    keychainRow->setSpacing(8);
    auto *lock = new SymbolLabel(m_keychain);
    lock->setIcon(QStringLiteral("lock"), IconTone::Muted);
    m_keychainIcon = lock;
    keychainRow->addWidget(lock);
    m_keychainText = makeLabel(LabelKind::Muted, {}, m_keychain, true);
    m_keychainText->setObjectName(QStringLiteral("keychainState"));
    keychainRow->addWidget(m_keychainText, 1);
    layout->addWidget(m_keychain);
    m_keychain->hide();

    m_group = new QButtonGroup(this);
    m_group->setExclusive(true);
}

void Navigation::addPage(Page *page, const QString &iconName, bool apart)
{
    auto *row = new NavigationRow(page, iconName, this);
    row->setObjectName(QStringLiteral("nav_%1").arg(page->id()));
    m_group->addButton(row);
    row->installEventFilter(this);
    (apart ? m_apart : m_pages)->addWidget(row);
    m_apartLine->setVisible(m_apart->count() > 0);
    if (apart) {
        m_rows.append(row);
    } else {
        const qsizetype before = m_rows.size() - m_apart->count();
        m_rows.insert(before, row);
        if (before > 0)
            setTabOrder(m_rows.at(before - 1), row);
    }
    connect(row, &QAbstractButton::clicked, this, [this, row] { Q_EMIT chosen(row->page()); });
}

void Navigation::setCurrent(Page *page)
{
    for (NavigationRow *row : m_rows)
        row->setChecked(row->page() == page);
}

void Navigation::setKeychainState(const QString &text, bool usable)
{
    m_keychainText->setText(text);
    if (usable != m_keychainUsable) {
        m_keychainUsable = usable;
        if (usable)
            Theme::setMuted(m_keychainText);
        else
            Theme::setState(m_keychainText, StateRole::Act);
    }
    if (auto *symbol = qobject_cast<SymbolLabel *>(m_keychainIcon)) {
        if (usable)
            symbol->setIcon(QStringLiteral("lock"), IconTone::Muted);
        else
            symbol->setGlyph(Glyph::ActNow, StateRole::Act);
    }
    m_keychain->setVisible(!text.isEmpty());
}

QWidget *Navigation::firstFocus() const
{
    for (NavigationRow *row : m_rows) {
        if (row->isChecked())
            return row;
    }
    return m_rows.value(0);
}

bool Navigation::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    const auto *row = qobject_cast<NavigationRow *>(watched);
    const qsizetype at = m_rows.indexOf(row);
    if (at < 0)
        return false;
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const qsizetype to = at + (key->key() == Qt::Key_Down ? 1 : -1);
        if (to >= 0 && to < m_rows.size())
            m_rows.at(to)->setFocus(Qt::TabFocusReason);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_rows.at(at)->click();
        return true;
    default:
        return false;
    }
}

} // namespace sealbook
