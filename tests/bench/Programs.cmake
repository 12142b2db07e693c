# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
# Programs of tests/bench/run. None is a test: what they print is read, never asserted.
add_executable(bench_bareclient ${CMAKE_CURRENT_LIST_DIR}/BareClient.cpp)
target_link_libraries(bench_bareclient PRIVATE CURL::libcurl OpenSSL::Crypto)

add_executable(bench_manyorders ${CMAKE_CURRENT_LIST_DIR}/ManyOrders.cpp)
target_link_libraries(bench_manyorders PRIVATE app_sealbook)

add_executable(bench_board ${CMAKE_CURRENT_LIST_DIR}/BoardDelay.cpp)
target_link_libraries(bench_board PRIVATE core_dns)

add_executable(bench_inventory ${CMAKE_CURRENT_LIST_DIR}/InventoryBench.cpp)
target_link_libraries(bench_inventory PRIVATE core_inventory)

add_executable(bench_table ${CMAKE_CURRENT_LIST_DIR}/TableBench.cpp)
target_link_libraries(bench_table PRIVATE ui_certificates)

add_executable(bench_import ${CMAKE_CURRENT_LIST_DIR}/ImportBench.cpp)
target_link_libraries(bench_import PRIVATE core_inventory Qt6::Test)

add_executable(bench_timeline ${CMAKE_CURRENT_LIST_DIR}/TimelineBench.cpp)
target_link_libraries(bench_timeline PRIVATE ui_timeline)
