// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/LineageSection.h"

#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/CertificateWords.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TimeText.h"

namespace sealbook {

namespace {
constexpr int nameWidth = 76;
constexpr qsizetype mostNames = 6;
} // namespace

LineageSection::LineageSection(QWidget *parent)
    : PaneSection(tr("Lineage"), parent)
    , m_lines(new KeyValueGrid(this))
    , m_changes(makeLabel(LabelKind::Muted, QString(), this, true))
{
    setObjectName(QStringLiteral("lineageSection"));
    m_lines->setNameWidth(nameWidth);
    m_changes->setObjectName(QStringLiteral("lineageChanges"));
    add(m_lines);
    add(m_changes);
}

void LineageSection::addLine(const QString &name, const InventoryRow &row, bool isLink,
                             bool timesLocal)
{
    const QString text = tr("%1 – %2", "from, to")
                             .arg(TimeText::date(CertificateWords::at(row.notBefore), timesLocal),
                                  TimeText::date(CertificateWords::at(row.notAfter), timesLocal));
    QLabel *label = m_lines->addRow(name, text);
    if (!isLink)
        return;
    const QString sha256 = row.sha256.hex();
    setLinkText(label, QStringLiteral("<a href=\"%1\">%2</a>").arg(sha256, text.toHtmlEscaped()));
    label->setAccessibleName(tr("%1: %2").arg(name, text));
    connect(label, &QLabel::linkActivated, this, &LineageSection::certificateWanted);
}

void LineageSection::setSubject(const CertificateSubject &subject, bool timesLocal)
{
    m_lines->clear();
    setVisible(subject.before || subject.after);
    if (subject.after)
        addLine(tr("Next"), *subject.after, true, timesLocal);
    else
        m_lines->addRow(tr("Next"), tr("none yet"));
    addLine(tr("This"), subject.row, false, timesLocal);
    if (!subject.before) {
        m_lines->addRow(tr("Before"), tr("none here"));
        m_changes->hide();
        return;
    }
    addLine(tr("Before"), *subject.before, true, timesLocal);
    const QStringList lines = changes(LineageDiff::between(*subject.before, subject.row));
    m_changes->setText(lines.join(QLatin1Char('\n')));
    m_changes->show();
}

QStringList LineageSection::changes(const LineageDiff &diff)
{
    const auto some = [](const QStringList &names) {
        QStringList shown;
        for (const QString &name : names.mid(0, mostNames))
            shown << CertificateWords::readable(name);
        QString text = shown.join(QLatin1String(", "));
        if (names.size() > shown.size())
            text =
                tr("%1 and %n more", "", static_cast<int>(names.size() - shown.size())).arg(text);
        return text;
    };
    QStringList lines;
    if (!diff.addedNames.isEmpty())
        lines << tr("Names added: %1").arg(some(diff.addedNames));
    if (!diff.removedNames.isEmpty())
        lines << tr("Names gone: %1").arg(some(diff.removedNames));
    if (diff.newKeyKind != diff.oldKeyKind)
        lines << tr("%1 key instead of %2").arg(diff.newKeyKind, diff.oldKeyKind);
    else
        lines << (diff.hasNewKey ? tr("New key of the same kind") : tr("The same key"));
    if (diff.newIssuer != diff.oldIssuer)
        lines << tr("Issued by %1 instead of %2").arg(diff.newIssuer, diff.oldIssuer);
    if (diff.newSignature != diff.oldSignature)
        lines << tr("Signed with %1 instead of %2").arg(diff.newSignature, diff.oldSignature);
    if (diff.newLifetime != diff.oldLifetime)
        lines << tr("Lives %1 instead of %2")
                     .arg(CertificateWords::days(diff.newLifetime),
                          CertificateWords::days(diff.oldLifetime));
    if (diff.isLike)
        lines.prepend(tr("The same names and terms as the one before"));
    return lines;
}

} // namespace sealbook
