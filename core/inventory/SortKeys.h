// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace sealbook {

// Bytes that sort as people expect when they are compared as bytes: numbers by their value
// ("web2" before "web10"). `lower` is UTF-8 in lower case; appended to `to`.
void appendNaturalKey(QByteArray &to, QByteArrayView lower);
// The same for a host name, from its end: example.com, *.example.com, a.example.com, b.example.com
// stand together. An IP address keeps its order.
void appendNameKey(QByteArray &to, QByteArrayView lower);

} // namespace sealbook
