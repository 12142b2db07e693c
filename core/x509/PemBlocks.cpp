// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/PemBlocks.h"

#include <algorithm>
#include <string_view>

namespace sealbook {

namespace {

constexpr std::string_view beginMark = "-----BEGIN ";
constexpr std::string_view endMark = "-----END ";
constexpr std::string_view dashes = "-----";
constexpr std::size_t longestLabel = 64;

std::string_view viewOf(std::span<const std::uint8_t> text)
{
    return {reinterpret_cast<const char *>(text.data()), text.size()};
}

QString labelText(const QByteArray &label)
{
    return QString::fromLatin1(label);
}

} // namespace

bool looksLikePem(std::span<const std::uint8_t> text)
{
    return viewOf(text).find(beginMark) != std::string_view::npos;
}

Result<std::vector<PemBlock>> pemBlocks(std::span<const std::uint8_t> text)
{
    const std::string_view all = viewOf(text);
    std::vector<PemBlock> blocks;
    std::size_t counted = 0;
    int line = 1;
    for (std::size_t begin = all.find(beginMark); begin != std::string_view::npos;) {
        line +=
            static_cast<int>(std::count(all.begin() + static_cast<std::ptrdiff_t>(counted),
                                        all.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
        counted = begin;
        const std::size_t labelAt = begin + beginMark.size();
        const std::size_t labelEnd = all.find(dashes, labelAt);
        if (labelEnd == std::string_view::npos || labelEnd - labelAt > longestLabel
            || all.substr(labelAt, labelEnd - labelAt).find('\n') != std::string_view::npos)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the BEGIN line %1 is damaged").arg(line));
        PemBlock block;
        block.line = line;
        block.label = QByteArray(all.data() + labelAt, static_cast<qsizetype>(labelEnd - labelAt));
        const std::size_t bodyAt = labelEnd + dashes.size();
        const std::size_t end = all.find(endMark, bodyAt);
        const std::size_t next = all.find(beginMark, bodyAt);
        if (end == std::string_view::npos || next < end)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the %1 that begins in line %2 is cut off: it has no END "
                                       "line")
                            .arg(labelText(block.label))
                            .arg(line),
                        QStringLiteral("Copy the whole file again."));
        const std::string_view wanted(block.label.constData(),
                                      static_cast<std::size_t>(block.label.size()));
        const std::size_t tail = end + endMark.size();
        if (all.substr(tail, wanted.size()) != wanted
            || all.substr(tail + wanted.size(), dashes.size()) != dashes)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the %1 that begins in line %2 ends as something else")
                            .arg(labelText(block.label))
                            .arg(line));
        const std::size_t stop = tail + wanted.size() + dashes.size();
        block.text = text.subspan(begin, stop - begin);
        block.body = text.subspan(bodyAt, end - bodyAt);
        blocks.push_back(std::move(block));
        begin = all.find(beginMark, stop);
    }
    if (blocks.empty())
        return fail(Error::Kind::BadRequest, QStringLiteral("there is no PEM block in it"));
    return blocks;
}

Result<QByteArray> decodePemBody(const PemBlock &block)
{
    QByteArray digits;
    digits.reserve(static_cast<qsizetype>(block.body.size()));
    for (const std::uint8_t c : block.body) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            digits.append(static_cast<char>(c));
    }
    const auto decoded =
        QByteArray::fromBase64Encoding(digits, QByteArray::AbortOnBase64DecodingErrors);
    // Qt takes missing padding; a block without it has lost its end.
    if (!decoded || digits.size() % 4 != 0 || digits.isEmpty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the base64 text of the %1 that begins in line %2 is cut off or "
                                   "damaged")
                        .arg(labelText(block.label))
                        .arg(block.line),
                    QStringLiteral("Copy the whole file again."));
    return *decoded;
}

QByteArray pemOfDer(const QByteArray &der, const char *label)
{
    constexpr qsizetype lineLength = 64;
    const QByteArray digits = der.toBase64();
    QByteArray text = QByteArray("-----BEGIN ") + label + "-----\n";
    for (qsizetype at = 0; at < digits.size(); at += lineLength)
        text += digits.mid(at, lineLength) + '\n';
    return text + "-----END " + label + "-----\n";
}

} // namespace sealbook
