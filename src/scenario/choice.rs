//! Single values of a closed set of words.

use serde_json::json;

use super::decode::Leaf;
use super::model::{Per, Platform, Ranges, ShortStarts};
use super::tree::Scalar;
use crate::calendar::Weekday;
use crate::diagnostic::nearest;
use crate::meter::{LapseWhileOpen, RenewalShortfall, SecondDevice, TeamChoice};

/// One of a closed set of words.
pub trait Choice {
    /// The word for it in a scenario.
    fn word(&self) -> &'static str;
}

/// Makes a closed set of words a leaf.
macro_rules! choice {
    ($($type:ty as $name:literal { $first:literal => $first_value:expr, $($word:literal => $value:expr),+ $(,)? })+) => {$(
        impl Leaf for $type {
            const NAME: &'static str = $name;
            const EXPECTED: &'static str = concat!("one of `", $first, "`" $(, ", `", $word, "`")+);

            fn read(scalar: &Scalar) -> Option<Self> {
                match scalar.text.as_str() {
                    $first => Some($first_value),
                    $($word => Some($value),)+
                    _ => None,
                }
            }

            fn help(scalar: &Scalar) -> Option<String> {
                nearest(&scalar.text, [$first, $($word),+]).map(|word| format!("did you mean `{word}`?"))
            }

            fn schema() -> serde_json::Value {
                json!({"enum": [$first, $($word),+]})
            }
        }

        impl Choice for $type {
            fn word(&self) -> &'static str {
                let choices = [($first, $first_value), $(($word, $value)),+];
                choices.into_iter().find(|(_, choice)| choice == self).expect("every choice has its word").0
            }
        }
    )+};
}

choice! {
    Platform as "a platform" {
        "windows" => Platform::Windows, "macos" => Platform::Macos, "linux" => Platform::Linux,
    }
    Per as "one of its choices" { "day" => Per::Day, "result" => Per::Result }
    RenewalShortfall as "one of its choices" {
        "end_session" => RenewalShortfall::EndSession, "allow_until_close" => RenewalShortfall::AllowUntilClose,
    }
    SecondDevice as "one of its choices" {
        "sign_out_first" => SecondDevice::SignOutFirst, "deny" => SecondDevice::Deny,
    }
    TeamChoice as "one of its choices" {
        "earliest_end_date" => TeamChoice::EarliestEndDate, "most_tokens" => TeamChoice::MostTokens,
        "first_listed" => TeamChoice::FirstListed, "random" => TeamChoice::Random,
    }
    LapseWhileOpen as "one of its choices" {
        "charge" => LapseWhileOpen::Charge, "next_open" => LapseWhileOpen::NextOpen,
    }
    ShortStarts as "one of its choices" { "counted" => ShortStarts::Counted, "left_out" => ShortStarts::LeftOut }
    Ranges as "one of its choices" {
        "completed_months" => Ranges::CompletedMonths, "rolling" => Ranges::Rolling,
    }
    Weekday as "a day of the week" {
        "mon" => Weekday::Monday, "tue" => Weekday::Tuesday, "wed" => Weekday::Wednesday, "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday, "sat" => Weekday::Saturday, "sun" => Weekday::Sunday,
    }
}
