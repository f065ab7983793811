//! Makes the options of Kconfig conditions of this crate.
fn main() {
    zephyr_build::export_kconfig_bool_options();
}
