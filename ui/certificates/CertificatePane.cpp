// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificatePane.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/certificates/DerTreeView.h"
#include "ui/certificates/LineageSection.h"
#include "ui/certificates/MarksSection.h"
#include "ui/certificates/PlacesSection.h"
#include "ui/certificates/RevocationSection.h"
#include "ui/certificates/ValidityBar.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/ErrorText.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/SymbolLabel.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QGridLayout>
#include <QPlainTextEdit>
#include <QPushButton>

namespace sealbook {

namespace {
constexpr int shownNames = 12;
constexpr int nameWidth = 76;
constexpr int pemHeight = 132;
constexpr int symbolSize = 14;

// Host names stay left-to-right in a mirrored window, or "*.example.com" turns round.
QString isolated(const QString &name)
{
    return QChar(0x2066) + name + QChar(0x2069);
}
} // namespace

CertificatePane::CertificatePane(QWidget *parent)
    : DetailPane("certificatePane", tr("Certificate details"), ElidedLabel::Mode::Name, parent)
    , m_flagList(new QWidget(this))
{
    m_copyNames = new CopyButton(tr("Copy names"), this);
    m_copyNames->setObjectName(QStringLiteral("copyNames"));
    m_head->addTool(m_copyNames);
    m_head->add(m_flagList);
    buildSections();
    buildRawSections();
}

void CertificatePane::setKnown(const QStringList &tags, const QStringList &owners)
{
    m_marks->setKnown(tags, owners);
}

void CertificatePane::buildSections()
{
    m_validity = addSection(tr("Validity"));
    m_bar = new ValidityBar(this);
    m_validity->add(m_bar);

    m_key = addFacts(tr("Key and origin"), nameWidth);

    m_marks = new MarksSection(this);
    connect(m_marks, &MarksSection::editWanted, this,
            [this](const CertificateEdit &edit, const QString &done) {
                Q_EMIT editWanted(m_sha256, edit, done);
            });
    m_scroll->add(m_marks);

    m_chain = new PaneSection(tr("Chain"), this);
    m_chainState = new StateLabel(this);
    m_chain->setAside(m_chainState);
    m_chainReason = makeLabel(LabelKind::Body, QString(), this, true);
    m_chain->add(m_chainReason);
    m_chainPath = makeLabel(LabelKind::Body, QString(), this, true);
    m_chain->add(m_chainPath);
    m_scroll->add(m_chain);

    m_revocation = new RevocationSection(this);
    m_scroll->add(m_revocation);
    m_places = new PlacesSection(this);
    m_scroll->add(m_places);
    m_lineage = new LineageSection(this);
    connect(m_lineage, &LineageSection::certificateWanted, this,
            &CertificatePane::certificateWanted);
    m_scroll->add(m_lineage);

    m_names = addSection(tr("Names"));
    m_nameList = makeLabel(LabelKind::Body, QString(), this, true);
    m_names->add(m_nameList);
}

void CertificatePane::buildRawSections()
{
    PaneSection *facts = addSection(tr("Certificate"));
    m_facts = new KeyValueGrid(this);
    m_facts->setNameWidth(nameWidth);
    facts->add(m_facts);
    auto *values = new QWidget(this);
    m_values = new QGridLayout(values);
    m_values->setContentsMargins(0, 0, 0, 0);
    m_values->setHorizontalSpacing(12);
    m_values->setVerticalSpacing(0);
    m_values->setColumnMinimumWidth(0, nameWidth);
    m_values->setColumnStretch(1, 1);
    facts->add(values);

    m_extensionSection = addSection(tr("Extensions"));
    m_extensions = makeLabel(LabelKind::Body, QString(), this, true);
    m_extensionSection->add(m_extensions);

    PaneSection *structure = addSection(tr("ASN.1"));
    m_treeButton = new QPushButton(tr("Show"), this);
    m_treeButton->setObjectName(QStringLiteral("showDerTree"));
    m_treeButton->setCheckable(true);
    m_treeButton->setAccessibleName(tr("Show the ASN.1 structure"));
    structure->setAside(m_treeButton);
    m_tree = new DerTreeView(this);
    structure->add(m_tree);
    connect(m_treeButton, &QPushButton::toggled, this, &CertificatePane::showTree);
    m_tree->hide();

    PaneSection *pem = addSection(tr("PEM"));
    m_copyPem = new CopyButton(tr("Copy PEM"), this);
    m_copyPem->setObjectName(QStringLiteral("copyPemText"));
    pem->setAside(m_copyPem);
    m_pem = new QPlainTextEdit(this);
    m_pem->setObjectName(QStringLiteral("pemText"));
    m_pem->setReadOnly(true);
    m_pem->setTabChangesFocus(true);
    m_pem->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_pem->setFont(Theme::monoFont(font()));
    m_pem->setFixedHeight(pemHeight);
    m_pem->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_pem->setAccessibleName(tr("The certificate as PEM"));
    pem->add(m_pem);
}

void CertificatePane::setCertificate(const CertificateSubject &subject, const QDateTime &now,
                                     bool timesLocal)
{
    const InventoryRow &row = subject.row;
    const QString sha256 = row.sha256.hex();
    const bool another = sha256 != m_sha256;
    m_sha256 = sha256;
    const QStringList names = row.nameList();
    m_head->setTitle(CertificateWords::firstName(row));
    m_copyNames->setCopyText(names.join(QLatin1Char('\n')));
    const qsizetype more = names.size() - 1;
    QString others;
    if (more == 1)
        others = tr("and %1").arg(isolated(CertificateWords::readable(names.at(1))));
    else if (more > 1)
        others = tr("and %n more names", "", static_cast<int>(more));
    m_head->setSubtitle(others);
    const StateStyle style = styleOf(subject.urgency);
    m_head->state()->setState(style, style.word, CertificateWords::expires(row, now));
    m_head->setSummary(CertificateWords::summary(row, subject.urgency, subject.isSuperseded));
    m_validity->setAside(CertificateWords::life(row, now));
    m_bar->setCertificate(row, subject.urgency, now, timesLocal);
    m_marks->setMarks(row, another);
    m_lineage->setSubject(subject, timesLocal);
    fillNames(row);
    fillFacts(row, timesLocal);
    m_flags = subject.flags;
    if (another)
        m_useFlags.clear();
    showFlags();
    if (!another)
        return;
    m_chainState->setState({StateRole::Off, Glyph::NotAsked, tr("not checked yet")});
    m_chainReason->hide();
    m_chainPath->hide();
    m_places->setPlaces({});
    m_extensionSection->hide();
    m_pem->clear();
    m_der.clear();
    m_treeButton->setChecked(false);
    m_scroll->toTop();
}

void CertificatePane::setPlaces(const std::vector<PlaceRecord> &places,
                                const std::vector<EndpointStatus> &endpoints, const QDateTime &now)
{
    m_places->setPlaces(PlacesSection::placesOf(m_sha256, places, endpoints, now));
}

void CertificatePane::showFlags()
{
    qDeleteAll(m_flagList->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    delete m_flagList->layout();
    auto *grid = new QGridLayout(m_flagList);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    std::vector<CertificateFlags::Flag> all = m_flags;
    all.insert(all.end(), m_useFlags.begin(), m_useFlags.end());
    int line = 0;
    for (const CertificateFlags::Flag &flag : all) {
        auto *symbol = new SymbolLabel(m_flagList, symbolSize);
        symbol->setGlyph(flag.style.glyph, flag.style.role);
        grid->addWidget(symbol, line, 0, Qt::AlignTop);
        QLabel *text = makeLabel(LabelKind::Body, breakable(flag.text), m_flagList, true);
        text->setObjectName(QStringLiteral("flag"));
        grid->addWidget(text, line, 1);
        ++line;
    }
    m_flagList->setVisible(!all.empty());
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

void CertificatePane::fillNames(const InventoryRow &row)
{
    const QStringList names = row.nameList();
    QStringList lines;
    for (const QString &name : names.mid(0, shownNames)) {
        const QString shown = CertificateWords::readable(name);
        lines << (shown == name ? isolated(breakable(name))
                                : isolated(breakable(shown)) + tr(" (%1)").arg(breakable(name)));
    }
    const qsizetype rest = names.size() - lines.size();
    if (rest > 0)
        lines << tr("and %n more; copying gives all", "", static_cast<int>(rest));
    m_names->setAside(QString::number(names.size()));
    m_nameList->setText(lines.join(QLatin1Char('\n')));
    m_names->setVisible(!lines.isEmpty());
}

void CertificatePane::fillFacts(const InventoryRow &row, bool timesLocal)
{
    const auto exact = [timesLocal](qint64 at) {
        return TimeText::exact(CertificateWords::at(at), timesLocal);
    };
    m_key->clear();
    m_key->addRow(tr("Key"), CertificateWords::keyPlace(row));
    if (!row.credential.isEmpty()) {
        QLabel *credential = m_key->addRow(tr("Credential"), row.credential);
        setLinkText(
            credential,
            QStringLiteral("<a href=\"credential\">%1</a>").arg(row.credential.toHtmlEscaped()));
        connect(credential, &QLabel::linkActivated, this,
                [this, name = row.credential] { Q_EMIT credentialWanted(name); });
    }
    m_key->addRow(tr("Added"), row.addedAt != 0 ? exact(row.addedAt) : tr("not known"));
    if (row.failedRenewals > 0)
        m_key->addRow(tr("Renewal"), tr("failed %n times", "", row.failedRenewals));
    if (row.windowStart != 0)
        m_key->addRow(tr("CA's window"),
                      tr("%1 to %2").arg(exact(row.windowStart), exact(row.windowEnd)));

    m_facts->clear();
    m_facts->addRow(tr("Issuer"), row.issuerDn.isEmpty() ? row.issuer : row.issuerDn);
    const QString subject = row.subjectDn.isEmpty() ? row.subject() : row.subjectDn;
    m_facts->addRow(tr("Subject"), subject.isEmpty() ? tr("none") : subject);
    m_facts->addRow(tr("From"), exact(row.notBefore));
    m_facts->addRow(tr("To"), exact(row.notAfter));
    m_facts->addRow(tr("Signature"), row.signatureAlgorithm);
    setValue(0, tr("Serial"), QString::fromLatin1(row.serial));
    setValue(1, tr("SHA-256"), row.sha256.hex());
    setValue(2, tr("Public key"), row.publicKey.hex());
}

void CertificatePane::showTree(bool shown)
{
    if (shown)
        m_tree->setDer(m_der);
    m_tree->setVisible(shown);
    m_treeButton->setText(shown ? tr("Hide") : tr("Show"));
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
    m_der = details.leaf.der();
    if (m_treeButton->isChecked())
        m_tree->setDer(m_der);
    const auto isFor = [&details](QLatin1String use) {
        return std::any_of(details.extensions.begin(), details.extensions.end(),
                           [use](const Certificate::Extension &extension) {
                               return extension.oid == QLatin1String("2.5.29.37")
                                   && extension.value.contains(use, Qt::CaseInsensitive);
                           });
    };
    m_useFlags =
        CertificateFlags::ofUse(isFor(QLatin1String("server")), isFor(QLatin1String("client")));
    showFlags();
}

void CertificatePane::setDetailsError(const Error &error)
{
    const ErrorText text = ErrorText::of(error);
    m_chainState->setState({StateRole::Off, Glyph::CannotCheck, tr("cannot be read")});
    m_chainReason->setText(breakable(text.sentence + QLatin1Char('\n') + text.detail));
    m_chainReason->show();
}

void CertificatePane::showChain(const CertificateDetails &details)
{
    if (details.chain.verified)
        m_chainState->setState({StateRole::Ok, Glyph::Fine, tr("verified")});
    else
        m_chainState->setState({StateRole::Act, Glyph::Unproved, tr("not verified")});
    const QString own = tr("It leads to a root that you named yourself.");
    m_chainReason->setText(details.isOwnRoot ? own : breakable(details.chain.reason));
    m_chainReason->setVisible(details.isOwnRoot
                              || (!details.chain.verified && !details.chain.reason.isEmpty()));
    QString path;
    int depth = 0;
    for (const Certificate &certificate : details.chain.path) {
        const QString name = certificate.commonName().isEmpty() ? certificate.issuerShort()
                                                                : certificate.commonName();
        if (depth > 0)
            path += QLatin1Char('\n') + QString(3 * (depth - 1), QChar(0x2003))
                + QString::fromUtf8("\u2514 ");
        path += isolated(breakable(depth == 0 && certificate.commonName().isEmpty()
                                       ? details.record.names.value(0)
                                       : name));
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
                          breakable(extension.value)
                              .toHtmlEscaped()
                              .replace(QLatin1Char('\n'), QLatin1String("<br>")));
    }
    m_extensions->setTextFormat(Qt::RichText);
    m_extensions->setText(parts.join(QString()));
    m_extensionSection->setAside(QString::number(extensions.size()));
    m_extensionSection->setVisible(!parts.isEmpty());
}

} // namespace sealbook
