// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificatePane.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/certificates/ValidityBar.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/ErrorText.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QGridLayout>
#include <QPlainTextEdit>

namespace sealbook {

namespace {
constexpr int shownNames = 12;

// Host names stay left-to-right in a mirrored window, or "*.example.com" turns round.
QString isolated(const QString &name)
{
    return QChar(0x2066) + name + QChar(0x2069);
}
} // namespace

CertificatePane::CertificatePane(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new PaneScroll(tr("Certificate details"), this))
    , m_head(new PaneHead(ElidedLabel::Mode::Name, this))
{
    setObjectName(QStringLiteral("certificatePane"));
    setAccessibleName(tr("Certificate details"));
    m_copyNames = new CopyButton(tr("Copy names"), this);
    m_copyNames->setObjectName(QStringLiteral("copyNames"));
    m_head->addTool(m_copyNames);
    connect(m_head, &PaneHead::closeWanted, this, &CertificatePane::closeWanted);
    m_scroll->add(m_head);
    buildSections();
}

void CertificatePane::setActions(const QList<QAction *> &actions)
{
    m_head->setActions(actions);
}

void CertificatePane::buildSections()
{
    m_validity = new PaneSection(tr("Validity"), this);
    m_bar = new ValidityBar(this);
    m_validity->add(m_bar);
    m_scroll->add(m_validity);

    auto *key = new PaneSection(tr("Key and origin"), this);
    m_key = new KeyValueGrid(this);
    m_key->setNameWidth(76);
    key->add(m_key);
    m_scroll->add(key);

    m_chain = new PaneSection(tr("Chain"), this);
    m_chainState = new StateLabel(this);
    m_chain->setAside(m_chainState);
    m_chainReason = makeLabel(LabelKind::Body, QString(), this, true);
    m_chain->add(m_chainReason);
    m_chainPath = makeLabel(LabelKind::Body, QString(), this, true);
    m_chain->add(m_chainPath);
    m_scroll->add(m_chain);

    m_names = new PaneSection(tr("Names"), this);
    m_nameList = makeLabel(LabelKind::Body, QString(), this, true);
    m_names->add(m_nameList);
    m_scroll->add(m_names);

    auto *facts = new PaneSection(tr("Certificate"), this);
    m_facts = new KeyValueGrid(this);
    m_facts->setNameWidth(76);
    facts->add(m_facts);
    auto *values = new QWidget(this);
    m_values = new QGridLayout(values);
    m_values->setContentsMargins(0, 0, 0, 0);
    m_values->setHorizontalSpacing(12);
    m_values->setVerticalSpacing(0);
    m_values->setColumnMinimumWidth(0, 76);
    m_values->setColumnStretch(1, 1);
    facts->add(values);
    m_scroll->add(facts);

    m_extensionSection = new PaneSection(tr("Extensions"), this);
    m_extensions = makeLabel(LabelKind::Body, QString(), this, true);
    m_extensionSection->add(m_extensions);
    m_scroll->add(m_extensionSection);

    auto *pem = new PaneSection(tr("PEM"), this);
    m_copyPem = new CopyButton(tr("Copy PEM"), this);
    m_copyPem->setObjectName(QStringLiteral("copyPemText"));
    pem->setAside(m_copyPem);
    m_pem = new QPlainTextEdit(this);
    m_pem->setReadOnly(true);
    m_pem->setTabChangesFocus(true);
    m_pem->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_pem->setFont(Theme::monoFont(font()));
    m_pem->setFixedHeight(132);
    m_pem->setAccessibleName(tr("The certificate as PEM"));
    pem->add(m_pem);
    m_scroll->add(pem);
}

void CertificatePane::setCertificate(const CertificateRecord &record, const QDateTime &now,
                                     bool timesLocal)
{
    const bool another = record.sha256 != m_sha256;
    m_sha256 = record.sha256;
    m_head->setTitle(CertificateWords::readable(record.names.value(0, record.subject)));
    m_copyNames->setCopyText(record.names.join(QLatin1Char('\n')));
    const qsizetype more = record.names.size() - 1;
    QString others;
    if (more == 1)
        others = tr("and %1").arg(isolated(CertificateWords::readable(record.names.at(1))));
    else if (more > 1)
        others = tr("and %n more names", "", static_cast<int>(more));
    m_head->setSubtitle(others);
    const StateStyle style = styleOf(urgencyOf(CertificateWords::urgencyInput(record), now));
    m_head->state()->setState(
        style, tr("%1  %2", "state, when").arg(style.word, CertificateWords::expires(record, now)));
    m_head->setSummary(CertificateWords::summary(record, now));
    m_validity->setAside(CertificateWords::life(record, now));
    m_bar->setCertificate(record, now, timesLocal);
    fillNames(record);
    fillFacts(record, timesLocal);
    if (!another)
        return;
    m_chainState->setState({StateRole::Off, Glyph::NotAsked, tr("not checked yet")});
    m_chainReason->hide();
    m_chainPath->hide();
    m_extensionSection->hide();
    m_pem->clear();
    m_scroll->toTop();
}

void CertificatePane::setValue(int row, const QString &name, const QString &value)
{
    if (m_values->itemAtPosition(row, 0) == nullptr) {
        QWidget *parent = m_values->parentWidget();
        m_values->addWidget(makeLabel(LabelKind::Muted, name, parent), row, 0);
        auto *label = new ElidedLabel(ElidedLabel::Mode::Value, parent);
        label->setFont(Theme::monoFont(font()));
        m_values->addWidget(label, row, 1);
        m_values->addWidget(new CopyButton(tr("Copy %1").arg(name), parent), row, 2);
    }
    static_cast<ElidedLabel *>(m_values->itemAtPosition(row, 1)->widget())->setFullText(value);
    static_cast<CopyButton *>(m_values->itemAtPosition(row, 2)->widget())->setCopyText(value);
}

void CertificatePane::fillNames(const CertificateRecord &record)
{
    QStringList lines;
    for (const QString &name : record.names.mid(0, shownNames)) {
        const QString shown = CertificateWords::readable(name);
        lines << (shown == name ? isolated(name) : isolated(shown) + tr(" (%1)").arg(name));
    }
    const qsizetype rest = record.names.size() - lines.size();
    if (rest > 0)
        lines << tr("and %n more; copying gives all", "", static_cast<int>(rest));
    m_names->setAside(QString::number(record.names.size()));
    m_nameList->setText(lines.join(QLatin1Char('\n')));
    m_names->setVisible(!lines.isEmpty());
}

void CertificatePane::fillFacts(const CertificateRecord &record, bool timesLocal)
{
    m_key->clear();
    m_key->addRow(tr("Key"), CertificateWords::keyPlace(record));
    m_key->addRow(tr("Origin"), CertificateWords::origin(record));
    if (!record.credential.isEmpty()) {
        QLabel *credential = m_key->addRow(tr("Credential"), record.credential);
        setLinkText(
            credential,
            QStringLiteral("<a href=\"credential\">%1</a>").arg(record.credential.toHtmlEscaped()));
        connect(credential, &QLabel::linkActivated, this,
                [this, name = record.credential] { Q_EMIT credentialWanted(name); });
    }
    m_key->addRow(tr("Added"),
                  record.addedAt.isValid() ? TimeText::exact(record.addedAt, timesLocal)
                                           : tr("not known"));
    if (record.failedRenewals > 0)
        m_key->addRow(tr("Renewal"), tr("failed %n times", "", record.failedRenewals));

    m_facts->clear();
    m_facts->addRow(tr("Issuer"), record.issuer);
    m_facts->addRow(tr("Subject"), record.subject.isEmpty() ? tr("none") : record.subject);
    m_facts->addRow(tr("From"), TimeText::exact(record.notBefore, timesLocal));
    m_facts->addRow(tr("To"), TimeText::exact(record.notAfter, timesLocal));
    m_facts->addRow(tr("Signature"), record.signatureAlgorithm);
    setValue(0, tr("Serial"), record.serial);
    setValue(1, tr("SHA-256"), record.sha256);
    setValue(2, tr("Public key"), record.publicKeySha256);
}

void CertificatePane::setDetails(const CertificateDetails &details)
{
    if (details.record.sha256 != m_sha256)
        return; // somebody else is selected by now
    showChain(details);
    showExtensions(details.extensions);
    const QString pem = QString::fromLatin1(details.leaf.pem());
    m_pem->setPlainText(pem);
    m_copyPem->setCopyText(pem);
}

void CertificatePane::setDetailsError(const Error &error)
{
    const ErrorText text = ErrorText::of(error);
    m_chainState->setState({StateRole::Off, Glyph::CannotCheck, tr("cannot be read")});
    m_chainReason->setText(text.sentence + QLatin1Char('\n') + text.detail);
    m_chainReason->show();
}

void CertificatePane::showChain(const CertificateDetails &details)
{
    if (details.chain.verified)
        m_chainState->setState({StateRole::Ok, Glyph::Fine, tr("verified")});
    else
        m_chainState->setState({StateRole::Act, Glyph::Unproved, tr("not verified")});
    m_chainReason->setText(details.chain.reason);
    m_chainReason->setVisible(!details.chain.verified && !details.chain.reason.isEmpty());
    QString path;
    int depth = 0;
    for (const Certificate &certificate : details.chain.path) {
        const QString name = certificate.commonName().isEmpty() ? certificate.issuerShort()
                                                                : certificate.commonName();
        if (depth > 0)
            path += QLatin1Char('\n') + QString(3 * (depth - 1), QChar(0x2003))
                + QString::fromUtf8("\u2514 ");
        path += isolated(depth == 0 && certificate.commonName().isEmpty()
                             ? details.record.names.value(0)
                             : name);
        ++depth;
    }
    m_chainPath->setText(path);
    m_chainPath->setVisible(depth > 0);
}

void CertificatePane::showExtensions(const std::vector<Certificate::Extension> &extensions)
{
    QStringList parts;
    for (const Certificate::Extension &extension : extensions) {
        QString head = extension.name.isEmpty() ? extension.oid : extension.name;
        if (extension.critical)
            head = tr("%1 (critical)").arg(head);
        parts << QStringLiteral("<p style=\"margin:0 0 6px 0\"><b>%1</b><br>%2</p>")
                     .arg(head.toHtmlEscaped(),
                          extension.value.toHtmlEscaped().replace(QLatin1Char('\n'),
                                                                  QLatin1String("<br>")));
    }
    m_extensions->setTextFormat(Qt::RichText);
    m_extensions->setText(parts.join(QString()));
    m_extensionSection->setAside(QString::number(extensions.size()));
    m_extensionSection->setVisible(!parts.isEmpty());
}

} // namespace sealbook
