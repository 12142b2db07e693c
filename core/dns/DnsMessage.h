// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"

#include <QByteArray>

namespace sealbook {

// What a reply may hold at most; more is Corrupt. Real answers stay far below.
inline constexpr int maxTxtRecords = 64;
inline constexpr int maxCnameRecords = 10;
inline constexpr int maxRecords = 1024; // in all sections together

[[nodiscard]] quint16 randomMessageId();

// A query with EDNS (RFC 6891, 1232 octets as DNS Flag Day 2020 wants).
// Without EDNS it is a plain RFC 1035 message, for servers and middleboxes that know no other.
enum class Edns { With, Without };
[[nodiscard]] QByteArray packQuestion(const DnsQuestion &question, quint16 id,
                                      Edns edns = Edns::With);

// True where `reply` answers `sent`: same id, QR set, same opcode, same question. A FORMERR may
// come without a question (RFC 1035 servers that choke on EDNS).
[[nodiscard]] bool isReplyTo(const QByteArray &reply, const QByteArray &sent);
// The same for updates, whose replies may leave all sections out: then only id and opcode are there
// to compare, and the TSIG decides.
[[nodiscard]] bool isBareReplyTo(const QByteArray &reply, const QByteArray &sent);
[[nodiscard]] bool isTruncated(const QByteArray &reply);

// Takes a matched reply apart. Records of the answer that do not hang on the question through
// CNAMEs, and records of types or names that we have no use for, are left out. Corrupt where the
// bytes do not hold together or a cap is passed.
[[nodiscard]] Result<DnsReply> parseReply(const QByteArray &bytes, const DnsQuestion &question);

} // namespace sealbook
