//! The command `flexcast`: everything is in the library, under `cli`.

fn main() -> std::process::ExitCode {
    flexcast::cli::main()
}
