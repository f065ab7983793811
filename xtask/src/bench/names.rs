//! What the names of codes take of an image for a Cortex-M33: the difference to the same image without them.
use anyhow::Result;

use super::Row;
use super::elf::flash;
use crate::firmware::image::Image;
use crate::shell::Workspace;

pub const GROUP: &str = "names";

/// Bytes that the names of all codes may take, lookup included.
const LIMIT: f64 = 6.0 * 1024.0;
/// The subject of the rows: what a user puts into the image.
const NAMES: &str = "name, high, low";
const TEXTS: &str = "name, high, low, describe";

/// Names and texts: what they add to an image, tables and code.
pub fn run(workspace: &Workspace) -> Result<Vec<Row>> {
    let build = |suffix: &'static str, features: &[&str]| {
        let image = Image {
            package: "firmware-names",
            suffix,
            features,
            ..Image::default()
        };
        image.build(workspace)
    };
    let without = build("-without", &[])?;
    let names = build("", &["names"])?;
    let texts = build("-texts", &["describe"])?;
    let nothing = flash(&without)?;
    let row = |metric: &str, subject: &str, bytes: u64, limit| Row {
        group: GROUP,
        metric: metric.to_owned(),
        subject: subject.to_owned(),
        #[allow(clippy::cast_precision_loss, reason = "no image is that large")]
        value: bytes as f64,
        unit: "B",
        limit,
    };
    let more = |image| Ok::<_, anyhow::Error>(flash(image)?.saturating_sub(nothing));
    Ok(vec![
        row("flash", NAMES, more(&names)?, Some(LIMIT)),
        row("flash", TEXTS, more(&texts)?, None),
    ])
}
