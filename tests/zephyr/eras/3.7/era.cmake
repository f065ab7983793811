# Zephyr 3.7 to 4.3: Mbed TLS 3.6.
set(KERNEL_VERSION_MAJOR 3)
set(KERNEL_VERSION_MINOR 7)
set(AUTOCONF_H ${CMAKE_BINARY_DIR}/zephyr/include/generated/zephyr/autoconf.h)

function(era_mbedtls)
  if(NOT CONFIG_MBEDTLS)
    return()
  endif()
  add_library(mbedTLS INTERFACE)
  target_compile_definitions(mbedTLS INTERFACE MBEDTLS_CONFIG_FILE="${CONFIG_MBEDTLS_CFG_FILE}")
  target_include_directories(mbedTLS INTERFACE ${MBEDTLS_SOURCE}/include ${CMAKE_CURRENT_LIST_DIR}/eras/${ERA}/include)
  target_link_libraries(mbedTLS INTERFACE zephyr_interface)
  file(GLOB sources ${MBEDTLS_SOURCE}/library/*.c)
  list(FILTER sources EXCLUDE REGEX "/(ssl_|net_|mps_)[^/]*$")
  if(CONFIG_BUILD_WITH_TFM)
    list(FILTER sources EXCLUDE REGEX "/psa_(crypto|its)[^/]*$")
  endif()
  zephyr_library_named(mbedTLSBase)
  zephyr_library_sources(${sources} random.c)
  target_link_libraries(mbedTLSBase PUBLIC mbedTLS)
  target_compile_options(mbedTLSBase PRIVATE -Wno-error)
endfunction()

# TF-M is built by a target of its own, and its headers are there when that is done.
function(era_tfm)
  if(NOT CONFIG_BUILD_WITH_TFM)
    return()
  endif()
  set(interface ${CMAKE_BINARY_DIR}/tfm/api_ns/interface)
  set(client ${CARGO_TARGET_DIR}/${RUST_TARGET}/debug/libtfm_api.a)
  add_custom_target(tfm ALL
    BYPRODUCTS ${client}
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${TFM_EXPORT}/interface ${interface}
    COMMAND ${CMAKE_COMMAND} -E env TFM_API_NS=${TFM_EXPORT}
      cargo build --package tfm_api --target ${RUST_TARGET} --target-dir ${CARGO_TARGET_DIR}
    WORKING_DIRECTORY ${APP})
  add_library(tfm_api INTERFACE)
  target_include_directories(tfm_api INTERFACE
    ${interface}/include ${interface}/include/crypto_keys ${CMAKE_CURRENT_LIST_DIR}/eras/${ERA}/include)
  target_compile_definitions(tfm_api INTERFACE MBEDTLS_CONFIG_FILE="${CONFIG_MBEDTLS_CFG_FILE}")
  add_dependencies(zephyr_interface tfm)
  set(ERA_LIBRARIES -Wl,--whole-archive ${client} -Wl,--no-whole-archive ${TFM_EXPORT}/interface/lib/s_veneers.o PARENT_SCOPE)
endfunction()
