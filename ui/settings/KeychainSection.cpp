// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/KeychainSection.h"

#include "ui/settings/KeychainWords.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/Theme.h"
#include "ui_KeychainSection.h"

#include <QClipboard>
#include <QGuiApplication>

namespace sealbook {

namespace {
constexpr int mostListRows = 8;

void showText(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}
} // namespace

KeychainSection::KeychainSection(Vault &vault, Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_vault(vault)
    , m_dialogs(dialogs)
    , m_ui(std::make_unique<Ui::KeychainSection>())
{
    m_ui->setupUi(this);
    m_ui->heading->setFont(Theme::titleFont(font()));
    for (QLabel *head : {m_ui->itemsHead, m_ui->diskHead, m_ui->recoveryHead})
        head->setFont(Theme::boldFont(font()));
    m_ui->items->setFont(Theme::monoFont(font()));
    Theme::tintSelection(m_ui->items);
    m_ui->facts->setNameWidth(100);
    m_ui->typed->setEchoMode(QLineEdit::Normal); // 27 characters are not typed blindly
    m_ui->typed->setFont(Theme::monoFont(font()));
    m_ui->state->setState({StateRole::Off, Glyph::NotAsked, tr("not looked at yet")});
    m_ui->disk->setState({StateRole::Off, Glyph::NotAsked, tr("not looked at yet")});
    m_ui->copy->setEnabled(false);
    m_ui->findings->hide();
    m_ui->advice->hide();
    bind();
    showRecovery();
}

KeychainSection::~KeychainSection()
{
    m_stop.request_stop();
}

void KeychainSection::bind()
{
    connect(m_ui->again, &QPushButton::clicked, this, &KeychainSection::load);
    connect(m_ui->make, &QPushButton::clicked, this, &KeychainSection::makeCode);
    connect(m_ui->confirm, &QPushButton::clicked, this, &KeychainSection::confirmCode);
    connect(m_ui->typed, &QLineEdit::returnPressed, this, &KeychainSection::confirmCode);
    connect(m_ui->discard, &QPushButton::clicked, this, [this] { endCode(QString()); });
    connect(m_ui->recover, &QPushButton::clicked, this, &KeychainSection::recover);
    connect(&m_vault, &Vault::stateChanged, this, &KeychainSection::showRecovery);
}

void KeychainSection::load()
{
    m_ui->again->setEnabled(false);
    Task<VaultProof> task = m_vault.proof(m_stop.get_token());
    QCoro::connect(std::move(task), this, [this](const Result<VaultProof> &proof) {
        m_ui->again->setEnabled(true);
        if (proof)
            showProof(*proof);
        else
            m_ui->error->showError(proof.error());
        Q_EMIT loaded();
    });
}

void KeychainSection::showProof(const VaultProof &proof)
{
    m_ui->error->clear();
    m_ui->state->setState(KeychainWords::styleOf(proof.keychain.state));
    m_ui->sentence->setText(KeychainWords::sentence(proof.keychain));
    showText(m_ui->advice, proof.keychain.advice);
    m_ui->facts->clear();
    m_ui->facts->addRow(tr("Keychain"), KeychainWords::place(proof.keychain));
    m_ui->facts->addRow(tr("Vault"), proof.vaultId, {.mono = true, .whole = true});
    m_ui->facts->addRow(tr("Database"), proof.databaseFile, {.mono = true, .whole = true});
    m_ui->facts->addRow(tr("Sealed in it"),
                        tr("%n private keys and tokens", "", proof.sealedRecords));
    m_ui->items->clear();
    m_ui->items->addItems(proof.items);
    if (proof.items.isEmpty())
        m_ui->items->addItem(tr("none yet"));
    const int rows = std::min(mostListRows, m_ui->items->count());
    m_ui->items->setFixedHeight(rows * m_ui->items->sizeHintForRow(0)
                                + 2 * m_ui->items->frameWidth() + 4);
    m_ui->disk->setState(KeychainWords::diskStyle(proof));
    showText(m_ui->findings, proof.findings.join(QLatin1Char('\n')));
    m_ui->copy->setEnabled(true);
    m_ui->copy->disconnect(this);
    connect(m_ui->copy, &QPushButton::clicked, this,
            [text = KeychainWords::report(proof)] { QGuiApplication::clipboard()->setText(text); });
    showRecovery();
}

void KeychainSection::showRecovery()
{
    const bool showing = !m_ui->code->isEmpty();
    const bool locked = m_vault.state() == Vault::State::Locked;
    m_ui->confirmPart->setVisible(showing);
    m_ui->confirm->setVisible(showing);
    m_ui->discard->setVisible(showing);
    m_ui->make->setVisible(!showing && !locked);
    m_ui->recover->setVisible(!showing && locked);
    if (showing)
        return;
    m_ui->make->setText(m_vault.hasRecoveryCode() ? tr("&Make another one")
                                                  : tr("&Make a recovery code"));
    if (locked)
        m_ui->recoveryText->setText(tr("The keychain no longer holds the key of this vault. The "
                                       "recovery code puts it back."));
    else if (m_vault.hasRecoveryCode())
        m_ui->recoveryText->setText(tr("There is one. Making another one replaces it: the old code "
                                       "no longer opens anything."));
    else
        m_ui->recoveryText->setText(tr("There is none. When the keychain is lost, the private keys "
                                       "of this profile are lost with it. A code on paper opens "
                                       "them again."));
}

void KeychainSection::makeCode()
{
    m_ui->make->setEnabled(false);
    m_ui->error->clear();
    Task<Secret> task = m_vault.makeRecoveryCode(m_stop.get_token());
    QCoro::connect(std::move(task), this, [this](Result<Secret> &&code) {
        m_ui->make->setEnabled(true);
        if (!code) {
            m_ui->error->showError(code.error());
            return;
        }
        m_ui->code->show(std::move(*code));
        m_ui->recoveryText->setText(tr("Write it down and keep it away from this computer. It is "
                                       "shown this once and counts when it is confirmed."));
        showRecovery();
        m_ui->typed->setFocus();
    });
}

void KeychainSection::confirmCode()
{
    Result<Secret> typed = m_ui->typed->take();
    if (!typed) {
        m_ui->error->showError(typed.error());
        return;
    }
    m_ui->confirm->setEnabled(false);
    Task<> task = m_vault.confirmRecoveryCode(std::move(*typed), m_stop.get_token());
    QCoro::connect(std::move(task), this, [this](const Result<> &result) {
        m_ui->confirm->setEnabled(true);
        if (result) {
            endCode(tr("Kept. The code now opens this vault when the keychain is lost."));
            return;
        }
        m_ui->error->showError(result.error());
        m_ui->typed->setFocus();
    });
}

void KeychainSection::endCode(const QString &note)
{
    m_ui->code->forget();
    m_ui->typed->forget();
    m_ui->error->clear();
    showRecovery();
    if (!note.isEmpty())
        m_ui->recoveryText->setText(note);
    m_ui->make->setFocus();
}

void KeychainSection::recover()
{
    Dialogs::SecretQuestion question;
    question.title = tr("Use the recovery code");
    question.text = tr("It puts the key of this vault back into the keychain.");
    question.label = tr("Recovery code");
    question.accept = tr("Recover");
    m_dialogs.enterSecret(this, question, [this](std::optional<Secret> code) {
        if (!code)
            return;
        Task<> task = m_vault.recover(std::move(*code), m_stop.get_token());
        QCoro::connect(std::move(task), this, [this](const Result<> &result) {
            if (result)
                load();
            else
                m_ui->error->showError(result.error());
        });
    });
}

QString KeychainSection::diskText() const
{
    return m_ui->disk->text();
}

} // namespace sealbook
