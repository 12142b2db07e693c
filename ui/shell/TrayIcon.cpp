// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/TrayIcon.h"

#include "ui/widgets/IconSet.h"

namespace sealbook {

namespace {
constexpr qsizetype longestMessage = 600;
}

TrayIcon::TrayIcon(QObject *parent)
    : QObject(parent)
    , m_icon(houseIcon(QStringLiteral("seal")))
{
    m_menu.setObjectName(QStringLiteral("trayMenu"));
    connect(m_menu.addAction(tr("&Open Sealbook")), &QAction::triggered, this,
            [this] { Q_EMIT openWanted({}, {}); });
    connect(m_menu.addAction(tr("&Check all endpoints now")), &QAction::triggered, this,
            &TrayIcon::checkWanted);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("&Quit")), &QAction::triggered, this, &TrayIcon::quitWanted);
    m_icon.setContextMenu(&m_menu);
    m_icon.setToolTip(tr("Sealbook"));
    connect(&m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger)
                    Q_EMIT openWanted({}, {});
            });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this,
            [this] { Q_EMIT openWanted(QStringLiteral("watch"), m_subject); });
}

void TrayIcon::setShown(bool shown)
{
    m_icon.setVisible(shown && isAvailable());
}

QString TrayIcon::plainMessage(const QString &text)
{
    QString plain;
    for (QChar c : text.left(longestMessage)) {
        if (c == QLatin1Char('<'))
            c = QChar(0x2039);
        else if (c == QLatin1Char('>'))
            c = QChar(0x203A);
        else if (c == QLatin1Char('&'))
            c = QLatin1Char('+');
        else if (c != QLatin1Char('\n') && !c.isPrint() && !c.isSurrogate())
            continue;
        plain += c;
    }
    return plain;
}

void TrayIcon::tell(const QString &title, const QString &text, bool isBad, const QString &subject)
{
    if (!isShown())
        return;
    m_subject = subject;
    m_icon.showMessage(plainMessage(title), plainMessage(text),
                       isBad ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

} // namespace sealbook
