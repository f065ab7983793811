//! The configuration that is being put together.

use std::collections::{BTreeMap, BTreeSet};

use crate::client::{LEFT_TO_THE_CORE, ONLY_IN_THE_CORE, RSA_ELSEWHERE, needless};
use crate::error::{Error, nearest, short};
use crate::evaluation::Evaluation;
use crate::facts::{Facts, OptionFact, Version};
use crate::platform::Platform;
use crate::profile::{self, FEATURES, Profile};
use crate::resolve::{self, Resolved};
use crate::rules::{Macros, Node, each_step};
use crate::tuning::Tuning;
use crate::value;

/// Why an option is on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// It was asked for by name.
    Asked,
    /// The platform has it.
    Platform,
    /// A cargo feature brings it.
    Feature(&'static str),
    /// This option or function needs it.
    Needed(String),
}

/// An option that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Why.
    pub origin: Origin,
    /// Its value, if it takes one.
    pub value: Option<String>,
}

/// The options by their whole names.
pub(crate) type Choices = BTreeMap<&'static str, Choice>;

/// A configuration of Mbed TLS 3.6 that is being put together: it starts from nothing and grows.
///
/// ```
/// use mbedtls_config::{Config, Platform, Profile};
///
/// let mut config = Config::with_profile(Platform::Unix, Profile::Provisioning);
/// config.enable("SHA512_C")?.set("MPI_MAX_SIZE", "512")?;
/// let resolved = config.resolve()?;
/// assert!(resolved.is_enabled("MBEDTLS_PK_WRITE_C"));
/// assert!(resolved.header().contains("#define MBEDTLS_MPI_MAX_SIZE 512\n"));
/// # Ok::<(), mbedtls_config::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) facts: &'static Facts,
    pub(crate) on: Choices,
    pub(crate) off: BTreeSet<&'static str>,
    pub(crate) predefined: Macros,
    platform: Platform,
    /// What features do not bring, because a PSA core elsewhere has it.
    elsewhere: BTreeSet<&'static str>,
    /// Whether what nothing needs is left out.
    spare: bool,
    /// What makes this a client and says what its core has.
    client: BTreeSet<&'static str>,
}

impl Config {
    /// A configuration with nothing but what the platform has.
    pub fn new(platform: Platform) -> Self {
        let mut config = Self::empty(Version::V3_6, platform);
        for name in platform.options() {
            config.add(name, Origin::Platform);
        }
        for (name, value) in platform.values() {
            config.add_value(name, Some(value), Origin::Platform);
        }
        config
    }

