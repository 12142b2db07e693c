# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
# Included by project() (CMAKE_PROJECT_sealbook_INCLUDE): puts the bench's programs beside a release
# build, which has no tests. Deferred, because what they link does not exist yet.
cmake_language(DEFER CALL include tests/bench/Programs.cmake)
