//! Sees what is missing, installs it where that can be done without questions, and says so.
mod installed;
mod rust;
mod tools;

use anyhow::{Result, bail};

use crate::shell::{self, Workspace};
pub use installed::Installed;
pub use rust::{MIRI, msrv};
use tools::Tool;

/// What a command needs before it can start.
pub struct Needs {
    tools: Vec<&'static Tool>,
    toolchains: bool,
    manifests: &'static [&'static str],
}

/// Manifests with a lock file of their own; a new one is a new line here. The first two are what a build needs.
const MANIFESTS: [&str; 5] = [
    "Cargo.toml",
    "mbedtls-src/Cargo.toml",
    "xtask/facts-src/Cargo.toml",
    "fuzz/Cargo.toml",
    // Not built without make and Python; fetching sees that its lock file is still right all the same.
    "peers/Cargo.toml",
];

/// What `cargo xtask test` needs.
pub fn everything() -> Needs {
    let apart = [tools::FOR_FUZZING, tools::FOR_PEERS, tools::FOR_BENCH];
    let wanted = |tool: &&Tool| !apart.contains(&tool.name);
    Needs {
        tools: tools::TOOLS.iter().filter(wanted).collect(),
        toolchains: true,
        manifests: &MANIFESTS,
    }
}

/// What `cargo xtask bench` needs: everything, and what the peers are built with.
pub fn for_bench() -> Needs {
    Needs {
        tools: tools::TOOLS.iter().collect(),
        ..everything()
    }
}

/// What `cargo xtask demo` needs.
pub fn for_demo(mqtt: bool) -> Needs {
    let wanted = |tool: &&Tool| match tool.name {
        tools::C_COMPILER | tools::LIBCLANG | tools::OPENSSL => true,
        tools::MOSQUITTO => mqtt,
        _ => false,
    };
    Needs {
        tools: tools::TOOLS.iter().filter(wanted).collect(),
        toolchains: false,
        manifests: &MANIFESTS[..2],
    }
}

/// What `cargo xtask fuzz` needs.
pub fn for_fuzzing() -> Needs {
    let names = [tools::C_COMPILER, tools::LIBCLANG, tools::FOR_FUZZING];
    let wanted = |tool: &&Tool| names.contains(&tool.name);
    Needs {
        tools: tools::TOOLS.iter().filter(wanted).collect(),
        toolchains: true,
        manifests: &MANIFESTS,
    }
}

/// What `cargo xtask test --peers` needs: what builds C, with what the peers' build scripts call.
pub fn for_peers() -> Needs {
    let wanted = |tool: &&Tool| {
        let names = [
            tools::C_COMPILER,
            tools::LIBCLANG,
            tools::CMAKE,
            tools::FOR_PEERS,
        ];
        names.contains(&tool.name)
    };
    Needs {
        tools: tools::TOOLS.iter().filter(wanted).collect(),
        toolchains: false,
        manifests: &MANIFESTS,
    }
}

/// The tools for the peers that are missing, if any. Nothing else needs them, so nothing else installs them.
pub fn peers_lack(workspace: &Workspace) -> Option<&'static str> {
    let mut tools = tools::TOOLS.iter();
    tools
        .find(|tool| tool.name == tools::FOR_PEERS && !tool.is_present(workspace))
        .map(|tool| tool.name)
}

/// Sets up what is needed, or says exactly what to do and fails.
pub fn run(workspace: &Workspace, needs: &Needs) -> Result<()> {
    install_tools(workspace, &needs.tools)?;
    if needs.toolchains {
        rust::install(workspace)?;
    }
    fetch_sources(workspace, needs.manifests)
}

fn missing(workspace: &Workspace, tools: &[&'static Tool]) -> Vec<&'static Tool> {
    tools
        .iter()
        .copied()
        .filter(|tool| !tool.is_present(workspace))
        .collect()
}

fn install_tools(workspace: &Workspace, tools: &[&'static Tool]) -> Result<()> {
    let lacking = missing(workspace, tools);
    if lacking.is_empty() {
        println!("set-up: tools are there ({})", tools::names(tools));
        return Ok(());
    }
    println!("set-up: missing: {}", tools::names(&lacking));
    if workspace.offline() {
        bail!("--offline forbids installing\n{}", tools::advice(&lacking));
    }
    let Some(privilege) = apt_privilege(workspace) else {
        bail!(
            "nothing can be installed from here (that needs Debian or Ubuntu, and root or sudo without a password)\n{}",
            tools::advice(&lacking)
        );
    };
    apt(workspace, &privilege, &["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(lacking.iter().flat_map(|tool| tool.apt));
    apt(workspace, &privilege, &install)?;
    let still = missing(workspace, tools);
    if !still.is_empty() {
        bail!(
            "installed, and still not usable: {}\n{}",
            tools::names(&still),
            tools::advice(&still)
        );
    }
    Ok(())
}

/// The words that must precede `apt-get`: none for root, `sudo -n` where that asks nothing. `None`: no way.
fn apt_privilege(workspace: &Workspace) -> Option<Vec<&'static str>> {
    shell::find("apt-get")?;
    let user = shell::output(workspace.command("id").arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(Vec::new());
    }
    shell::succeeds(workspace.command("sudo").args(["-n", "true"])).then(|| vec!["sudo", "-n"])
}

fn apt(workspace: &Workspace, privilege: &[&str], args: &[&str]) -> Result<()> {
    // RUNLEVEL keeps a package such as mosquitto from starting its server.
    let words = [
        privilege,
        &["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"],
        &["apt-get"],
        args,
    ]
    .concat();
    shell::run(workspace.command(words[0]).args(&words[1..]))
}

fn fetch_sources(workspace: &Workspace, manifests: &[&str]) -> Result<()> {
    for manifest in manifests {
        let fetch = ["fetch", "--locked", "--manifest-path", manifest];
        if shell::succeeds(workspace.cargo().args(fetch).arg("--offline")) {
            println!("set-up: sources of {manifest} are there");
        } else if workspace.offline() {
            bail!(
                "--offline, and sources are missing: run `cargo {}` once with the network",
                fetch.join(" ")
            );
        } else {
            shell::run(workspace.cargo().args(fetch))?;
        }
    }
    Ok(())
}
