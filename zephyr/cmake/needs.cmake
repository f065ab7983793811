# What the application's crate needs of the PSA Crypto API, compared with Kconfig.

# Placeholder body; the table comes from wants.txt.
function(mbedtls_psa_needs out)
  set(${out} "" PARENT_SCOPE)
endfunction()
