// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/PaintedParts.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QWidget>
#include <QWindow>

namespace sealbook {

namespace {

// One part. Owned by Qt's cache of interfaces; the widget's own interface takes it out of there.
class AccessiblePart final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessiblePart(QWidget *widget, int index)
        : m_widget(widget)
        , m_index(index)
    {
    }

    bool isValid() const override { return parts() != nullptr && m_index < parts()->partCount(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override
    {
        return m_widget ? m_widget->window()->windowHandle() : nullptr;
    }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_widget);
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? parts()->partName(m_index) : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inside = parts()->partRect(m_index);
        return {m_widget->mapToGlobal(inside.topLeft()), inside.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = true;
        state.selectable = true;
        state.focused = m_widget->hasFocus() && parts()->currentPart() == m_index;
        state.selected = parts()->isPartChosen(m_index);
        state.offscreen = !m_widget->rect().intersects(parts()->partRect(m_index));
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface
            ? static_cast<QAccessibleActionInterface *>(this)
            : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &name) override
    {
        if (name == pressAction() && isValid())
            parts()->activatePart(m_index);
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

    [[nodiscard]] int index() const { return m_index; }

private:
    [[nodiscard]] PaintedParts *parts() const
    {
        return dynamic_cast<PaintedParts *>(m_widget.data());
    }

    QPointer<QWidget> m_widget;
    int m_index;
};

class AccessibleParts final : public QAccessibleWidget
{
public:
    explicit AccessibleParts(QWidget *widget)
        : QAccessibleWidget(widget, QAccessible::List)
    {
    }
    ~AccessibleParts() override
    {
        for (const QAccessible::Id id : std::as_const(m_ids))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return parts()->partCount(); }
    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= parts()->partCount())
            return nullptr;
        const auto known = m_ids.constFind(index);
        if (known != m_ids.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *part = new AccessiblePart(widget(), index);
        m_ids.insert(index, QAccessible::registerAccessibleInterface(part));
        return part;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        return child(parts()->partAt(widget()->mapFromGlobal(QPoint(x, y))));
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *part = dynamic_cast<const AccessiblePart *>(child);
        return part != nullptr && part->parent() == this ? part->index() : -1;
    }
    QAccessibleInterface *focusChild() const override
    {
        return widget()->hasFocus() ? child(parts()->currentPart()) : nullptr;
    }

private:
    [[nodiscard]] PaintedParts *parts() const { return dynamic_cast<PaintedParts *>(widget()); }

    mutable QHash<int, QAccessible::Id> m_ids; // of those that were asked for
};

QAccessibleInterface *makeParts(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    return widget != nullptr && dynamic_cast<PaintedParts *>(widget) != nullptr
        ? new AccessibleParts(widget)
        : nullptr;
}

} // namespace

void speakForParts()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeParts);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

void tellCurrentPart(QWidget *widget)
{
    const auto *parts = dynamic_cast<PaintedParts *>(widget);
    if (parts == nullptr || parts->currentPart() < 0 || !QAccessible::isActive())
        return;
    QAccessibleEvent event(widget, QAccessible::Focus);
    event.setChild(parts->currentPart());
    QAccessible::updateAccessibility(&event);
}

} // namespace sealbook
