set(TFM_VERSION                            2.1.0)
set(TFM_SYSTEM_PROCESSOR                   cortex-m33)
