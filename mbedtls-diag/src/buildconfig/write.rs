//! The report as text.

use std::fmt::{self, Write as _};

use super::report::{Ability, Report};
use crate::wrap::wrap;

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
                out.write_str(&wrap(refusal, "  - ", "    "))?;
            }
        }
        if !self.without_effect.is_empty() {
            writeln!(out, "\nWithout effect:")?;
            for setting in &self.without_effect {
                let said = format!(
                    "{} ({}) depends on {}",
                    setting.setting, setting.place, setting.needs
                );
                out.write_str(&wrap(&said, "  - ", "    "))?;
            }
        }
        if !self.notes.is_empty() {
            writeln!(out, "\nTo know:")?;
            for note in &self.notes {
                out.write_str(&wrap(note, "  - ", "    "))?;
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
    let mut said_of_it = String::from(answer);
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
            let _ = write!(said_of_it, ", {}{more} {verb}", shown.join(", "));
        }
        let _ = match lines.as_slice() {
            [] => write!(said_of_it, "; no line was found that helps here"),
            [line] => write!(said_of_it, " ({line})"),
            several => write!(said_of_it, " ({} lines)", several.len()),
        };
    }
    let (first, further) = (format!("{text:width$}  "), " ".repeat(width + 2));
    out.write_str(&wrap(&said_of_it, &first, &further))?;
    for note in notes {
        if !said.contains(note) {
            out.write_str(&wrap(note, &format!("{further}note: "), &further))?;
            said.push(note);
        }
    }
    Ok(())
}
