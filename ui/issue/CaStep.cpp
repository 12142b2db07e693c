// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/CaStep.h"

#include "ui/widgets/Dialogs.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/SecretEdit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int idRole = Qt::UserRole + 1;
constexpr qint64 largestFile = 256 * 1024;
} // namespace

CaStep::CaStep(const IssueServices &services, Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_dialogs(dialogs)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(
        makeLabel(LabelKind::Title, tr("Who should issue it, and for which key?"), this));
    m_error = new ErrorPanel(this);
    layout->addWidget(m_error);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(16);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("caList"));
    m_list->setAccessibleName(tr("Certificate authorities"));
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setUniformItemSizes(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    Theme::tintSelection(m_list);
    columns->addWidget(m_list, 4);
    columns->addWidget(makeForm(), 5);
    layout->addLayout(columns, 1);

    connect(m_list, &QListWidget::itemActivated, this, &CaStep::nextWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_error->clear();
        showChosen();
        if (isVisible())
            askChosen();
    });
    connect(m_error, &ErrorPanel::actionWanted, this, &CaStep::askChosen);
}

CaStep::~CaStep()
{
    m_stop.request_stop();
}

QWidget *CaStep::makeForm()
{
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *panel = new QWidget(scroll);
    // No QFormLayout: that of Qt 6.4 writes past its arrays when rows with wrapped text are hidden.
    m_form = new QGridLayout(panel);
    m_form->setContentsMargins(0, 0, 4, 0);
    m_form->setHorizontalSpacing(12);
    m_form->setVerticalSpacing(10);
    m_form->setColumnStretch(1, 1);
    const auto named = [](auto *widget, const char *objectName, const QString &name) {
        widget->setObjectName(QString::fromLatin1(objectName));
        widget->setAccessibleName(name);
        return widget;
    };

    m_keyType = named(new QComboBox(panel), "keyType", tr("Key"));
    for (const KeyType type : allKeyTypes)
        m_keyType->addItem(keyTypeText(type), static_cast<int>(type));
    addField(tr("Key"), m_keyType);
    m_profile = named(new QComboBox(panel), "profile", tr("Profile"));
    addField(tr("Profile"), m_profile);

    auto *csrRow = new QWidget(panel);
    auto *csrLine = new QHBoxLayout(csrRow);
    csrLine->setContentsMargins(0, 0, 0, 0);
    csrLine->setSpacing(8);
    m_csr = named(new QPushButton(tr("Use a file…"), csrRow), "chooseCsr",
                  tr("Use a certificate request of your own"));
    m_csrName = makeLabel(LabelKind::Muted, {}, csrRow);
    m_noCsr = named(new QPushButton(tr("Remove"), csrRow), "removeCsr",
                    tr("Make the request here after all"));
    csrLine->addWidget(m_csr);
    csrLine->addWidget(m_csrName, 1);
    csrLine->addWidget(m_noCsr);
    addField(tr("Own request"), csrRow);

    m_account = makeLabel(LabelKind::Body, {}, panel, true);
    m_account->setObjectName(QStringLiteral("accountState"));
    addField(tr("Account"), m_account);
    m_contact = named(new QLineEdit(panel), "contact", tr("Contact mail address, optional"));
    m_contact->setPlaceholderText(tr("admin@example.org, optional"));
    addField(tr("Contact"), m_contact);
    m_kid = named(new QLineEdit(panel), "eabKid", tr("Key ID from the CA"));
    addField(tr("Key ID"), m_kid);
    m_eabKey = named(new SecretEdit(panel), "eabKey", tr("Key from the CA"));
    addField(tr("HMAC key"), m_eabKey);

    m_terms = new QWidget(panel);
    auto *termsLine = new QHBoxLayout(m_terms);
    termsLine->setContentsMargins(0, 0, 0, 0);
    termsLine->setSpacing(8);
    m_agree = named(new QCheckBox(tr("I agree to the terms of service"), m_terms), "agree",
                    tr("I agree to the terms of service"));
    m_readTerms = named(new QPushButton(tr("Read them…"), m_terms), "readTerms",
                        tr("Read the terms of service"));
    termsLine->addWidget(m_agree);
    termsLine->addWidget(m_readTerms);
    termsLine->addStretch(1);
    addField(tr("Terms"), m_terms);
    m_form->setRowStretch(m_form->rowCount(), 1);
    scroll->setWidget(panel);

    connect(m_csr, &QPushButton::clicked, this, &CaStep::chooseCsr);
    connect(m_noCsr, &QPushButton::clicked, this, [this] {
        m_csrFile.clear();
        m_csrDer.clear();
        showChosen();
    });
    connect(m_readTerms, &QPushButton::clicked, this, [this] {
        if (facts() != nullptr)
            m_dialogs.openLink(QUrl(facts()->termsOfService));
    });
    connect(m_keyType, &QComboBox::currentIndexChanged, this, &CaStep::changed);
    connect(m_profile, &QComboBox::currentIndexChanged, this, &CaStep::changed);
    connect(m_agree, &QCheckBox::toggled, this, &CaStep::changed);
    for (QLineEdit *edit : {m_contact, m_kid, static_cast<QLineEdit *>(m_eabKey)})
        connect(edit, &QLineEdit::textChanged, this, &CaStep::changed);
    return scroll;
}

