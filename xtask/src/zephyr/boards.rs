//! The boards of the samples, and how those that are no hardware are run.
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

/// A board as Zephyr names it.
#[derive(Debug)]
pub struct Board {
    pub name: &'static str,
    emulator: Option<Emulator>,
}

/// What runs an image on this machine.
#[derive(Debug)]
enum Emulator {
    /// QEMU with these words, before the name of the image's file.
    Qemu(&'static [&'static str], &'static str),
    /// The image is a program.
    Native,
}

const LM3S6965: &[&str] = &["-machine", "lm3s6965evb", "-cpu", "cortex-m3"];
const AN521: &[&str] = &["-machine", "mps2-an521"];

pub const BOARDS: [Board; 6] = [
    Board {
        name: "qemu_cortex_m3",
        emulator: Some(Emulator::Qemu(LM3S6965, "zephyr.elf")),
    },
    Board {
        name: "mps2/an521/cpu0",
        emulator: Some(Emulator::Qemu(AN521, "zephyr.elf")),
    },
    Board {
        name: "mps2/an521/cpu0/ns",
        emulator: Some(Emulator::Qemu(AN521, "tfm_merged.hex")),
    },
    Board {
        name: "native_sim/native/64",
        emulator: Some(Emulator::Native),
    },
    Board {
        name: "nrf9160dk/nrf9160/ns",
        emulator: None,
    },
    Board {
        name: "nrf5340dk/nrf5340/cpuapp/ns",
        emulator: None,
    },
];

/// The board of this name.
pub fn named(name: &str) -> Result<&'static Board> {
    BOARDS
        .iter()
        .find(|board| board.name == name)
        .with_context(|| {
            let all: Vec<_> = BOARDS.iter().map(|board| board.name).collect();
            format!(
                "the samples know no board `{name}`; they know {}",
                all.join(", ")
            )
        })
}

impl Board {
    /// Whether its image runs without hardware.
    pub fn is_emulated(&self) -> bool {
        self.emulator.is_some()
    }

    /// Whether twister's report means this board: newer ones add what is the only choice, `qemu_cortex_m3/ti_lm3s6965`.
    pub fn is(&self, platform: &str) -> bool {
        let whole = platform == self.name;
        whole || (!self.name.contains('/') && platform.split('/').next() == Some(self.name))
    }

    /// What runs the image of a build folder, its console being the standard input and output.
    pub fn command(&self, build: &Path) -> Option<Command> {
        let zephyr = build.join("zephyr");
        let mut command = match self.emulator.as_ref()? {
            Emulator::Qemu(words, image) => {
                let mut command = Command::new("qemu-system-arm");
                let image: PathBuf = zephyr.join(image);
                command
                    .args(*words)
                    .args(["-display", "none", "-monitor", "none", "-serial", "stdio"])
                    .arg("-device")
                    .arg(format!("loader,file={}", image.display()));
                command
            }
            Emulator::Native => Command::new(zephyr.join("zephyr.exe")),
        };
        command.current_dir(build);
        Some(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_not_taken_for_its_non_secure_variant() {
        let secure = named("mps2/an521/cpu0").unwrap();
        assert!(secure.is("mps2/an521/cpu0"));
        assert!(!secure.is("mps2/an521/cpu0/ns"));
        let m3 = named("qemu_cortex_m3").unwrap();
        assert!(m3.is("qemu_cortex_m3") && m3.is("qemu_cortex_m3/ti_lm3s6965"));
        assert!(!m3.is("qemu_cortex_m33"));
    }

    #[test]
    fn hardware_is_not_run() {
        let build = Path::new("b");
        for board in &BOARDS {
            assert_eq!(board.command(build).is_some(), board.is_emulated());
        }
        assert!(!named("nrf9160dk/nrf9160/ns").unwrap().is_emulated());
    }
}
