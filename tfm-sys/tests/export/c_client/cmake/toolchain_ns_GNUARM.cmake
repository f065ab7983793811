set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_C_COMPILER_FORCED TRUE)
find_program(CMAKE_C_COMPILER arm-none-eabi-gcc REQUIRED)
set(CMAKE_C_FLAGS "-mcpu=${TFM_SYSTEM_PROCESSOR} -mthumb -mfloat-abi=soft -Os -ffunction-sections")
