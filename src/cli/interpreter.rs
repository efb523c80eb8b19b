use crate::behaviour;
use crate::simulate::Inputs;

/// How the scripts are run.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct InterpreterArgs {
    /// How scripts are run; the results are the same
    #[arg(long, value_name = "HOW", value_enum)]
    interpreter: Option<How>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum How {
    /// Compiled as far as that goes, the rest by Rhai's evaluator [default]
    Compiled,
    /// All by Rhai's evaluator, which is slower
    Rhai,
}

impl InterpreterArgs {
    /// The option, where it is given.
    pub(super) fn given(self) -> Option<&'static str> {
        self.interpreter.map(|_| "--interpreter")
    }

    /// Has the scripts of some inputs run so.
    pub(super) fn apply(self, inputs: &mut Inputs) {
        inputs.library.interpreter = match self.interpreter.unwrap_or(How::Compiled) {
            How::Compiled => behaviour::Interpreter::Compiled,
            How::Rhai => behaviour::Interpreter::Rhai,
        };
    }
}
