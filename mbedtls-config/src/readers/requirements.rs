//! What a function needs, starting from nothing.

use crate::config::Config;
use crate::facts::Function;
use crate::platform::Platform;
use crate::readers::Build;

impl Build {
    /// The options that a function needs, starting from nothing: with all of them a file of the library defines it, and
    /// leaving any one out makes it vanish. The first are the function's own. Nothing when the library has no such
    /// function, or when no configuration gives it.
    ///
    /// ```
    /// use mbedtls_config::readers::Build;
    ///
    /// assert_eq!(Build::requirements("mbedtls_strerror").unwrap(), ["MBEDTLS_ERROR_C"]);
    /// ```
    pub fn requirements(function: &str) -> Option<Vec<String>> {
        let nothing = Self::nothing();
        let definition = nothing.definitions(function).next()?;
        let options = candidates(function, definition);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let goal = |build: &Self| build.defines(function) == Some(true);
        let lines = nothing.lines_for(&options, &goal)?;
        Some(lines.iter().map(|line| line.name().to_owned()).collect())
    }
}

/// More options than the function needs, its own first.
fn candidates(function: &str, definition: &Function) -> Vec<String> {
    let mut config = Config::new(Platform::Unix);
    let platform: Vec<&str> = config.on.keys().copied().collect();
    let mut options = Vec::new();
    let mut add = |name: &str| {
        if !options.iter().any(|known| known == name) {
            options.push(name.to_owned());
        }
    };
    // The option that is named like the file is what people mean, even where others would do.
    let stem = definition.file.rsplit('/').next().unwrap_or_default();
    let stem = stem.trim_end_matches(".c").to_ascii_uppercase();
    let own = format!("MBEDTLS_{stem}_C");
    if config.facts.option(&own).is_some() && enable(&mut config, &own) {
        add(&own);
    }
    match config.missing_for(function) {
        Ok(needs) => needs.iter().for_each(|need| add(need.option)),
        // What only a person may switch on, such as an `_ALT` macro, is named by the condition itself.
        Err(_) => definition.guard.each_macro(&mut |name| {
            if config.facts.option(name).is_some() && enable(&mut config, name) {
                add(name);
            }
        }),
    }
    if let Ok(resolved) = config.resolve() {
        let on = resolved.options().map(|(name, _)| name);
        on.filter(|name| !platform.contains(name))
            .for_each(&mut add);
    }
    platform.into_iter().for_each(add);
    options
}

/// Switches an option on when the configuration stays possible.
fn enable(config: &mut Config, name: &str) -> bool {
    let mut wider = config.clone();
    let possible = wider.enable(name).is_ok() && wider.resolve().is_ok();
    if possible {
        *config = wider;
    }
    possible
}
