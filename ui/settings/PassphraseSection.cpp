// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/PassphraseSection.h"

#include "ui/widgets/Dialogs.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sealbook {

PassphraseSection::PassphraseSection(PassphraseGate &gate, Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_gate(gate)
    , m_dialogs(dialogs)
    , m_state(makeLabel(LabelKind::Body, QString(), this, true))
    , m_change(new QPushButton(this))
    , m_remove(new QPushButton(tr("&Remove…"), this))
    , m_forgotten(new QPushButton(tr("&Forgotten…"), this))
    , m_error(new ErrorPanel(this))
{
    m_state->setObjectName(QStringLiteral("passphraseState"));
    m_change->setObjectName(QStringLiteral("passphraseChange"));
    m_remove->setObjectName(QStringLiteral("passphraseRemove"));
    m_forgotten->setObjectName(QStringLiteral("passphraseForgotten"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_change);
    buttons->addWidget(m_remove);
    buttons->addWidget(m_forgotten);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(LabelKind::Title, tr("Passphrase"), this));
    layout->addWidget(m_state);
    layout->addWidget(makeLabel(
        LabelKind::Muted,
        tr("It is asked for each time before a private key leaves this profile, in the window and "
           "in the terminal. It stops who finds this computer unlocked; renewals go on without "
           "it. Who forgets it needs the recovery code of the vault (Settings, Keychain): make one "
           "before."),
        this, true));
    layout->addLayout(buttons);
    layout->addWidget(m_error);
    layout->addStretch();
    connect(m_change, &QPushButton::clicked, this, &PassphraseSection::change);
    connect(m_remove, &QPushButton::clicked, this, &PassphraseSection::remove);
    connect(m_forgotten, &QPushButton::clicked, this, &PassphraseSection::removeByCode);
    connect(&m_gate, &PassphraseGate::changed, this, &PassphraseSection::load);
    showState(false);
}

PassphraseSection::~PassphraseSection()
{
    m_stop.request_stop();
}

QString PassphraseSection::state() const
{
    return m_state->text();
}

void PassphraseSection::load()
{
    Task<bool> asking = m_gate.isSet();
    QCoro::connect(std::move(asking), this, [this](const Result<bool> &isSet) {
        if (isSet)
            showState(*isSet);
        else
            m_error->showError(isSet.error());
    });
}

void PassphraseSection::showState(bool isSet)
{
    m_isSet = isSet;
    m_state->setText(isSet ? tr("This profile has a passphrase.")
                           : tr("This profile has no passphrase: whoever sits at this computer can "
                                "export its private keys after a question."));
    m_change->setText(isSet ? tr("&Change…") : tr("&Set a passphrase…"));
    m_remove->setVisible(isSet);
    m_forgotten->setVisible(isSet);
}

void PassphraseSection::askCurrent(const QString &accept, Typed done)
{
    Dialogs::SecretQuestion question;
    question.title = tr("Passphrase of this profile");
    question.text = tr("First the one that is set now.");
    question.label = tr("Current passphrase");
    question.accept = accept;
    m_dialogs.enterSecret(this, question, [done = std::move(done)](std::optional<Secret> typed) {
        if (typed)
            done(std::move(*typed));
    });
}

void PassphraseSection::askNext(Typed done)
{
    Dialogs::SecretQuestion question;
    question.title = m_isSet ? tr("New passphrase") : tr("Set a passphrase");
    question.text = tr("At least %1 characters; several words that do not belong together are easy "
                       "to keep in mind.")
                        .arg(PassphraseGate::fewestBytes);
    question.label = tr("New passphrase");
    question.accept = tr("Set");
    question.twice = true;
    m_dialogs.enterSecret(this, question, [done = std::move(done)](std::optional<Secret> typed) {
        if (typed)
            done(std::move(*typed));
    });
}

void PassphraseSection::change()
{
    m_error->clear();
    if (!m_isSet) {
        askNext([this](Secret next) {
            follow(m_gate.set(Secret(), std::move(next), m_stop.get_token()));
        });
        return;
    }
    askCurrent(tr("Next"), [this](Secret current) {
        // Shared, because std::function wants lambdas that can be copied.
        const auto kept = std::make_shared<Secret>(std::move(current));
        askNext([this, kept](Secret next) {
            follow(m_gate.set(std::move(*kept), std::move(next), m_stop.get_token()));
        });
    });
}

void PassphraseSection::remove()
{
    m_error->clear();
    askCurrent(tr("Remove"), [this](Secret current) {
        follow(m_gate.remove(std::move(current), m_stop.get_token()));
    });
}

void PassphraseSection::removeByCode()
{
    m_error->clear();
    Dialogs::SecretQuestion question;
    question.title = tr("Passphrase forgotten");
    question.text = tr("The recovery code of the vault removes it.");
    question.label = tr("Recovery code");
    question.accept = tr("Remove the passphrase");
    m_dialogs.enterSecret(this, question, [this](std::optional<Secret> code) {
        if (code)
            follow(m_gate.removeByRecoveryCode(std::move(*code), m_stop.get_token()));
    });
}

void PassphraseSection::follow(Task<> task)
{
    const auto enable = [this](bool isEnabled) {
        for (QPushButton *button : {m_change, m_remove, m_forgotten})
            button->setEnabled(isEnabled);
    };
    enable(false);
    QCoro::connect(std::move(task), this, [this, enable](const Result<> &done) {
        enable(true);
        if (!done)
            m_error->showError(done.error());
    });
}

} // namespace sealbook
