//! The command `convene`.

fn main() -> std::process::ExitCode {
    convene::cli::run()
}
