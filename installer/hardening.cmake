# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
# Strict definitions of Qt, warnings, and the hardening flags of the OpenSSF guide. Every target gets
# the same set, so that all of them can share one precompiled header.
include(CheckCXXCompilerFlag)

add_compile_definitions(QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
    QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT)
if(SEALBOOK_TESTS)
    add_compile_definitions(SEALBOOK_FAILPOINTS)
endif()

add_compile_options(-Wall -Wextra -Wformat=2 -Wconversion -Wimplicit-fallthrough
    -Werror=format-security -fPIC)
# Lets ccache see through the precompiled header; it refuses to cache its users otherwise.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
endif()
add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,nodlopen -Wl,--as-needed
    -Wl,--no-copy-dt-needed-entries)

if(SEALBOOK_SANITIZE)
    # No _FORTIFY_SOURCE and no automatic initialisation here: both hide what a sanitizer looks for.
    # Without two checks at each access to a member that take half of the object code: a null pointer
    # is caught by the address sanitizer as well, and our casts are to bytes, which are always aligned.
    # -g1 is enough for the reports' lines.
    add_compile_options(-fsanitize=${SEALBOOK_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer -g1)
    if(SEALBOOK_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize=null,alignment)
    endif()
    add_link_options(-fsanitize=${SEALBOOK_SANITIZE})
    add_compile_definitions(SEALBOOK_SANITIZED)
else()
    set(wanted -D_GLIBCXX_ASSERTIONS -fstack-clash-protection -fstack-protector-strong
        -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing -Wtrampolines
        -Wbidi-chars=any -ftrivial-auto-var-init=zero -fcf-protection=full
        -mbranch-protection=standard -fstrict-flex-arrays=3 -fzero-init-padding-bits=all)
    foreach(flag IN LISTS wanted)
        string(MAKE_C_IDENTIFIER "SEALBOOK_HAS${flag}" known)
        check_cxx_compiler_flag("-Werror ${flag}" ${known})
        if(${known})
            add_compile_options(${flag})
        endif()
    endforeach()
    if(CMAKE_BUILD_TYPE MATCHES "Rel")
        add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
    endif()
endif()
