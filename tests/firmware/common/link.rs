// The build script of every image: where it lies in memory. Included, because a build script has no other way to share.

/// Links the image for a folder below `layout`: `non-secure` or `single`, which on an Armv7-M is `single-v7m`. On a host there
/// is nothing to link specially.
fn link(layout: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../common/layout");
    let armv7m = std::env::var("TARGET").is_ok_and(|target| target.starts_with("thumbv7"));
    let layout = match layout {
        "single" if armv7m => "single-v7m",
        other => other,
    };
    println!("cargo::rerun-if-changed={folder}/{layout}/memory.x");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "none") {
        println!("cargo::rustc-link-search={folder}/{layout}");
        // Without --nmagic, sections are aligned to pages that this memory does not have.
        println!("cargo::rustc-link-arg-bins=--nmagic");
        println!("cargo::rustc-link-arg-bins=-Tlink.x");
    }
}
