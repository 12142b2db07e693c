// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Glyph.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace sealbook {

// A page of the window: a head of 44 px (title, what it shows, tool bar) over its body. Owned by
// MainWindow once added. A subclass fills setBody(), adds its QActions with addToolAction() (shown
// as buttons) or QWidget::addAction() (menu, palette and shortcuts only): MainWindow registers all
// of them. It says by areas() where F6 stops.
class Page : public QWidget
{
    Q_OBJECT

public:
    // `id` names the page in settings and tests ("certificates"); `title` is translated.
    Page(const QString &id, const QString &title, QWidget *parent = nullptr);

    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] QString title() const { return m_title; }
    void setSubtitle(const QString &subtitle); // beside the title: "86 of 214"
    void setDetail(const QString &detail); // muted, after the subtitle
    void setBody(QWidget *body);
    [[nodiscard]] QWidget *body() const { return m_body; }

    // Adds the action and a button with icon and text for it in the head.
    void addToolAction(QAction *action);
    void addToolWidget(QWidget *widget);
    // The menu of the button at the end of the head. MainWindow fills it from its catalog.
    void setMoreMenu(QMenu *menu);
    // What of its actions stands in that menu, with separators; the palette has all of them.
    [[nodiscard]] virtual QList<QAction *> menuActions() const { return actions(); }

    // What navigation shows at the right of the page's name.
    void setBadge(const QString &text, std::optional<Glyph> glyph = {});
    [[nodiscard]] QString badge() const { return m_badge; }
    [[nodiscard]] std::optional<Glyph> badgeGlyph() const { return m_badgeGlyph; }

    // The parts that F6 walks through, in reading order; only visible ones are used.
    [[nodiscard]] virtual QList<QWidget *> areas() const;
    // The page is shown; load what is stale.
    virtual void activated() { }
    // Shows one thing: a certificate's sha256, a job's id. Unknown subjects do nothing.
    virtual void open(const QString &subject);
    // Where focus goes when the page is opened from navigation.
    [[nodiscard]] virtual QWidget *firstFocus() const;

Q_SIGNALS:
    void badgeChanged();
    // Asks the window to show another page ("issue"), optionally one thing of it (a sha256, a job
    // id). The page receives it by open().
    void pageWanted(const QString &pageId, const QString &subject = {});

private:
    QString m_id;
    QString m_title;
    QString m_badge;
    std::optional<Glyph> m_badgeGlyph;
    QLabel *m_subtitleLabel = nullptr;
    QLabel *m_detailLabel = nullptr;
    QWidget *m_head = nullptr;
    QHBoxLayout *m_tools = nullptr;
    QToolButton *m_more = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QWidget *m_body = nullptr;
};

} // namespace sealbook
