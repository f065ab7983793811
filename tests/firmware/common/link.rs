// The build script of every image: where it lies in memory. Included, because a build script has no other way to share.

/// Links the image for a folder below `layout`: `non-secure` or `single`. On a host there is nothing to link specially.
fn link(layout: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../common/layout");
    println!("cargo::rerun-if-changed={folder}/{layout}/memory.x");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "none") {
        println!("cargo::rustc-link-search={folder}/{layout}");
        // Without --nmagic, sections are aligned to pages that this memory does not have.
        println!("cargo::rustc-link-arg-bins=--nmagic");
        println!("cargo::rustc-link-arg-bins=-Tlink.x");
    }
}
