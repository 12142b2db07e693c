// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/PrivateAddress.h"

#include <QByteArray>

#ifdef Q_OS_WIN
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

#include <array>
#include <cstdint>
#include <cstring>

namespace sealbook {

namespace {

struct Block
{
    std::array<std::uint8_t, 16> prefix;
    int bits;
};

constexpr std::array blocks4{Block{{0}, 8},          Block{{10}, 8},        Block{{100, 64}, 10},
                             Block{{127}, 8},        Block{{169, 254}, 16}, Block{{172, 16}, 12},
                             Block{{192, 0, 0}, 24}, Block{{192, 168}, 16}, Block{{198, 18}, 15},
                             Block{{224}, 4},        Block{{240}, 4}};
// Unspecified, loopback and IPv4-compatible; NAT64 for local use; discard; unique local; link
// local; site local; multicast.
constexpr std::array blocks6{
    Block{{0}, 96},          Block{{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48},
    Block{{0x01, 0x00}, 64}, Block{{0xfc}, 7},
    Block{{0xfe, 0x80}, 10}, Block{{0xfe, 0xc0}, 10},
    Block{{0xff}, 8}};
// An IPv4 address stands in the last four bytes behind these: mapped, and NAT64.
constexpr std::array carriers{Block{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96},
                              Block{{0x00, 0x64, 0xff, 0x9b}, 96}};

bool isIn(const Block &block, const std::uint8_t *bytes)
{
    const std::size_t whole = static_cast<std::size_t>(block.bits / 8);
    if (std::memcmp(block.prefix.data(), bytes, whole) != 0)
        return false;
    const int rest = block.bits % 8;
    if (rest == 0)
        return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
    return (block.prefix[whole] & mask) == (bytes[whole] & mask);
}

template <typename Blocks>
bool isInAny(const Blocks &blocks, const std::uint8_t *bytes)
{
    for (const Block &block : blocks) {
        if (isIn(block, bytes))
            return true;
    }
    return false;
}

} // namespace

bool isPrivateAddress(const sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, address, sizeof(four));
        return isInAny(blocks4, reinterpret_cast<const std::uint8_t *>(&four.sin_addr));
    }
    if (address->sa_family != AF_INET6)
        return true;
    sockaddr_in6 six{};
    std::memcpy(&six, address, sizeof(six));
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(&six.sin6_addr);
    if (isInAny(carriers, bytes))
        return isInAny(blocks4, bytes + 12);
    return isInAny(blocks6, bytes);
}

QString addressText(const sockaddr *address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void *bytes = nullptr;
    sockaddr_in four{};
    sockaddr_in6 six{};
    if (address->sa_family == AF_INET) {
        std::memcpy(&four, address, sizeof(four));
        bytes = &four.sin_addr;
    } else if (address->sa_family == AF_INET6) {
        std::memcpy(&six, address, sizeof(six));
        bytes = &six.sin6_addr;
    } else {
        return {};
    }
    if (inet_ntop(address->sa_family, bytes, text.data(), text.size()) == nullptr)
        return {};
    return QString::fromLatin1(text.data());
}

} // namespace sealbook
