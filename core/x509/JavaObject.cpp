// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/JavaObject.h"

#include "core/x509/BigEndianReader.h"

#include <vector>

namespace sealbook {

namespace {

constexpr std::uint32_t streamHead = 0xaced0005;
constexpr int deepest = 16;
constexpr std::size_t mostParts = 256;

// The specification's section 6.4.2.
enum Mark : std::uint8_t {
    NullMark = 0x70,
    ReferenceMark = 0x71,
    ClassMark = 0x72,
    ObjectMark = 0x73,
    StringMark = 0x74,
    ArrayMark = 0x75,
    BlockMark = 0x77,
    EndMark = 0x78,
};
constexpr std::uint8_t hasWriteMethod = 0x01;
constexpr std::uint32_t firstHandle = 0x7e0000;

// What is needed of a class to walk over its objects.
struct ClassShape
{
    std::vector<char> fields; // 'I', 'J', 'L', '[' ...
    std::uint8_t flags = 0;
    char item = 0; // of an array: what it consists of
    int parent = -1; // index among the shapes
};

// Walks over one object, keeping the shapes of classes, because later parts refer to them.
class Walk
{
public:
    explicit Walk(std::span<const std::uint8_t> bytes)
        : m_in(bytes)
    {
    }

    std::optional<std::size_t> size()
    {
        if (m_in.u32() != streamHead)
            return std::nullopt;
        content(0);
        return m_bad || m_in.failed() ? std::nullopt : std::optional(m_in.position());
    }

private:
    static constexpr int none = -1;

    bool isOver(int depth)
    {
        m_bad = m_bad || m_in.failed() || depth > deepest || m_handles.size() > mostParts
            || m_shapes.size() > mostParts;
        return m_bad;
    }

    void content(int depth)
    {
        if (!isOver(depth))
            content(m_in.u8(), depth);
    }

    void content(std::uint8_t mark, int depth)
    {
        if (isOver(depth))
            return;
        switch (mark) {
        case NullMark:
            return;
        case ReferenceMark:
            m_in.u32();
            return;
        case StringMark:
            m_handles.push_back(none);
            m_in.text();
            return;
        case ObjectMark: {
            const int shape = classOf(depth + 1);
            m_handles.push_back(none);
            objectOf(shape, depth + 1);
            return;
        }
        case ArrayMark:
            arrayOf(depth + 1);
            return;
        case BlockMark:
            m_in.take(m_in.u8());
            return;
        default:
            m_bad = true;
        }
    }

    // A class description; its index, or none where it is null.
    int classOf(int depth)
    {
        if (isOver(depth))
            return none;
        switch (m_in.u8()) {
        case NullMark:
            return none;
        case ReferenceMark: {
            const std::uint32_t handle = m_in.u32();
            if (handle < firstHandle || handle - firstHandle >= m_handles.size()) {
                m_bad = true;
                return none;
            }
            return m_handles[handle - firstHandle];
        }
        case ClassMark:
            return newClass(depth);
        default:
            m_bad = true;
            return none;
        }
    }

    int newClass(int depth)
    {
        const auto name = m_in.text();
        m_in.u64(); // serialVersionUID
        const int index = static_cast<int>(m_shapes.size());
        m_shapes.emplace_back();
        m_handles.push_back(index);
        ClassShape shape;
        if (name.size() >= 2 && name[0] == '[')
            shape.item = static_cast<char>(name[1]);
        shape.flags = m_in.u8();
        const std::uint16_t count = m_in.u16();
        for (std::uint16_t i = 0; i < count && !isOver(depth); ++i) {
            const char kind = static_cast<char>(m_in.u8());
            m_in.text();
            shape.fields.push_back(kind);
            if (kind == 'L' || kind == '[')
                content(depth + 1); // the name of its type
        }
        annotation(depth);
        shape.parent = classOf(depth + 1);
        m_shapes[static_cast<std::size_t>(index)] = std::move(shape);
        return index;
    }

    void annotation(int depth)
    {
        while (!isOver(depth)) {
            const std::uint8_t mark = m_in.u8();
            if (mark == EndMark)
                return;
            content(mark, depth + 1);
        }
    }

    void objectOf(int shape, int depth)
    {
        std::vector<int> line; // the topmost class comes first in the stream
        for (int at = shape; at >= 0; at = m_shapes[static_cast<std::size_t>(at)].parent) {
            line.insert(line.begin(), at);
            if (line.size() > static_cast<std::size_t>(deepest)) {
                m_bad = true;
                return;
            }
        }
        for (const int at : line) {
            const ClassShape one = m_shapes[static_cast<std::size_t>(at)]; // it may move
            for (const char kind : one.fields)
                value(kind, depth + 1);
            if ((one.flags & hasWriteMethod) != 0)
                annotation(depth + 1);
        }
    }

    void arrayOf(int depth)
    {
        const int shape = classOf(depth + 1);
        m_handles.push_back(none);
        const std::uint32_t count = m_in.u32();
        if (shape < 0 || isOver(depth)) {
            m_bad = true;
            return;
        }
        const char item = m_shapes[static_cast<std::size_t>(shape)].item;
        if (item == 'B') {
            m_in.take(count);
            return;
        }
        for (std::uint32_t i = 0; i < count && !isOver(depth); ++i)
            value(item, depth + 1);
    }

    void value(char kind, int depth)
    {
        switch (kind) {
        case 'B':
        case 'Z':
            m_in.u8();
            return;
        case 'C':
        case 'S':
            m_in.u16();
            return;
        case 'I':
        case 'F':
            m_in.u32();
            return;
        case 'J':
        case 'D':
            m_in.u64();
            return;
        case 'L':
        case '[':
            content(depth + 1);
            return;
        default:
            m_bad = true;
        }
    }

    BigEndianReader m_in;
    std::vector<ClassShape> m_shapes;
    std::vector<int> m_handles; // index of a shape, or none
    bool m_bad = false;
};

} // namespace

std::optional<std::size_t> javaObjectSize(std::span<const std::uint8_t> bytes)
{
    return Walk(bytes).size();
}

} // namespace sealbook
