// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/PemBlocks.h"

#include <functional>
#include <optional>

namespace sealbook {

// The PEM blocks of a text of any length, one after the other, in a window of a few MiB: a bundle
// has no count cap, a block has 256 KiB. Where one is damaged it says so and goes on behind it. It
// wipes what it read, because there may be keys among it. One thread.
class PemStream
{
public:
    // Gives the next bytes of the text; 0 at its end.
    using Source = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;

    struct Item
    {
        std::optional<PemBlock> block; // a view: good until the next call
        std::optional<Error> damage;
        [[nodiscard]] bool isEnd() const { return !block && !damage; }
    };

    explicit PemStream(Source source);
    ~PemStream();
    PemStream(const PemStream &) = delete;
    PemStream &operator=(const PemStream &) = delete;

    [[nodiscard]] Result<Item> next(); // fails where the source does

private:
    [[nodiscard]] std::string_view window() const;
    [[nodiscard]] Result<> more();
    void drop(std::size_t count);
    [[nodiscard]] std::optional<Item> itemHere(); // nothing: needs more text
    [[nodiscard]] Item damaged(const QString &detail, std::size_t skip);

    Source m_source;
    QByteArray m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    int m_line = 1; // at m_begin
    bool m_atEnd = false;
};

} // namespace sealbook