    /// The configuration of somebody else's project, of any version: exactly these macros with their texts. Those that
    /// are no options of that version are kept as what the compiler predefines.
    ///
    /// ```
    /// use mbedtls_config::facts::Version;
    /// use mbedtls_config::{Config, Platform};
    ///
    /// let macros = [("MBEDTLS_PK_WRITE_C", ""), ("MBEDTLS_PSA_CRYPTO_CONFIG", "")];
    /// let config = Config::of_project(Version::V3_5, Platform::BareMetal, macros);
    /// let refusal = &config.evaluate().refusals()[0];
    /// assert_eq!(refusal.askers, ["MBEDTLS_PK_WRITE_C"]);
    /// ```
    pub fn of_project<'a>(
        version: Version,
        platform: Platform,
        macros: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut config = Self::empty(version, platform);
        for (name, text) in macros {
            match config.facts.option(name) {
                Some(option) => {
                    let value = Some(text.to_owned()).filter(|_| !text.is_empty());
                    config.on.insert(
                        option.name,
                        Choice {
                            origin: Origin::Asked,
                            value,
                        },
                    );
                }
                None => {
                    config.predefine(name, text);
                }
            }
        }
        config
    }

    fn empty(version: Version, platform: Platform) -> Self {
        Self {
            facts: version.facts(),
            on: Choices::new(),
            off: BTreeSet::new(),
            predefined: platform.predefined(),
            platform,
            elsewhere: BTreeSet::new(),
            spare: false,
            client: BTreeSet::new(),
        }
    }

    /// A configuration with a profile.
    pub fn with_profile(platform: Platform, profile: Profile) -> Self {
        let mut config = Self::new(platform);
        // Every profile is a feature; a test looks that it is.
        if let Some(feature) = profile::find(profile.feature()) {
            config.add_feature(feature);
        }
        config
    }

    /// Adds what makes the library small, or quick, on this platform, and on a device leaves out what nothing needs: the
    /// decryption of single blocks.
    ///
    /// ```
    /// use mbedtls_config::{Config, Platform, Tuning};
    ///
    /// let mut config = Config::new(Platform::BareMetal);
    /// let small = config.tune(Tuning::Size).feature("psa")?.resolve()?;
    /// assert!(small.is_enabled("SHA256_SMALLER"));
    /// # Ok::<(), mbedtls_config::Error>(())
    /// ```
    pub fn tune(&mut self, tuning: Tuning) -> &mut Self {
        for (name, value) in tuning.options(self.platform) {
            self.add_value(name, *value, Origin::Platform);
        }
        self.spare = self.platform == Platform::BareMetal;
        self
    }

    /// The platform that this configuration is for.
    pub fn platform(&self) -> Platform {
        self.platform
    }

    /// Adds what a cargo feature of the root package brings.
    ///
    /// Fails with [`Error::UnknownFeature`].
    pub fn feature(&mut self, name: &str) -> Result<&mut Self, Error> {
        let Some(feature) = profile::find(name) else {
            let nearest = nearest(name, FEATURES.iter().map(|feature| feature.name));
            return Err(Error::UnknownFeature {
                name: name.to_owned(),
                nearest,
            });
        };
        self.add_feature(feature);
        Ok(self)
    }

    pub(crate) fn add_feature(&mut self, feature: &'static profile::Feature) {
        for name in feature.includes {
            if let Some(included) = profile::find(name) {
                self.add_feature(included);
            }
        }
        let unix: &[&str] = if self.platform == Platform::Unix {
            feature.unix_options
        } else {
            &[]
        };
        for name in feature.options.iter().chain(unix) {
            self.add(&profile::whole_name(name), Origin::Feature(feature.name));
        }
    }

    /// Makes this a client of a PSA core that is elsewhere: nothing of the core is compiled, and `wants` (names of
    /// `PSA_WANT_` macros) says what that core can do. Features that are added later bring no second implementation of it.
    ///
    /// Fails with [`Error::UnknownOption`].
    pub fn client<'a>(
        &mut self,
        wants: impl IntoIterator<Item = &'a str>,
    ) -> Result<&mut Self, Error> {
        let wants: Vec<&str> = wants.into_iter().collect();
        self.elsewhere.extend(LEFT_TO_THE_CORE);
        self.elsewhere.extend(ONLY_IN_THE_CORE);
        self.elsewhere.extend(needless(&wants));
        for name in LEFT_TO_THE_CORE {
            self.disable(name)?;
        }
        if !wants.contains(&RSA_ELSEWHERE) {
            self.disable(RSA_ELSEWHERE)?;
        }
        let client = ["MBEDTLS_PSA_CRYPTO_CLIENT", "MBEDTLS_PSA_CRYPTO_CONFIG"];
        for name in client.into_iter().chain(wants) {
            self.enable(name)?;
            self.client.insert(self.find(name)?.name);
        }
        Ok(self)
    }

    /// What the core of a client has, from its profile alone.
    pub(crate) fn core(&self) -> Option<Evaluation> {
        let of_client = |(name, _): &(&&str, &Choice)| self.client.contains(*name);
        let on: Choices = self
            .on
            .iter()
            .filter(of_client)
            .map(|(name, choice)| (*name, choice.clone()))
            .collect();
        (!on.is_empty()).then(|| Evaluation::of(self.facts, &self.predefined, &on))
    }

    /// Adds an option of our own tables; a test looks that each of them is one.
    fn add(&mut self, name: &str, origin: Origin) {
        self.add_value(name, None, origin);
    }

    fn add_value(&mut self, name: &str, value: Option<&str>, origin: Origin) {
        if self.elsewhere.contains(name) {
            return;
        }
        if let Some(option) = self.facts.option(name) {
            self.on.entry(option.name).or_insert(Choice {
                origin,
                value: value.map(str::to_owned),
            });
        }
    }

    /// Switches an option on, with or without `MBEDTLS_` before its name. An option that takes a value is set to the
    /// value that `mbedtls_config.h` shows for it.
    ///
    /// Fails with [`Error::UnknownOption`] or [`Error::Derived`].
    pub fn enable(&mut self, option: &str) -> Result<&mut Self, Error> {
        let option = self.find(option)?;
        value::not_the_builds(option)?;
        let value = option.example.map(str::to_owned);
        self.off.remove(option.name);
        self.on.insert(
            option.name,
            Choice {
                origin: Origin::Asked,
                value,
            },
        );
        Ok(self)
    }

    /// Switches an option off, whoever asked for it; [`resolve`](Self::resolve) fails if something else needs it.
    ///
    /// Fails with [`Error::UnknownOption`] or [`Error::Derived`].
    pub fn disable(&mut self, option: &str) -> Result<&mut Self, Error> {
        let option = self.find(option)?;
        self.on.remove(option.name);
        self.off.insert(option.name);
        Ok(self)
    }

    /// Sets an option that takes a value.
    ///
    /// Fails with [`Error::UnknownOption`], [`Error::Derived`] or [`Error::BadValue`].
    pub fn set(&mut self, option: &str, value: &str) -> Result<&mut Self, Error> {
        let option = self.find(option)?;
        value::check(option, value)?;
        self.off.remove(option.name);
        self.on.insert(
            option.name,
            Choice {
                origin: Origin::Asked,
                value: Some(value.to_owned()),
            },
        );
        Ok(self)
    }

    /// Tells about a macro that the target's compiler predefines, for conditions that depend on the processor.
    pub fn predefine(&mut self, name: &str, value: &str) -> &mut Self {
        self.predefined.insert(name.to_owned(), value.to_owned());
        self
    }

    /// What Mbed TLS makes of the options as they stand, without what they need.
    ///
    /// ```
    /// use mbedtls_config::{Config, Platform};
    ///
    /// let mut config = Config::new(Platform::Unix);
    /// let evaluation = config.enable("SSL_PROTO_TLS1_2")?.evaluate();
    /// assert!(evaluation.undone().contains("MBEDTLS_SSL_PROTO_TLS1_2"), "without SSL_TLS_C it has no effect");
    /// # Ok::<(), mbedtls_config::Error>(())
    /// ```
    pub fn evaluate(&self) -> Evaluation {
        Evaluation::of(self.facts, &self.predefined, &self.on)
    }

    /// Closes over the dependencies.
    ///
    /// Fails with [`Error::Contradiction`].
    pub fn resolve(&self) -> Result<Resolved, Error> {
        let resolved = resolve::resolve(self)?;
        Ok(if self.spare {
            resolve::without_decryption(self, resolved)
        } else {
            resolved
        })
    }

    fn find(&self, name: &str) -> Result<&'static OptionFact, Error> {
        let whole = |name: &str| format!("MBEDTLS_{name}");
        if let Some(option) = self
            .facts
            .option(name)
            .or_else(|| self.facts.option(&whole(name)))
        {
            return Ok(option);
        }
        for name in [name.to_owned(), whole(name)] {
            if let Some(from) = derived_from(self.facts, &name) {
                return Err(Error::Derived { name, from });
            }
        }
        let names = self.facts.options.iter().map(|option| short(option.name));
        Err(Error::UnknownOption {
            version: self.facts.version,
            name: name.to_owned(),
            nearest: nearest(short(name), names),
        })
    }
}

/// The options that a derived macro comes from, at most six; nothing when the rules do not set it.
fn derived_from(facts: &'static Facts, macro_name: &str) -> Option<Vec<String>> {
    let mut set = false;
    let mut from = BTreeSet::new();
    each_step(&facts.rules, &mut |node, path| {
        if matches!(node, Node::Set(name, _) if name == macro_name) {
            set = true;
            for met in path.iter().filter(|met| met.held) {
                met.expr.each_macro(&mut |name| {
                    if facts.option(name).is_some() {
                        from.insert(name.to_owned());
                    }
                });
            }
        }
    });
    set.then(|| from.into_iter().take(6).collect())
}
