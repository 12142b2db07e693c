// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/IconSet.h"

#include "ui/widgets/Theme.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <QtMath>

// The resource lies in a static library, so it is registered by hand (and outside a namespace).
static void registerIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace sealbook {

namespace {

QString fileOf(const QString &name)
{
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

// Draws one icon in the colour that the palette has at that moment. Owned by its QIcon.
class HouseIconEngine final : public QIconEngine
{
public:
    HouseIconEngine(QString name, IconTone tone)
        : m_name(std::move(name))
        , m_tone(tone)
    {
    }

    void paint(QPainter *painter, const QRect &where, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        const int size = std::min(where.width(), where.height());
        const QPixmap pixmap = iconPixmap(m_name, color(mode, state), size, ratio);
        const QPointF corner(where.x() + (where.width() - size) / 2.0,
                             where.y() + (where.height() - size) / 2.0);
        painter->drawPixmap(corner, pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // Qt hands the size in device pixels together with the ratio.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal /*ratio*/) override
    {
        return iconPixmap(m_name, color(mode, state), std::min(size.width(), size.height()), 1.0);
    }

    [[nodiscard]] QIconEngine *clone() const override
    {
        return new HouseIconEngine(m_name, m_tone);
    }

private:
    [[nodiscard]] QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const Theme theme = Theme::current();
        if (mode == QIcon::Disabled)
            return theme.outline;
        if (m_tone == IconTone::Accent || state == QIcon::On)
            return theme.accent;
        return m_tone == IconTone::Text ? theme.text : theme.muted;
    }

    QString m_name;
    IconTone m_tone;
};

} // namespace

QStringList houseIconNames()
{
    registerIcons();
    QStringList names;
    for (const QString &file : QDir(QStringLiteral(":/icons")).entryList(QDir::Files))
        names.append(file.chopped(4));
    return names;
}

QPixmap iconPixmap(const QString &name, const QColor &color, int size, qreal ratio)
{
    const QString key =
        QStringLiteral("sealbook-icon:%1:%2:%3:%4").arg(name, color.name()).arg(size).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    registerIcons();
    QFile file(fileOf(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray svg = file.readAll().replace("#000000", color.name().toLatin1());
    const int pixels = qCeil(size * ratio);
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon houseIcon(const QString &name, IconTone tone)
{
    registerIcons();
    if (!QFile::exists(fileOf(name)))
        return {};
    return QIcon(new HouseIconEngine(name, tone));
}

} // namespace sealbook
