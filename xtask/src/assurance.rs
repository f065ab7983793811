//! `docs/assurance.md`: the parts that commands write.
use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::shell::Workspace;

const DOCUMENT: &str = "docs/assurance.md";

/// The document with `text` between the marks of the section.
fn replaced(document: &str, section: &str, text: &str) -> Result<String> {
    let begin = format!("<!-- begin {section} -->\n");
    let end = format!("<!-- end {section} -->");
    let parts = document
        .split_once(&begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let Some((before, after)) = parts else {
        bail!("{DOCUMENT} has no marks `begin {section}` and `end {section}`");
    };
    let text = text.trim_end();
    Ok(format!("{before}{begin}{text}\n{end}{after}"))
}

/// Writes a section.
pub fn write_section(workspace: &Workspace, section: &str, text: &str) -> Result<()> {
    let file = workspace.root().join(DOCUMENT);
    let document = fs::read_to_string(&file).with_context(|| DOCUMENT.to_owned())?;
    fs::write(&file, replaced(&document, section, text)?)?;
    println!("written: {DOCUMENT}, {section}");
    Ok(())
}

/// Whether a section is what its command writes today.
pub fn is_current(workspace: &Workspace, section: &str, text: &str) -> Result<()> {
    let file = workspace.root().join(DOCUMENT);
    let document = fs::read_to_string(&file).with_context(|| DOCUMENT.to_owned())?;
    if replaced(&document, section, text)? != document {
        bail!("{DOCUMENT} is old in its section {section}: run `cargo xtask assurance`");
    }
    Ok(())
}

/// Writes the sections that take no campaign.
pub fn run(workspace: &Workspace) -> Result<()> {
    for (section, text) in crate::supply::sections(workspace)? {
        write_section(workspace, section, &text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_what_stands_between_its_marks() {
        let document = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n";
        let new = replaced(document, "x", "new\n").unwrap();
        assert_eq!(new, "a\n<!-- begin x -->\nnew\n<!-- end x -->\nb\n");
        assert_eq!(replaced(&new, "x", "new").unwrap(), new);
        assert!(replaced(document, "y", "new").is_err());
    }
}
