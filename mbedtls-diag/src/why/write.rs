//! The answer as text.

use std::fmt;

use super::answer::{Answer, Cause};
use crate::wrap::wrap;

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::OptionOff => "an option is off",
            Self::CompiledEmpty => {
                "its file was compiled with the option off: the object is there and empty"
            }
            Self::NotInBuild => "its file is not among those that the build compiles",
            Self::PsaClientOnly => "the PSA core is not in this image: only its client is",
            Self::AltWithoutBody => "an _ALT macro took its body out, and no other is linked",
            Self::HeadersDiffer => "two configuration headers that differ are in use",
            Self::NotLinked => "the library is not linked",
            Self::LinkOrder => "the library comes too early on the linker's command line",
            Self::StaleBuild => "the configuration has it, so the library was built before that",
            Self::PrivateIn4 => "it is private since 4.0",
            Self::Removed => "it was removed",
            Self::Renamed => "it goes by another name now",
            Self::NotYet => "only a later version has it",
            Self::CxxLinkage => "C++ asks for a mangled name: extern \"C\" is missing",
            Self::NotASymbol => "it is no symbol: a macro, or a body in a header",
            Self::ApplicationProvides => "the application brings it",
            Self::Typo => "there is no such function",
            Self::NotMbedtls => "it belongs to something else",
            Self::Unknown => "nothing is known about it",
        })
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let usually = match (self.shown, self.cause) {
            (true, _) | (_, Cause::NotMbedtls | Cause::Unknown | Cause::Typo) => "",
            (false, _) => "usually ",
        };
        writeln!(out, "{}: {usually}{}", self.symbol, self.cause)?;
        if let Some(file) = &self.defined_in {
            writeln!(out, "  defined in  {file}")?;
        }
        if let Some(condition) = &self.condition {
            paragraph(out, "when", condition)?;
        }
        list(out, "needs", &self.requires, " ")?;
        if !self.versions.is_empty() {
            writeln!(out, "  public in   {}", self.versions.join(", "))?;
        }
        for action in &self.actions {
            paragraph(out, "do", action)?;
        }
        if self.lines.is_empty() {
            block(out, "Zephyr", &self.zephyr)?;
            block(out, "nRF Connect", &self.ncs)?;
            block(out, "ESP-IDF", &self.esp_idf)?;
            let features: Vec<String> = self.features.iter().map(ToString::to_string).collect();
            list(out, "features", &features, ", ")?;
        } else {
            writeln!(out, "  add         {}", self.lines.join("\n              "))?;
        }
        if matches!(self.cause, Cause::Renamed | Cause::Typo | Cause::NotYet) {
            list(out, "meant", &self.near, ", ")?;
        }
        for note in &self.notes {
            paragraph(out, "note", note)?;
        }
        Ok(())
    }
}

fn list(out: &mut fmt::Formatter<'_>, head: &str, items: &[String], between: &str) -> fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    paragraph(out, head, &items.join(between))
}

fn paragraph(out: &mut fmt::Formatter<'_>, head: &str, text: &str) -> fmt::Result {
    let (first, further) = (format!("  {head:10}  "), " ".repeat(14));
    out.write_str(&wrap(text, &first, &further))
}

fn block(out: &mut fmt::Formatter<'_>, head: &str, lines: &[String]) -> fmt::Result {
    for (index, line) in lines.iter().enumerate() {
        let head = if index == 0 { head } else { "" };
        writeln!(out, "  {head:11} {line}")?;
    }
    Ok(())
}