void CaStep::addField(const QString &label, QWidget *field)
{
    const int row = m_form->rowCount();
    QLabel *title = makeLabel(LabelKind::Body, label, field->parentWidget());
    title->setBuddy(field);
    m_form->addWidget(title, row, 0, Qt::AlignTop | Qt::AlignLeft);
    title->setMinimumHeight(26);
    m_form->addWidget(field, row, 1);
    m_labels[field] = title;
}

void CaStep::showField(QWidget *field, bool shown)
{
    field->setVisible(shown);
    m_labels.at(field)->setVisible(shown);
}

void CaStep::load()
{
    Task<std::vector<CaRecord>> cas = m_services.cas();
    QCoro::connect(std::move(cas), this, [this](const Result<std::vector<CaRecord>> &found) {
        if (!found) {
            m_error->showError(found.error());
            return;
        }
        showCas(*found);
    });
    Task<std::vector<AccountRecord>> accounts = m_services.accounts();
    QCoro::connect(std::move(accounts), this,
                   [this](const Result<std::vector<AccountRecord>> &found) {
                       if (found)
                           m_accounts = *found;
                       showChosen();
                   });
}

void CaStep::showCas(std::vector<CaRecord> cas)
{
    const std::optional<CaRecord> before = chosen();
    m_cas = std::move(cas);
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const CaRecord &ca : m_cas) {
            auto *item = new QListWidgetItem(ca.name, m_list);
            QString terms = ca.terms;
            if (terms.isEmpty())
                terms = QUrl(ca.directoryUrl).host();
            item->setData(RowRole::SecondLine, terms);
            item->setData(idRole, ca.id);
            item->setToolTip(terms + QLatin1Char('\n') + ca.directoryUrl);
            item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(ca.name, terms));
            if (before && before->id == ca.id)
                m_list->setCurrentItem(item);
        }
        if (m_list->currentRow() < 0 && !m_cas.empty())
            m_list->setCurrentRow(0);
    }
    showChosen();
    if (isVisible())
        askChosen();
}

std::optional<CaRecord> CaStep::chosen() const
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_cas.size()))
        return std::nullopt;
    return m_cas.at(static_cast<std::size_t>(row));
}

std::optional<AccountRecord> CaStep::account(const CaRecord &ca) const
{
    for (const AccountRecord &account : m_accounts) {
        if (account.caId == ca.id && account.status == AccountRecord::Status::Valid)
            return account;
    }
    return std::nullopt;
}

const CaFacts *CaStep::facts() const
{
    const std::optional<CaRecord> ca = chosen();
    const auto found = ca ? m_facts.find(ca->id) : m_facts.end();
    return found == m_facts.end() ? nullptr : &found->second;
}

void CaStep::askChosen()
{
    const std::optional<CaRecord> ca = chosen();
    if (!ca || m_facts.contains(ca->id) || m_asking.contains(ca->id))
        return;
    m_error->clear();
    m_asking.insert(ca->id);
    showChosen();
    Task<CaFacts> asking = m_services.askCa(ca->id, m_stop.get_token());
    QCoro::connect(std::move(asking), this, [this, id = ca->id](const Result<CaFacts> &facts) {
        m_asking.erase(id);
        const std::optional<CaRecord> now = chosen();
        if (facts) {
            m_facts[id] = *facts;
        } else if (now && now->id == id) {
            m_error->showError(facts.error());
            m_error->setActionText(tr("Ask again"));
        }
        showChosen();
    });
}

