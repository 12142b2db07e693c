// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/CertificateComparison.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QGridLayout>

#include <array>

namespace sealbook {

namespace {

constexpr int nameWidth = 52;
constexpr int shownDigits = 8;

QString shortened(const QString &digits)
{
    return digits.size() <= 2 * shownDigits ? digits : digits.left(shownDigits) + QChar(0x2026);
}

} // namespace

CertificateComparison::CertificateComparison(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("certificateComparison"));
    setAccessibleName(tr("The served certificate beside the stored one"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnMinimumWidth(0, nameWidth);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
}

void CertificateComparison::clear()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_lines = 0;
}

void CertificateComparison::setCertificates(const InventoryRow &served, const InventoryRow &stored,
                                            bool timesLocal)
{
    clear();
    addHeads();
    const auto day = [timesLocal](qint64 time) {
        return TimeText::date(TimeText::at(time), timesLocal);
    };
    const auto exact = [timesLocal](qint64 time) {
        return TimeText::exact(TimeText::at(time), timesLocal);
    };
    addLine(tr("Begins"), day(served.notBefore), day(stored.notBefore), exact(served.notBefore),
            exact(stored.notBefore));
    addLine(tr("Ends"), day(served.notAfter), day(stored.notAfter), exact(served.notAfter),
            exact(stored.notAfter));
    addLine(tr("Issuer"), served.issuer, stored.issuer);
    addLine(tr("Key"), served.keyAlgorithm,
            served.publicKey == stored.publicKey ? tr("%1, the same").arg(stored.keyAlgorithm)
                                                 : stored.keyAlgorithm);
    addLine(tr("Serial"), shortened(QString::fromLatin1(served.serial)),
            shortened(QString::fromLatin1(stored.serial)), QString::fromLatin1(served.serial),
            QString::fromLatin1(stored.serial));
    m_grid->addWidget(makeLabel(LabelKind::Muted, tr("SHA-256"), this), m_lines, 0, Qt::AlignTop);
    addLink(1, tr("Served"), served.sha256.hex());
    addLink(2, tr("Stored"), stored.sha256.hex());
    ++m_lines;
}

void CertificateComparison::addHeads()
{
    m_grid->addWidget(makeLabel(LabelKind::SectionHead, tr("Served"), this), m_lines, 1);
    m_grid->addWidget(makeLabel(LabelKind::SectionHead, tr("Stored, newer"), this), m_lines, 2);
    ++m_lines;
}

void CertificateComparison::addLine(const QString &name, const QString &served,
                                    const QString &stored, const QString &servedExact,
                                    const QString &storedExact)
{
    const QString exact = servedExact.isEmpty() ? served : servedExact;
    const QString otherExact = storedExact.isEmpty() ? stored : storedExact;
    m_grid->addWidget(makeLabel(LabelKind::Muted, name, this), m_lines, 0, Qt::AlignTop);
    const std::array sides{std::pair{served, exact}, std::pair{stored, otherExact}};
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto &[shown, whole] = sides.at(i);
        QLabel *value = makeLabel(LabelKind::Body, breakable(shown), this, true);
        value->setFont(Theme::smallFont(font()));
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setToolTip(whole == shown ? QString() : whole);
        value->setAccessibleName(i == 0 ? tr("%1 of the served one: %2").arg(name, whole)
                                        : tr("%1 of the stored one: %2").arg(name, whole));
        if (exact == otherExact)
            Theme::setMuted(value);
        m_grid->addWidget(value, m_lines, static_cast<int>(i) + 1, Qt::AlignTop);
    }
    ++m_lines;
}

void CertificateComparison::addLink(int column, const QString &head, const QString &sha256)
{
    QLabel *link = makeLabel(LabelKind::Body, QString(), this);
    link->setFont(Theme::smallFont(font()));
    setLinkText(link, QStringLiteral("<a href=\"certificate\">%1</a>").arg(shortened(sha256)));
    link->setToolTip(sha256);
    link->setAccessibleName(tr("%1: show certificate %2").arg(head, sha256));
    connect(link, &QLabel::linkActivated, this,
            [this, sha256] { Q_EMIT certificateWanted(sha256); });
    m_grid->addWidget(link, m_lines, column, Qt::AlignTop);
}

} // namespace sealbook
