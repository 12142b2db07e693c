// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/AuditPin.h"

#include "core/crypto/Digest.h"

namespace sealbook {

Task<> AuditPin::save(QByteArray end, std::stop_token stop)
{
    const Result<> writable = co_await m_items.requireWritable(stop);
    if (!writable)
        co_return fail(writable.error(), "keeping the end of the audit log");
    Result<Secret> value = Secret::copyOf(bytesOf(end));
    if (!value)
        co_return fail(value.error(), "keeping the end of the audit log");
    // Its name is noted once; each later pin then costs no commit.
    const Result<QStringList> items = co_await m_items.names();
    if (!items)
        co_return fail(items.error(), "keeping the end of the audit log");
    const QByteArray nothingSealed;
    Task<> writing = items->contains(item())
        ? m_items.replace(item(), std::move(*value), stop)
        : m_items.add(item(), std::move(*value), nothingSealed, stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error(), "keeping the end of the audit log");
    co_return {};
}

Task<QByteArray> AuditPin::read(std::stop_token stop)
{
    const Result<QStringList> items = co_await m_items.names();
    if (!items)
        co_return fail(items.error());
    const auto known = co_await m_items.keyFacts();
    if (!known)
        co_return fail(known.error());
    // Only a profile that has nothing at all in the keychain is not asked: the list of items is in
    // the file that the anchor has to watch, so its word is not enough.
    if (items->isEmpty() && !*known)
        co_return fail(Error::Kind::NotFound, QStringLiteral("the audit log was never pinned"));
    const QString name = item();
    const Result<Secret> value = co_await m_items.read(name, stop);
    if (!value)
        co_return fail(value.error(), "reading the end of the audit log");
    co_return QByteArray(value->text().data(), static_cast<qsizetype>(value->size()));
}

} // namespace sealbook