void CaStep::showChosen()
{
    const std::optional<CaRecord> ca = chosen();
    const std::optional<AccountRecord> known = ca ? account(*ca) : std::nullopt;
    const CaFacts *said = facts();
    const bool fresh = ca && !known;
    const bool needsEab =
        ca && (ca->needsEab || (said != nullptr && said->externalAccountRequired));
    if (!ca)
        m_account->setText(tr("Choose a certificate authority."));
    else if (known)
        m_account->setText(
            known->contacts.isEmpty()
                ? tr("The account on this computer is used.")
                : tr("The account of %1 is used.")
                      .arg(QString(known->contacts.first()).remove(QLatin1String("mailto:"))));
    else if (m_asking.contains(ca->id))
        m_account->setText(tr("Asking %1 what it offers…").arg(ca->name));
    else
        m_account->setText(needsEab ? tr("A new one, opened with the key the CA gave you.")
                                    : tr("A new one is opened. Its key is kept in the vault."));

    showField(m_contact, fresh);
    showField(m_kid, fresh && needsEab);
    showField(m_eabKey, fresh && needsEab);
    showField(m_terms, fresh && said != nullptr && !said->termsOfService.isEmpty());

    const QString profile = m_profile->currentData().toString();
    {
        const QSignalBlocker quiet(m_profile);
        m_profile->clear();
        m_profile->addItem(tr("The CA's default"), QString());
        if (said != nullptr) {
            for (auto it = said->profiles.begin(); it != said->profiles.end(); ++it) {
                m_profile->addItem(it.key(), it.key());
                m_profile->setItemData(m_profile->count() - 1, it.value(), Qt::ToolTipRole);
            }
        }
        m_profile->setCurrentIndex(std::max(0, m_profile->findData(profile)));
    }
    showField(m_profile, m_profile->count() > 1);
    m_keyType->setEnabled(m_csrFile.isEmpty());
    m_csrName->setText(m_csrFile.isEmpty() ? tr("The key is made here and kept in the vault.")
                           : m_csrDer.isEmpty()
                           ? tr("%1 is not a certificate request.").arg(m_csrFile)
                           : tr("%1. Its key stays where it is.").arg(m_csrFile));
    m_noCsr->setVisible(!m_csrFile.isEmpty());
    Q_EMIT changed();
}

void CaStep::chooseCsr()
{
    Dialogs::FileQuestion question;
    question.title = tr("Choose a certificate request");
    question.filters =
        QStringList{tr("Certificate requests (*.csr *.pem *.req *.der)"), tr("All files (*)")};
    m_dialogs.chooseFiles(this, question, [this](const QStringList &paths) {
        if (!paths.isEmpty())
            readCsr(paths.first());
    });
}

void CaStep::readCsr(const QString &path)
{
    QFile file(path);
    m_csrFile = QFileInfo(path).fileName();
    m_csrDer.clear();
    if (file.open(QIODevice::ReadOnly))
        m_csrDer = csrDerOf(file.read(largestFile + 1));
    showChosen();
}

void CaStep::writeTo(IssueForm &form) const
{
    form.ca = chosen();
    const CaFacts *said = facts();
    if (form.ca && said != nullptr && said->externalAccountRequired)
        form.ca->needsEab = true;
    form.hasAccount = form.ca && account(*form.ca).has_value();
    form.caAnswered = said != nullptr;
    form.termsShown = said != nullptr && !said->termsOfService.isEmpty();
    form.agreesToTerms = m_agree->isChecked();
    form.contact = m_contact->text();
    form.eabKid = m_kid->text();
    form.eabKeyGiven = !m_eabKey->isEmpty();
    form.keyType = static_cast<KeyType>(m_keyType->currentData().toInt());
    form.profile = m_profile->currentData().toString();
    form.csrFile = m_csrFile;
    form.csrDer = m_csrDer;
}

bool CaStep::needsAccount() const
{
    IssueForm form;
    writeTo(form);
    return form.ca && form.ca->needsEab && !form.hasAccount;
}

void CaStep::openAccount(std::function<void(bool)> done)
{
    IssueForm form;
    writeTo(form);
    m_error->clear();
    Result<Secret> key = m_eabKey->take();
    if (!key) {
        m_error->showError(key.error());
        done(false);
        return;
    }
    Registration wanted;
    wanted.caId = form.ca ? form.ca->id : QString();
    wanted.contacts = form.contacts();
    wanted.agreesToTerms = form.agreesToTerms || (form.caAnswered && !form.termsShown);
    wanted.eabKid = form.eabKid.trimmed();
    wanted.eabMacKey = std::move(*key);
    Task<AccountRecord> opening = m_services.registerAccount(std::move(wanted), m_stop.get_token());
    QCoro::connect(std::move(opening), this,
                   [this, done = std::move(done)](const Result<AccountRecord> &account) {
                       if (account)
                           m_accounts.push_back(*account);
                       else
                           m_error->showError(account.error());
                       m_error->setActionText({});
                       showChosen();
                       done(account.has_value());
                   });
}

QWidget *CaStep::firstFocus() const
{
    return m_list;
}

} // namespace sealbook
