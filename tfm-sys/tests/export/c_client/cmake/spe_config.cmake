set(TFM_VERSION                            2.1.0)
set(TFM_SYSTEM_PROCESSOR                   cortex-m33)
# With a boot loader, as TF-M is built when nothing else is said; 2.3 merges images besides.
set(BL2                                    ON)
set(TFM_MERGE_HEX_FILES                    ON CACHE BOOL "")
