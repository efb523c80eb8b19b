//! What is asked, and of how many replications it can be.

use crate::diagnostic::Diagnostic;
use crate::forecast::Figure;
use crate::simulate::Inputs;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// What is to be moved: of all teams together, over the horizon.
    pub figure: Figure,
    /// Whether tokens never run out: what burns is then the demand.
    pub demand: bool,
    /// By which share of themselves plain numbers are moved, beside what is uncertain; `None` where they stay.
    pub moved: Option<f64>,
}

impl Question {
    /// The scenario as it is asked about.
    pub(super) fn world(&self, mut inputs: Inputs) -> Inputs {
        if self.demand {
            inputs.scenario = inputs.scenario.with_endless_tokens();
        }
        inputs
    }

    /// What is to be said where tokens run out: in such a share of the runs as it is, and at most where something is moved.
    pub(super) fn capped(&self, as_it_is: f64, most: f64) -> Option<String> {
        /// A share of the runs that changes what is read from them.
        const RELEVANT: f64 = 0.05;
        if !self.figure.is_capped() || most < RELEVANT {
            return None;
        }
        let more = if most > as_it_is {
            format!(", and in up to {:.0} % where something is moved", most * 100.0)
        } else {
            String::new()
        };
        Some(format!(
            "Tokens run out in {:.0} % of the runs{more}. What isn't there can't burn, so that this shows less than what people would \
             burn. --demand asks what moves that; --by denials and --by stock_out ask what makes tokens run out.",
            as_it_is * 100.0
        ))
    }
}

/// The fewest replications of the quick answer, whose intervals are normal ones.
const QUICK: u32 = 10;
/// Those of the full one, which is about variances.
const FULL: u32 = 50;

/// An error where so few replications would say what isn't so.
pub fn enough(full: bool, replications: u32) -> Result<(), Diagnostic> {
    let (least, what) = if full { (FULL, "share the variance out") } else { (QUICK, "tell an effect from chance") };
    if replications >= least {
        return Ok(());
    }
    let runs = if replications == 1 { "1 run is".to_owned() } else { format!("{replications} runs are") };
    let few = Diagnostic::new(format!("{runs} too few to {what}"));
    Err(few.help(format!("--replications {least} is the least; ten times as many tell more")))
}
