// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/RevocationChecker.h"

#include "ui/certificates/RevocationSection.h"

namespace sealbook {

RevocationChecker::RevocationChecker(RevocationService &service, RevocationSection &section,
                                     const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_section(section)
    , m_clock(clock)
{
    connect(&m_section, &RevocationSection::checkWanted, this, &RevocationChecker::check);
    connect(&m_section, &RevocationSection::stopWanted, this, [this] {
        if (m_running.contains(m_sha256))
            m_running[m_sha256].request_stop();
    });
    // Also what the terminal's or another page's question found out.
    connect(&m_service, &RevocationService::checked, this, [this](const RevocationRecord &record) {
        if (record.sha256 == m_sha256 && !m_running.contains(m_sha256))
            m_section.setRecord(record, m_clock.utcNow(), m_timesLocal);
    });
    m_section.show();
}

RevocationChecker::~RevocationChecker()
{
    for (std::stop_source &source : m_running)
        source.request_stop();
}

void RevocationChecker::show(const QString &sha256, bool timesLocal)
{
    m_timesLocal = timesLocal;
    if (sha256 != m_sha256) {
        m_sha256 = sha256;
        m_section.setBusy(false);
        m_section.setRecord({}, m_clock.utcNow(), m_timesLocal);
    }
    read();
}

void RevocationChecker::read()
{
    const QString sha256 = m_sha256;
    Task<std::optional<RevocationRecord>> reading = m_service.last(sha256);
    QCoro::connect(std::move(reading), this,
                   [this, sha256](const Result<std::optional<RevocationRecord>> &record) {
                       if (sha256 != m_sha256)
                           return;
                       const bool isBusy = m_running.contains(sha256);
                       if (record)
                           m_section.setRecord(*record, m_clock.utcNow(), m_timesLocal);
                       m_section.setBusy(isBusy);
                       if (!record)
                           m_section.setError(record.error());
                   });
}

void RevocationChecker::check(bool allowsPrivate)
{
    const QString sha256 = m_sha256;
    if (sha256.isEmpty() || m_running.contains(sha256))
        return;
    const std::stop_source source;
    m_running.insert(sha256, source);
    m_section.setBusy(true);
    RevocationService::Options options;
    options.allowsPrivate = allowsPrivate;
    Task<std::vector<RevocationRecord>> checking =
        m_service.check({sha256}, options, {}, source.get_token());
    QCoro::connect(std::move(checking), this,
                   [this, sha256](const Result<std::vector<RevocationRecord>> &records) {
                       m_running.remove(sha256);
                       if (sha256 != m_sha256)
                           return;
                       const bool isFault =
                           !records && records.error().kind != Error::Kind::Cancelled;
                       m_section.setBusy(false);
                       if (isFault)
                           m_section.setError(records.error());
                       else
                           read();
                   });
}

} // namespace sealbook
