//! Prints the header of a profile or a list of features: `header unix provisioning rsa -MD_C SHA1_C`; with `files`
//! as the first word, the C files instead.
use mbedtls_config::{Config, Error, Platform, build, source};

fn run() -> Result<(), Error> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let files = arguments.first().is_some_and(|first| first == "files");
    arguments.drain(..usize::from(files));
    let platform = if arguments[0] == "unix" {
        Platform::Unix
    } else {
        Platform::BareMetal
    };
    let mut config = Config::new(platform);
    for word in &arguments[1..] {
        match word.strip_prefix('-') {
            Some(option) => config.disable(option)?,
            None if word.starts_with(char::is_uppercase) => config.enable(word)?,
            None => config.feature(word)?,
        };
    }
    let resolved = config.resolve()?;
    if files {
        let tree = source::find(&source::Environment::from_build_script())?;
        for file in build::c_files(&tree, &resolved) {
            println!("{}", file.display());
        }
    } else {
        print!("{}", resolved.header());
    }
    Ok(())
}

fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
