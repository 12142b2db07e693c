// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// Wipes every block of the heap when it is given back. Our own code keeps secrets in Secret, but
// libcurl, GLib and QtKeychain free copies that they never wipe; with this in the executable a core
// of the process holds none of them. It takes the place of free, realloc and reallocarray
// for the whole process, because the executable's symbols come before the C library's; malloc and
// the rest stay glibc's. C++'s delete and g_free end here too. Costs about a tenth of the time of
// parsing PEM. glibc only, and never together with a sanitizer, which brings an allocator of its
// own.

#include <cstdlib>

#if defined(__GLIBC__) && !defined(SEALBOOK_SANITIZED) && !defined(__SANITIZE_ADDRESS__)           \
    && !defined(__SANITIZE_THREAD__)

#include <cerrno>
#include <cstdint>
#include <cstring>

#include <malloc.h>

extern "C" {

// glibc's own functions, which stay there under these names.
void __libc_free(void *block);
void *__libc_malloc(size_t size);

void free(void *block) noexcept
{
    if (!block)
        return;
    const int error = errno; // free keeps errno since glibc 2.33, and callers count on it
    explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
    errno = error;
}

void *realloc(void *block, size_t size) noexcept
{
    if (!block)
        return __libc_malloc(size);
    if (size == 0) {
        free(block);
        return nullptr;
    }
    const size_t held = malloc_usable_size(block);
    // Room enough, and not much too much: it stays where it is. What lies behind `size` is wiped.
    if (size <= held && size >= held / 2) {
        explicit_bzero(static_cast<char *>(block) + size, held - size);
        return block;
    }
    // Never glibc's own move: that leaves the old copy unwiped.
    void *const moved = __libc_malloc(size);
    if (!moved)
        return nullptr;
    std::memcpy(moved, block, size < held ? size : held);
    free(block);
    return moved;
}

void *reallocarray(void *block, size_t count, size_t size) noexcept
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return nullptr;
    }
    return realloc(block, bytes);
}

} // extern "C"

#endif
