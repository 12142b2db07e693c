// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ElidedLabel.h"

#include "core/base/DomainName.h"

#include <QResizeEvent>

namespace sealbook {

namespace {

const QChar ellipsis(0x2026);

// The registrable domain as it is written in `name` (which may be shown in U-labels).
QString registrableTail(const QString &name)
{
    const Result<DomainName> domain = DomainName::fromUserInput(name);
    const QStringList labels = name.split(QLatin1Char('.'));
    qsizetype keep = std::min<qsizetype>(2, labels.size());
    if (domain) {
        const QString registrable = domain->registrableDomain();
        if (!registrable.isEmpty())
            keep = std::min(labels.size(), registrable.count(QLatin1Char('.')) + 1);
    }
    return labels.mid(labels.size() - keep).join(QLatin1Char('.'));
}

} // namespace

QString elidedName(const QString &name, const QFontMetrics &metrics, int width)
{
    if (metrics.horizontalAdvance(name) <= width)
        return name;
    const QString tail = registrableTail(name);
    const QString head = name.section(QLatin1Char('.'), 0, 0);
    // Nothing lies between the two: there is nothing that may be cut.
    if (head.size() + 1 + tail.size() >= name.size())
        return name;
    const QString middle = name.mid(head.size() + 1, name.size() - head.size() - tail.size() - 2);
    const QString shortest = head + QLatin1Char('.') + ellipsis + QLatin1Char('.') + tail;
    const QStringList labels = middle.split(QLatin1Char('.'));
    for (qsizetype keep = labels.size() - 1; keep > 0; --keep) {
        const QString candidate = head + QLatin1Char('.')
            + labels.mid(0, keep).join(QLatin1Char('.')) + ellipsis + QLatin1Char('.') + tail;
        if (metrics.horizontalAdvance(candidate) <= width)
            return candidate;
    }
    // One letter would say nothing.
    for (qsizetype keep = labels.first().size() - 1; keep > 1; --keep) {
        const QString candidate = head + QLatin1Char('.') + labels.first().left(keep) + ellipsis
            + QLatin1Char('.') + tail;
        if (metrics.horizontalAdvance(candidate) <= width)
            return candidate;
    }
    return shortest;
}

QString elidedValue(const QString &value, const QFontMetrics &metrics, int width)
{
    if (value.size() <= 17 || metrics.horizontalAdvance(value) <= width)
        return value;
    qsizetype keep = value.size() / 2;
    while (keep > 8) {
        const QString candidate = value.left(keep) + ellipsis + value.right(keep);
        if (metrics.horizontalAdvance(candidate) <= width)
            return candidate;
        --keep;
    }
    return value.left(8) + ellipsis + value.right(8);
}

ElidedLabel::ElidedLabel(Mode mode, QWidget *parent)
    : QLabel(parent)
    , m_mode(mode)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString &text)
{
    m_full = text;
    setAccessibleName(text);
    updateGeometry();
    refit();
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    QString shortest = m_full;
    if (m_mode == Mode::Name)
        shortest = elidedName(m_full, metrics, 0);
    else if (m_mode == Mode::Value)
        shortest = elidedValue(m_full, metrics, 0);
    else if (!m_full.isEmpty())
        shortest = m_full.left(1) + ellipsis;
    return {metrics.horizontalAdvance(shortest) + 2, metrics.height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_full) + 2, fontMetrics().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    refit();
}

void ElidedLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        refit();
}

void ElidedLabel::refit()
{
    QString shown;
    switch (m_mode) {
    case Mode::Name:
        shown = elidedName(m_full, fontMetrics(), width());
        break;
    case Mode::Value:
        shown = elidedValue(m_full, fontMetrics(), width());
        break;
    case Mode::Text:
        shown = fontMetrics().elidedText(m_full, Qt::ElideRight, width());
        break;
    }
    if (shown != text())
        setText(shown);
    setToolTip(shown == m_full ? QString() : m_full);
}

} // namespace sealbook
