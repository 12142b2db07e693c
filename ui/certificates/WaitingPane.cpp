// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/WaitingPane.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/certificates/MarksSection.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/ErrorText.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int nameWidth = 76;
constexpr int pemHeight = 132;
constexpr int shownNames = 12;
} // namespace

WaitingPane::WaitingPane(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new PaneScroll(tr("Details of what waits for a certificate"), this))
    , m_head(new PaneHead(ElidedLabel::Mode::Name, this))
{
    setObjectName(QStringLiteral("waitingPane"));
    setAccessibleName(tr("Details of what waits for a certificate"));
    connect(m_head, &PaneHead::closeWanted, this, &WaitingPane::closeWanted);
    m_scroll->add(m_head);
    build();
}

void WaitingPane::build()
{
    m_factSection = new PaneSection(QString(), this);
    m_facts = new KeyValueGrid(this);
    m_facts->setNameWidth(nameWidth);
    m_factSection->add(m_facts);
    m_scroll->add(m_factSection);

    m_names = new PaneSection(tr("Names"), this);
    m_nameList = makeLabel(LabelKind::Body, QString(), this, true);
    m_names->add(m_nameList);
    m_scroll->add(m_names);

    m_marks = new MarksSection(this);
    connect(m_marks, &MarksSection::editWanted, this,
            [this](const CertificateEdit &edit, const QString &done) {
                Q_EMIT editWanted(sha256(), edit, done);
            });
    m_scroll->add(m_marks);

    m_pemSection = new PaneSection(tr("PEM"), this);
    m_copyPem = new CopyButton(tr("Copy PEM"), this);
    m_pemSection->setAside(m_copyPem);
    m_pem = new QPlainTextEdit(this);
    m_pem->setObjectName(QStringLiteral("requestPem"));
    m_pem->setReadOnly(true);
    m_pem->setTabChangesFocus(true);
    m_pem->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_pem->setFont(Theme::monoFont(font()));
    m_pem->setFixedHeight(pemHeight);
    m_pem->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_pem->setAccessibleName(tr("The request as PEM"));
    m_pemSection->add(m_pem);
    m_scroll->add(m_pemSection);
}

void WaitingPane::setActions(const QList<QAction *> &actions)
{
    m_head->setActions(actions);
}

void WaitingPane::setKnown(const QStringList &tags, const QStringList &owners)
{
    m_marks->setKnown(tags, owners);
}

void WaitingPane::setRow(const InventoryRow &row, const std::vector<CertificateFlags::Flag> &flags,
                         const QDateTime &now, bool timesLocal)
{
    const bool another = row.sha256 != m_row.sha256;
    const bool isRequest = row.is(InventoryRow::IsRequest);
    m_row = row;
    m_timesLocal = timesLocal;
    if (another) {
        m_subjectDn.clear();
        m_signature.clear();
        m_pem->clear();
        m_pemSection->hide();
        m_scroll->toTop();
    }
    m_head->setTitle(CertificateWords::firstName(row));
    m_head->setSubtitle(CertificateWords::kind(row));
    const StateStyle style = CertificateWords::waitingStyle(row);
    m_head->state()->setState(style, style.word,
                              TimeText::ago(now, CertificateWords::at(row.addedAt)));
    QStringList summary{CertificateWords::waitingSummary(row)};
    for (const CertificateFlags::Flag &flag : flags)
        summary << flag.text;
    m_head->setSummary(summary.join(QLatin1Char(' ')));
    const QStringList names = row.nameList();
    QStringList shown;
    for (const QString &name : names.mid(0, shownNames))
        shown << CertificateWords::readable(name);
    if (names.size() > shown.size())
        shown << tr("and %n more", "", static_cast<int>(names.size() - shown.size()));
    m_nameList->setText(shown.join(QLatin1Char('\n')));
    m_names->setAside(QString::number(names.size()));
    m_names->setVisible(isRequest && !names.isEmpty());
    m_marks->setMarks(row, another);
    fillFacts();
}

void WaitingPane::fillFacts()
{
    m_facts->clear();
    if (m_row.is(InventoryRow::IsRequest)) {
        m_facts->addRow(tr("Subject"), m_subjectDn.isEmpty() ? tr("none") : m_subjectDn);
        m_facts->addRow(tr("Signature"),
                        m_signature.isEmpty() ? tr("not checked yet") : m_signature);
    }
    m_facts->addRow(tr("Key"), CertificateWords::keyPlace(m_row));
    m_facts->addRow(tr("Since"),
                    TimeText::exact(CertificateWords::at(m_row.addedAt), m_timesLocal));
    const QStringList places = m_row.placeList();
    const bool isOurs = places.isEmpty() || m_row.hasPlace(PlaceRecord::Kind::Issued);
    QLabel *from = m_facts->addRow(
        tr("From"), isOurs ? tr("made here") : CertificateWords::place(places.front()).text);
    from->setToolTip(isOurs ? QString() : places.front());
    if (m_row.is(InventoryRow::IsRequest))
        m_facts->addRow(tr("SHA-256"), m_row.sha256.hex(), {.mono = true, .copyable = true});
    m_facts->addRow(tr("Public key"), m_row.publicKey.hex(), {.mono = true, .copyable = true});
}

void WaitingPane::setDetails(const RequestDetails &details)
{
    if (details.record.sha256 != sha256())
        return; // something else is selected by now
    m_subjectDn = details.subjectDn;
    m_signature = details.fault ? details.fault->detail : tr("valid");
    const QString pem = QString::fromLatin1(details.pem);
    m_pem->setPlainText(pem);
    m_copyPem->setCopyText(pem);
    m_pemSection->show();
    fillFacts();
}

void WaitingPane::setDetailsError(const Error &error)
{
    m_signature = ErrorText::of(error).sentence;
    fillFacts();
}

} // namespace sealbook
