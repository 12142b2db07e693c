// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::size_t largestSeed = 64 * 1024; // rounds on larger ones say little for their time

// What breaks parsers: lengths, counts and marks.
constexpr std::uint8_t sharpBytes[] = {0x00, 0x01, 0x1f, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82,
                                       0x84, 0xa0, 0xa3, 0xfe, 0xff, '-',  '\n', 'A',  '='};

std::size_t numberFrom(const char *name, std::size_t usual)
{
    const char *text = std::getenv(name);
    return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

std::vector<Bytes> seedsFrom(int argc, char **argv)
{
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        const std::filesystem::path path(argv[i]);
        if (std::filesystem::is_regular_file(path))
            files.push_back(path);
        else if (std::filesystem::is_directory(path)) {
            for (const auto &entry : std::filesystem::recursive_directory_iterator(path)) {
                if (entry.is_regular_file())
                    files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<Bytes> seeds{{}};
    for (const auto &file : files) {
        std::ifstream in(file, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return seeds;
}

class Mutation
{
public:
    explicit Mutation(std::size_t seed)
        : m_random(seed)
    {
    }

    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }

    void apply(Bytes &bytes)
    {
        for (std::size_t left = 1 + below(4); left > 0 && !bytes.empty(); --left)
            step(bytes);
    }

private:
    void step(Bytes &bytes)
    {
        const std::size_t at = below(bytes.size());
        const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(7)) {
        case 0:
            bytes[at] = static_cast<std::uint8_t>(m_random());
            break;
        case 1:
            bytes[at] = sharpBytes[below(std::size(sharpBytes))];
            break;
        case 2:
            bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << below(8)));
            break;
        case 3:
            bytes.resize(at);
            break;
        case 4:
            bytes.erase(place,
                        place
                            + static_cast<std::ptrdiff_t>(
                                below(std::min<std::size_t>(bytes.size() - at, 16))));
            break;
        case 5: {
            const Bytes piece(place,
                              place
                                  + static_cast<std::ptrdiff_t>(
                                      below(std::min<std::size_t>(bytes.size() - at, 64))));
            const auto where = bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size()));
            bytes.insert(where, piece.begin(), piece.end());
            break;
        }
        default:
            bytes.insert(place, sharpBytes[below(std::size(sharpBytes))]);
        }
    }

    std::mt19937_64 m_random;
};

} // namespace

int main(int argc, char **argv)
{
    const std::size_t rounds = numberFrom("SEALBOOK_FUZZ_ROUNDS", 4000);
    Mutation mutation(numberFrom("SEALBOOK_FUZZ_SEED", 1));
    std::vector<Bytes> seeds = seedsFrom(argc, argv);
    for (const Bytes &seed : seeds)
        LLVMFuzzerTestOneInput(seed.data(), seed.size());
    std::erase_if(seeds, [](const Bytes &seed) { return seed.size() > largestSeed; });
    for (std::size_t i = 0; i < rounds; ++i) {
        Bytes bytes = seeds[mutation.below(seeds.size())];
        mutation.apply(bytes);
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
    std::printf("%zu seeds and %zu rounds\n", seeds.size(), rounds);
    return 0;
}
