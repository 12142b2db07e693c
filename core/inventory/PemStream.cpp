// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/PemStream.h"

#include "core/crypto/Secret.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace sealbook {

namespace {

constexpr std::string_view beginMark = "-----BEGIN ";
constexpr std::string_view endMark = "-----END ";
constexpr std::string_view dashes = "-----";
constexpr std::size_t longestLabel = 64;
constexpr qsizetype windowSize = 2 * 1024 * 1024;
constexpr std::size_t largestBlock = 384 * 1024; // 256 KiB in base64, with its line ends

} // namespace

PemStream::PemStream(Source source)
    : m_source(std::move(source))
    , m_buffer(windowSize, '\0')
{
}

PemStream::~PemStream()
{
    wipe(m_buffer);
}

std::string_view PemStream::window() const
{
    return {m_buffer.constData() + m_begin, m_end - m_begin};
}

void PemStream::drop(std::size_t count)
{
    const std::string_view gone = window().substr(0, count);
    m_line += static_cast<int>(std::count(gone.begin(), gone.end(), '\n'));
    m_begin += gone.size();
}

Result<> PemStream::more()
{
    const std::size_t kept = m_end - m_begin;
    std::memmove(m_buffer.data(), m_buffer.constData() + m_begin, kept);
    m_begin = 0;
    m_end = kept;
    auto *free = reinterpret_cast<std::uint8_t *>(m_buffer.data()) + kept;
    const Result<std::size_t> got =
        m_source({free, static_cast<std::size_t>(m_buffer.size()) - kept});
    if (!got)
        return fail(got.error());
    m_end += *got;
    m_atEnd = *got == 0;
    return {};
}

Result<PemStream::Item> PemStream::next()
{
    for (;;) {
        const std::size_t at = window().find(beginMark);
        if (at == std::string_view::npos) {
            if (m_atEnd)
                return Item();
            // A mark may have begun at the window's edge.
            drop(window().size() - std::min(window().size(), beginMark.size() - 1));
        } else {
            drop(at);
            if (std::optional<Item> item = itemHere())
                return std::move(*item);
        }
        if (const Result<> read = more(); !read)
            return fail(read.error());
    }
}

PemStream::Item PemStream::damaged(const QString &detail, std::size_t skip)
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = detail;
    drop(skip);
    Item item;
    item.damage = std::move(error);
    return item;
}

// The window begins with a BEGIN.
std::optional<PemStream::Item> PemStream::itemHere()
{
    const std::string_view all = window();
    const std::size_t labelEnd = all.find(dashes, beginMark.size());
    const std::string_view label =
        all.substr(beginMark.size(),
                   (labelEnd == std::string_view::npos ? all.size() : labelEnd) - beginMark.size());
    if (label.size() > longestLabel || label.find('\n') != std::string_view::npos
        || (labelEnd == std::string_view::npos && m_atEnd))
        return damaged(QStringLiteral("the BEGIN line %1 is damaged").arg(m_line),
                       beginMark.size());
    if (labelEnd == std::string_view::npos)
        return std::nullopt;
    const QString name = QString::fromLatin1(label.data(), static_cast<qsizetype>(label.size()));
    const std::size_t bodyAt = labelEnd + dashes.size();
    const std::size_t end = all.find(endMark, bodyAt);
    const std::size_t next = all.find(beginMark, bodyAt);
    const std::size_t tail = end == std::string_view::npos ? end : end + endMark.size();
    const bool isCut = next < end;
    const std::size_t wanted = isCut || tail == std::string_view::npos
        ? std::string_view::npos
        : tail + label.size() + dashes.size();
    if (isCut || (wanted > all.size() && m_atEnd))
        return damaged(
            QStringLiteral("the %1 that begins in line %2 is cut off: it has no END line")
                .arg(name)
                .arg(m_line),
            isCut ? next : bodyAt);
    if (std::min(wanted, all.size()) > largestBlock)
        return damaged(QStringLiteral("the %1 that begins in line %2 has more than 256 KiB")
                           .arg(name)
                           .arg(m_line),
                       bodyAt);
    if (wanted > all.size())
        return std::nullopt;
    if (all.substr(tail, label.size()) != label
        || all.substr(tail + label.size(), dashes.size()) != dashes)
        return damaged(QStringLiteral("the %1 that begins in line %2 ends as something else")
                           .arg(name)
                           .arg(m_line),
                       tail);
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(all.data());
    Item item;
    item.block.emplace();
    item.block->label = QByteArray(label.data(), static_cast<qsizetype>(label.size()));
    item.block->line = m_line;
    item.block->text = {bytes, wanted};
    item.block->body = {bytes + bodyAt, end - bodyAt};
    drop(wanted);
    return item;
}

} // namespace sealbook
