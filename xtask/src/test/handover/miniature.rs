//! A build of `tests/zephyr`.
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, Result, bail, ensure};
use mbedtls_config::source;

use crate::shell::{self, Workspace};

/// What the image is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Board {
    /// A program of this machine.
    Native,
    /// The non-secure side of a Cortex-M33.
    An521,
}

impl Board {
    /// The target that Zephyr gives cargo.
    pub fn target(self) -> String {
        match self {
            Self::Native => format!("{}-unknown-none", std::env::consts::ARCH),
            Self::An521 => "thumbv8m.main-none-eabi".to_owned(),
        }
    }
}

/// One build folder of the miniature.
pub struct Miniature<'a> {
    workspace: &'a Workspace,
    era: &'static str,
    board: Board,
    folder: PathBuf,
    cargo_target: PathBuf,
    options: Vec<String>,
    defines: Vec<(String, OsString)>,
    features: &'static str,
}

impl<'a> Miniature<'a> {
    /// The build of an era, which is a folder of `tests/zephyr/eras`, for a board.
    pub fn new(workspace: &'a Workspace, era: &'static str, board: Board) -> Result<Self> {
        let metadata = workspace.metadata()?;
        let target = metadata["target_directory"]
            .as_str()
            .context("cargo metadata names the target folder")?;
        let cargo_target = PathBuf::from(target);
        let name = if board == Board::Native { era } else { "an521" };
        Ok(Self {
            workspace,
            era,
            board,
            folder: cargo_target.join("zephyr").join(name),
            cargo_target,
            options: Vec::new(),
            defines: Vec::new(),
            features: "",
        })
    }

    /// In another folder than that of the era.
    pub fn in_folder(mut self, name: &str) -> Self {
        self.folder.set_file_name(name);
        self
    }

    /// Features of the application.
    pub fn features(mut self, features: &'static str) -> Self {
        self.features = features;
        self
    }

    /// A line of prj.conf.
    pub fn option(mut self, line: &str) -> Self {
        self.options.push(line.to_owned());
        self
    }

    /// A variable of `CMake`.
    pub fn define(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.defines
            .push((name.to_owned(), value.as_ref().to_owned()));
        self
    }

    /// `BUILD_DIR`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file that the module writes.
    pub fn handover(&self) -> PathBuf {
        self.folder.join("mbedtls_psa/handover.txt")
    }

    /// The map that the linker writes.
    pub fn map(&self) -> PathBuf {
        self.folder.join("zephyr.map")
    }

    /// Removes what an earlier build has left.
    pub fn fresh(&self) -> Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        Ok(())
    }

    fn cmake(&self) -> Result<Command> {
        let mut arguments = vec!["--locked"];
        if !self.features.is_empty() {
            arguments.extend(["--features", self.features]);
        }
        let mut environment = source::Environment::from_build_script();
        environment.manifest_dir = self.workspace.root().join("xtask");
        environment.out_dir = self.cargo_target.join("zephyr");
        environment.offline |= self.workspace.offline();
        fs::create_dir_all(&environment.out_dir)?;
        let mbedtls = source::find(&environment)?.root;

        let mut command = self.workspace.command("cmake");
        command
            .args(["-G", "Unix Makefiles", "-S"])
            .arg(self.workspace.root().join("tests/zephyr"))
            .arg("-B")
            .arg(&self.folder);
        let mut define = |name: &str, value: &OsStr| {
            let mut argument = OsString::from(format!("-D{name}="));
            argument.push(value);
            command.arg(argument);
        };
        define("ERA", self.era.as_ref());
        define("CONF", self.options.join(";").as_ref());
        define("RUST_TARGET", self.board.target().as_ref());
        define("CARGO_TARGET_DIR", self.cargo_target.as_ref());
        define("CARGO_ARGUMENTS", arguments.join(";").as_ref());
        define("MBEDTLS_SOURCE", mbedtls.as_ref());
        match self.board {
            Board::Native => define("BOARD", "native".as_ref()),
            Board::An521 => {
                define("BOARD", "an521".as_ref());
                define("CMAKE_SYSTEM_NAME", "Generic".as_ref());
                define("CMAKE_C_COMPILER", "arm-none-eabi-gcc".as_ref());
                define("CMAKE_TRY_COMPILE_TARGET_TYPE", "STATIC_LIBRARY".as_ref());
            }
        }
        for (name, value) in &self.defines {
            define(name, value);
        }
        Ok(command)
    }

    /// Runs `CMake`, which must succeed.
    pub fn configure(&self) -> Result<()> {
        shell::output(&mut self.cmake()?).map(drop)
    }

    /// Runs `CMake`, which must fail; what it said, on one line.
    pub fn refused_by_cmake(&self) -> Result<String> {
        said_and_failed(self.cmake()?.output()?)
    }

    fn make(&self) -> Command {
        let mut command = self.workspace.command("cmake");
        command.arg("--build").arg(&self.folder).args(["-j", "2"]);
        command
    }

    /// The image.
    pub fn build(&self) -> Result<PathBuf> {
        self.configure()?;
        let output = self.make().output()?;
        if !output.status.success() {
            bail!(
                "{} does not build:\n{}{}",
                self.folder.display(),
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(self.folder.join("zephyr.elf"))
    }

    /// Builds, which must fail; what was said, on one line.
    pub fn refused_by_build(&self) -> Result<String> {
        self.configure()?;
        said_and_failed(self.make().output()?)
    }

    /// Runs the build script of `tfm-sys` as Zephyr's build would, with this build folder; it must fail. What was said.
    pub fn refused_by_cargo(&self, build_dir: &Path, features: &[&str]) -> Result<String> {
        let mut command = self.workspace.cargo();
        command
            .args(["check", "--locked", "--package", "tfm-sys", "--target"])
            .arg(self.board.target())
            .arg("--target-dir")
            .arg(&self.cargo_target)
            .args(["--features", &features.join(",")])
            .env("BUILD_DIR", build_dir)
            .env("DOTCONFIG", build_dir.join("zephyr/.config"));
        said_and_failed(command.output()?)
    }
}

/// Lines break where `CMake` wants: one space instead.
fn said_and_failed(output: Output) -> Result<String> {
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    ensure!(!output.status.success(), "it is not refused: {text}");
    Ok(text)
}

/// The lines of an image that is a program of this machine.
pub fn run_native(image: &Path) -> Result<Vec<String>> {
    let text = shell::output(&mut Command::new(image))?;
    Ok(text.lines().map(str::to_owned).collect())
}
