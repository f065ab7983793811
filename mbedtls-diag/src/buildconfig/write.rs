//! The report as text.

use std::fmt;

use super::report::{Ability, Report};

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{}: {}, judged by the rules of Mbed TLS {}",
            self.files.join(", "),
            self.environment,
            self.mbedtls
        )?;
        writeln!(out)?;
        let width = self
            .abilities
            .iter()
            .map(|ability| ability.text.len())
            .max();
        let mut said = Vec::new();
        for ability in &self.abilities {
            write_ability(out, ability, width.unwrap_or_default(), &mut said)?;
        }
        if !self.lines.is_empty() {
            writeln!(out, "\nThe smallest set of lines to add:")?;
            for line in &self.lines {
                writeln!(out, "    {line}")?;
            }
            for place in &self.places {
                writeln!(out, "  (`#define` goes into {place})")?;
            }
        }
        self.write_problems(out)
    }
}

impl Report {
    fn write_problems(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.refusals.is_empty() {
            writeln!(out, "\nMbed TLS refuses this configuration:")?;
            for refusal in &self.refusals {
                writeln!(out, "  - {refusal}")?;
            }
        }
        if !self.without_effect.is_empty() {
            writeln!(out, "\nWithout effect:")?;
            for setting in &self.without_effect {
                writeln!(
                    out,
                    "  - {} ({}) depends on {}",
                    setting.setting, setting.place, setting.needs
                )?;
            }
        }
        if !self.notes.is_empty() {
            writeln!(out, "\nTo know:")?;
            for note in &self.notes {
                writeln!(out, "  - {note}")?;
            }
        }
        Ok(())
    }
}

/// A note is written once, with the first ability that it is about.
fn write_ability(
    out: &mut fmt::Formatter<'_>,
    ability: &Ability,
    width: usize,
    said: &mut Vec<&'static str>,
) -> fmt::Result {
    let Ability {
        text,
        met,
        only_psa,
        missing,
        lines,
        notes,
        ..
    } = ability;
    let answer = match (*met, *only_psa) {
        (true, false) => "yes",
        (true, true) => "yes, through psa_* only",
        (false, _) => "no",
    };
    write!(out, "{text:width$}  {answer}")?;
    if !met {
        // Two names say enough; the lines say the rest.
        let shown: Vec<&str> = missing.iter().take(2).map(String::as_str).collect();
        let verb = if missing.len() == 1 {
            "is off"
        } else {
            "are off"
        };
        let more = if missing.len() > 2 { " and others" } else { "" };
        if !shown.is_empty() {
            write!(out, ", {}{more} {verb}", shown.join(", "))?;
        }
        match lines.as_slice() {
            [] => write!(out, "; no line was found that helps here")?,
            [line] => write!(out, " ({line})")?,
            several => write!(out, " ({} lines)", several.len())?,
        }
    }
    writeln!(out)?;
    for note in notes {
        if !said.contains(note) {
            writeln!(out, "{:width$}  note: {note}", "")?;
            said.push(note);
        }
    }
    Ok(())
}
