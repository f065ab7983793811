# Zephyr 3.4 with TF-M 1.8: headers of TF-M's own.
set(KERNEL_VERSION_MAJOR 3)
set(KERNEL_VERSION_MINOR 4)
set(AUTOCONF_H ${CMAKE_BINARY_DIR}/zephyr/include/generated/autoconf.h)

function(era_mbedtls)
endfunction()

function(era_tfm)
  shape_library(18)
  add_library(tfm_api INTERFACE)
  target_link_libraries(tfm_api INTERFACE shape_headers)
endfunction()
