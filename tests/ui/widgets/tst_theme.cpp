// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/Theme.h"

#include "tests/support/DesignLook.h"

#include <QTest>

using namespace sealbook;

namespace {

constexpr double wanted = 4.5;

QPalette paletteOf(QRgb window, QRgb base, QRgb text, QRgb highlight)
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(window));
    palette.setColor(QPalette::Base, QColor(base));
    palette.setColor(QPalette::WindowText, QColor(text));
    palette.setColor(QPalette::Text, QColor(text));
    palette.setColor(QPalette::Highlight, QColor(highlight));
    return palette;
}

} // namespace

class TstTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadableOnEverySurface_data();
    void isReadableOnEverySurface();
    void computesContrast();
    void knowsDarkFromLight();
    void takesTheDesignsColours();
    void keepsFontsReadable();
    void everyStateHasGlyphAndWord();
};

void TstTheme::isReadableOnEverySurface_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("the pictures, light") << designPalette(false);
    QTest::newRow("the pictures, dark") << designPalette(true);
    // Highlights as platforms and users set them: seven blues, oranges and greens.
    const std::array<QRgb, 7> highlights{0xFF308CC6, 0xFF3584E4, 0xFF0078D7, 0xFFE95420,
                                         0xFFF57900, 0xFF2EB398, 0xFF73D216};
    for (const QRgb highlight : highlights) {
        const QByteArray name = QColor(highlight).name().toLatin1();
        QTest::newRow("light " + name) << paletteOf(0xFFEFEFEF, 0xFFFFFFFF, 0xFF000000, highlight);
        QTest::newRow("dark " + name) << paletteOf(0xFF31363B, 0xFF232629, 0xFFFCFCFC, highlight);
    }
    QTest::newRow("high contrast black")
        << paletteOf(0xFF000000, 0xFF000000, 0xFFFFFFFF, 0xFFFFFF00);
    QTest::newRow("high contrast white")
        << paletteOf(0xFFFFFFFF, 0xFFFFFFFF, 0xFF000000, 0xFF000080);
    QTest::newRow("solarized light") << paletteOf(0xFFEEE8D5, 0xFFFDF6E3, 0xFF073642, 0xFF268BD2);
    QTest::newRow("solarized dark") << paletteOf(0xFF073642, 0xFF002B36, 0xFFEEE8D5, 0xFF268BD2);
}

void TstTheme::isReadableOnEverySurface()
{
    QFETCH(QPalette, palette);
    const Theme theme = Theme::of(palette);
    const QList<QColor> surfaces{theme.base, theme.window, theme.header, theme.selection,
                                 theme.selectionInactive};
    for (int i = 0; i < stateRoleCount; ++i) {
        const StateColors &state = theme.state(static_cast<StateRole>(i));
        for (const QColor &surface : surfaces)
            QVERIFY2(contrast(state.text, surface) >= wanted,
                     qPrintable(QStringLiteral("state %1 on %2: %3")
                                    .arg(i)
                                    .arg(surface.name())
                                    .arg(contrast(state.text, surface))));
        QVERIFY(contrast(state.text, state.tint) >= wanted);
        QVERIFY(contrast(theme.text, state.tint) >= wanted);
    }
    for (const QColor &surface : surfaces) {
        QVERIFY2(contrast(theme.muted, surface) >= wanted, qPrintable(surface.name()));
        QVERIFY(contrast(theme.text, surface) >= wanted);
        QVERIFY2(contrast(theme.accent, surface) >= wanted, qPrintable(surface.name()));
    }
}

void TstTheme::computesContrast()
{
    QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 10), 210);
    QCOMPARE(qRound(contrast(Qt::white, Qt::black) * 10), 210);
    QCOMPARE(qRound(contrast(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448);
    QCOMPARE(mixed(Qt::black, Qt::white, 0.0), QColor(Qt::white).toRgb());
    QCOMPARE(mixed(Qt::black, Qt::white, 1.0).lightness(), 0);
}

void TstTheme::knowsDarkFromLight()
{
    QVERIFY(!Theme::of(designPalette(false)).dark);
    QVERIFY(Theme::of(designPalette(true)).dark);
}

void TstTheme::takesTheDesignsColours()
{
    const auto textOf = [](bool dark, StateRole role) {
        return Theme::of(designPalette(dark)).state(role).text.name().toUpper();
    };
    QCOMPARE(textOf(false, StateRole::Crit), QStringLiteral("#B0122F"));
    QCOMPARE(textOf(false, StateRole::Act), QStringLiteral("#9F4600"));
    QCOMPARE(textOf(false, StateRole::Warn), QStringLiteral("#745800"));
    QCOMPARE(textOf(false, StateRole::Ok), QStringLiteral("#1A6B36"));
    QCOMPARE(textOf(false, StateRole::Wait), QStringLiteral("#6040B0"));
    QCOMPARE(textOf(true, StateRole::Crit), QStringLiteral("#FF929B"));
    QCOMPARE(textOf(true, StateRole::Wait), QStringLiteral("#C0ACFF"));
    // The picture's selection, within one step of rounding.
    const QColor selection = Theme::of(designPalette(false)).selection;
    QVERIFY(qAbs(selection.red() - 0xDA) <= 1 && qAbs(selection.green() - 0xE7) <= 1
            && qAbs(selection.blue() - 0xF2) <= 1);
}

void TstTheme::keepsFontsReadable()
{
    QFont tiny;
    tiny.setPixelSize(9);
    QVERIFY(Theme::tinyFont(tiny).pixelSize() >= 11);
    QFont body;
    body.setPixelSize(13);
    QCOMPARE(Theme::headingFont(body).pixelSize(), 20);
    QCOMPARE(Theme::titleFont(body).pixelSize(), 16);
    QCOMPARE(Theme::smallFont(body).pixelSize(), 12);
    QCOMPARE(Theme::tinyFont(body).pixelSize(), 11);
}

void TstTheme::everyStateHasGlyphAndWord()
{
    QSet<int> glyphs;
    for (const Verdict verdict : allVerdicts) {
        QVERIFY(!styleOf(verdict).word.isEmpty());
        glyphs.insert(static_cast<int>(styleOf(verdict).glyph));
    }
    QCOMPARE(glyphs.size(), static_cast<qsizetype>(allVerdicts.size()));
    for (const Urgency urgency :
         {Urgency::Overdue, Urgency::ActNow, Urgency::Soon, Urgency::Fine, Urgency::Retired})
        QVERIFY(!styleOf(urgency).word.isEmpty());
    QVERIFY(styleOf(Urgency::Fine).mutesWord());
    QVERIFY(!styleOf(Verdict::Served).mutesWord());
}

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
