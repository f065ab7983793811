# The export's CMake package finds this file instead of its own of the same name: the same, but for signing and merging the
# images, which names targets of an application that is not built here. The client does not depend on it.
include(${TFM_API_NS}/cmake/spe_config.cmake)
set(BL2 OFF)
set(TFM_MERGE_HEX_FILES OFF)
