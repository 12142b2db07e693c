// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/IssuePage.h"

namespace sealbook {

// Apart from the rest, so that tests of the page need none of the services behind it.
IssuePage::IssuePage(IssuanceService &issuance, AccountService &accounts,
                     CredentialService &credentials, Dialogs &dialogs, const Clock &clock,
                     QWidget *parent)
    : IssuePage(IssueServices::of(issuance, accounts, credentials), dialogs, clock, parent)
{
    connect(&issuance, &IssuanceService::jobChanged, this, &IssuePage::jobChanged);
    connect(&issuance, &IssuanceService::boardChanged, this, &IssuePage::boardChanged);
    connect(&issuance, &IssuanceService::issued, this, &IssuePage::issued);
    connect(&accounts, &AccountService::changed, this, &IssuePage::reloadChoices);
    connect(&credentials, &CredentialService::changed, this, &IssuePage::reloadChoices);
}

} // namespace sealbook
