# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
# Included by project() (CMAKE_PROJECT_sealbook_INCLUDE): puts the bench's programs beside a release
# build, which has no tests.
cmake_language(DEFER CALL add_subdirectory tests/bench)
