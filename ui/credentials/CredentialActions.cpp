// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialActions.h"

#include "ui/widgets/Dialogs.h"
#include "ui/widgets/PageAction.h"

#include <QAction>
#include <QWidget>

namespace sealbook {

namespace {
constexpr qsizetype namedDependents = 5;
}

CredentialActions::CredentialActions(CredentialService &credentials, Dialogs &dialogs,
                                     QWidget *page)
    : QObject(page)
    , m_credentials(credentials)
    , m_dialogs(dialogs)
    , m_page(page)
{
    m_add = makePageAction(this, "addCredential", tr("&Add credential…"), QStringLiteral("plus"),
                           QKeySequence::New);
    m_askReach = makePageAction(this, "askReach", tr("Ask &reach"), QStringLiteral("refresh"));
    m_remove = makePageAction(this, "removeCredential", tr("Re&move…"), QStringLiteral("trash"),
                              QKeySequence::Delete);
    m_find =
        makePageAction(this, "findCredential", tr("Find credentials"), QStringLiteral("search"));
    m_clearFilter = makePageAction(this, "clearCredentialFilter", tr("Show all credentials"));
    m_askReach->setToolTip(tr("Asks the provider which zones this credential reaches now"));
    connect(m_add, &QAction::triggered, this, &CredentialActions::addWanted);
    connect(m_askReach, &QAction::triggered, this, &CredentialActions::askReachOfCurrent);
    connect(m_remove, &QAction::triggered, this, &CredentialActions::removeCurrent);
    setCurrent(nullptr);
}

CredentialActions::~CredentialActions()
{
    m_stop.request_stop();
}

void CredentialActions::setCurrent(const CredentialRecord *record)
{
    m_current = record == nullptr ? std::nullopt : std::optional(*record);
    m_askReach->setEnabled(m_current && m_current->state != CredentialRecord::State::Revoked
                           && !m_asking);
    m_remove->setEnabled(m_current.has_value());
}

void CredentialActions::askReachOfCurrent()
{
    if (!m_current)
        return;
    m_asking = true;
    m_askReach->setEnabled(false);
    const QString name = m_current->name;
    Q_EMIT noted(tr("Asking the provider of %1…").arg(name));
    Task<std::vector<DnsName>> task = m_credentials.reach(name, m_stop.get_token());
    QCoro::connect(std::move(task), this, [this, name](const Result<std::vector<DnsName>> &zones) {
        m_asking = false;
        m_askReach->setEnabled(m_current.has_value());
        if (!zones)
            Q_EMIT failed(zones.error());
        else if (zones->empty())
            Q_EMIT noted(tr("The provider of %1 does not tell which zones it reaches.").arg(name));
        else
            Q_EMIT noted(zones->size() == 1
                             ? tr("%1 reaches 1 zone.").arg(name)
                             : tr("%1 reaches %2 zones.").arg(name).arg(zones->size()));
    });
}

void CredentialActions::removeCurrent()
{
    if (!m_current)
        return;
    const QString name = m_current->name;
    Task<QStringList> task = m_credentials.dependents(name);
    QCoro::connect(std::move(task), this, [this, name](const Result<QStringList> &dependents) {
        if (dependents)
            confirmRemoval(name, *dependents);
        else
            Q_EMIT failed(dependents.error());
    });
}

void CredentialActions::confirmRemoval(const QString &name, const QStringList &dependents)
{
    Dialogs::Question question;
    question.title = tr("Remove credential?");
    question.text = tr("%1 and its secret are removed from this computer.").arg(name);
    QString named = dependents.mid(0, namedDependents).join(QLatin1String(", "));
    if (dependents.size() > namedDependents)
        named = tr("%1 and %n more", "", static_cast<int>(dependents.size() - namedDependents))
                    .arg(named);
    question.detail = dependents.isEmpty()
        ? tr("No certificate needs it. At the provider it stays valid until it is revoked there.")
        : tr("These certificates were issued with it and cannot be renewed without another one: "
             "%1. At the provider it stays valid until it is revoked there.")
              .arg(named);
    question.accept = tr("Remove");
    question.destructive = true;
    m_dialogs.ask(m_page, question, [this, name](bool yes) {
        if (!yes)
            return;
        Task<> task = m_credentials.remove(name, m_stop.get_token());
        QCoro::connect(std::move(task), this, [this, name](const Result<> &result) {
            if (result)
                Q_EMIT noted(tr("%1 was removed. Revoke it at the provider too.").arg(name));
            else
                Q_EMIT failed(result.error());
        });
    });
}

} // namespace sealbook
