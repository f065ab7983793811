//! What the README shows is what the tool prints.
use std::path::Path;
use std::process::{Command, Stdio};

const README: &str = include_str!("../README.md");

/// A command line of the README and what it shows as its output.
struct Example {
    line: usize,
    command: &'static str,
    output: String,
}

/// Every line that begins with `$ ` in a block of kind `console`, and what follows it there.
fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for (i, line) in README.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            let (line, output) = (i + 1, String::new());
            examples.push(Example {
                line,
                command,
                output,
            });
        } else if inside {
            let example = examples.last_mut().expect("a block begins with a command");
            example.output.push_str(line);
            example.output.push('\n');
        }
    }
    examples
}

/// Runs a command line in the folder of the crate, the tool being on the path.
fn run(command: &str) -> String {
    let tool = Path::new(env!("CARGO_BIN_EXE_mbedtls-diag"));
    let mut path = tool.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{command}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_readme_shows_what_the_tool_prints() {
    let examples = examples();
    for command in [
        "explain",
        "why mbedtls_strerror",
        "why --log",
        "config",
        "modem keygen",
        "modem cmng",
    ] {
        let shown =
            |example: &Example| example.command.contains(&format!("mbedtls-diag {command}"));
        assert!(examples.iter().any(shown), "no example of `{command}`");
    }
    for Example {
        line,
        command,
        output,
    } in examples
    {
        let printed = run(command);
        assert!(
            printed == output,
            "README.md:{line}: `{command}` now prints\n{printed}"
        );
    }
}
