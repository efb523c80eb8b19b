//! `switch`. The syntax tree has the cases by a hash of their values; the values themselves are found again among the
//! literals of the script.

use std::collections::BTreeMap;

use rhai::{ASTNode, Dynamic, Engine, Expr, ImmutableString, Position, RangeCase, Stmt, SwitchCasesCollection};

use super::compiler::{Compiler, Compiles, fitted, slow, unified};
use super::machine::Stop;
use super::value::{Code, Eval, Run, Type, Value, each_code};

/// The literals of a script, by the hash that its cases have.
#[derive(Default)]
pub(super) struct Cases(BTreeMap<u64, Dynamic>);

impl Cases {
    /// Those of a text; `engine` parses without changing anything.
    pub fn of(text: &str, engine: &Engine) -> Cases {
        let mut literals: Vec<(String, Dynamic)> = vec![("true".into(), true.into()), ("false".into(), false.into())];
        // What isn't a literal does no harm here: no case has its hash.
        let plain = |text: &&str| text.len() < 200 && !text.contains('\\') && !text.contains(char::is_control);
        for text in text.split(['"', '`']).filter(plain) {
            literals.push((format!("\"{text}\""), text.to_owned().into()));
        }
        for digits in text.split(|letter: char| !letter.is_ascii_digit()) {
            if let Ok(number) = digits.parse::<i64>() {
                literals.push((number.to_string(), number.into()));
                literals.push((format!("-{number}"), (-number).into()));
            }
        }
        literals.sort_by(|one, other| one.0.cmp(&other.0));
        literals.dedup_by(|one, other| one.0 == other.0);
        literals.retain(|(written, _)| written != "-0");
        let cases: String = literals.iter().map(|(written, _)| format!("{written} => 0, ")).collect();
        let mut hashes = BTreeMap::new();
        if let Ok(ast) = engine.compile(format!("switch 0 {{ {cases} _ => 0 }}")) {
            ast.walk(&mut |path: &[ASTNode]| {
                if let Some(ASTNode::Stmt(Stmt::Switch(switch, _))) = path.last() {
                    for (hash, case) in &switch.1.cases {
                        hashes.extend(
                            case.blocks
                                .first()
                                .and_then(|place| literals.get(*place))
                                .map(|literal| (*hash, literal.1.clone())),
                        );
                    }
                }
                true
            });
        }
        Cases(hashes)
    }
}

/// Cases that lead to one of some branches, each under a condition.
type Choices = Vec<(Eval<bool>, usize)>;

impl Compiler<'_> {
    /// A `switch`.
    pub fn switch(
        &mut self,
        on: &Expr,
        switch: &SwitchCasesCollection,
        wanted: bool,
        position: Position,
    ) -> Compiles<Code> {
        let on = self.value(on)?;
        let mut branches = Vec::with_capacity(switch.expressions.len() + 1);
        for branch in &switch.expressions {
            self.node();
            branches.push(match &branch.rhs {
                Expr::Stmt(block) => self.block(block.statements(), wanted)?,
                value => self.expression(value)?,
            });
        }
        branches.push(Code::Unit(Eval::Const(())));
        let otherwise = switch.def_case.unwrap_or(branches.len() - 1);
        let mut cases = Vec::new();
        for (hash, case) in &switch.cases {
            let Some(value) = self.cases.0.get(hash) else { return slow("a case of an unusual kind", position) };
            let choices = case.blocks.iter().map(|place| self.choice(switch, *place)).collect::<Compiles<Choices>>()?;
            cases.push((value.clone(), choices));
        }
        let choose = match on {
            Code::Int(on) => self.choose_by_number(on, cases, switch, otherwise, position)?,
            Code::Text(on) if switch.ranges.is_empty() => choose::<ImmutableString>(on, cases, otherwise),
            Code::Bool(on) if switch.ranges.is_empty() => choose::<bool>(on, cases, otherwise),
            _ => return slow("`switch` on such a value", position),
        };
        Ok(branching(choose, branches, wanted))
    }

    fn choice(&mut self, switch: &SwitchCasesCollection, place: usize) -> Compiles<(Eval<bool>, usize)> {
        Ok((self.condition(&switch.expressions[place].lhs)?, place))
    }

    fn choose_by_number(
        &mut self,
        on: Eval<i64>,
        cases: Vec<(Dynamic, Choices)>,
        switch: &SwitchCasesCollection,
        otherwise: usize,
        position: Position,
    ) -> Compiles<Run<usize>> {
        let mut ranges = Vec::with_capacity(switch.ranges.len());
        for range in &switch.ranges {
            let (from, until, place) = match range {
                RangeCase::ExclusiveInt(range, place) if range.start < range.end => {
                    (range.start, range.end - 1, *place)
                }
                RangeCase::InclusiveInt(range, place) => (*range.start(), *range.end(), *place),
                RangeCase::ExclusiveInt(..) => return slow("an empty range", position),
            };
            ranges.push((from, until, self.choice(switch, place)?));
        }
        let cases = keyed::<i64>(cases);
        Ok(Box::new(move |machine| {
            let on = on.get(machine)?;
            if let Some((_, choices)) = cases.iter().find(|(value, _)| *value == on) {
                for (condition, place) in choices {
                    if condition.get(machine)? {
                        return Ok(*place);
                    }
                }
            }
            for (from, until, (condition, place)) in &ranges {
                if (*from..=*until).contains(&on) && condition.get(machine)? {
                    return Ok(*place);
                }
            }
            Ok(otherwise)
        }))
    }
}

/// The cases for values of one type; others never come up.
fn keyed<T: Value<Raw = T> + rhai::Variant>(cases: Vec<(Dynamic, Choices)>) -> Vec<(T, Choices)> {
    let typed = cases.into_iter().filter_map(|(value, choices)| Some((value.try_cast::<T>()?, choices)));
    typed.collect()
}

fn choose<T: Value<Raw = T> + rhai::Variant + PartialEq>(
    on: Eval<T>,
    cases: Vec<(Dynamic, Choices)>,
    otherwise: usize,
) -> Run<usize> {
    let cases = keyed::<T>(cases);
    Box::new(move |machine| {
        let on = on.get(machine)?;
        if let Some((_, choices)) = cases.iter().find(|(value, _)| *value == on) {
            for (condition, place) in choices {
                if condition.get(machine)? {
                    return Ok(*place);
                }
            }
        }
        Ok(otherwise)
    })
}

/// The branch that was chosen.
fn branching(choose: Run<usize>, branches: Vec<Code>, wanted: bool) -> Code {
    let of = branches.iter().map(Code::gives).fold(Type::Never, unified);
    if !wanted {
        let branches: Vec<Run<()>> = branches.into_iter().map(Code::for_effect).collect();
        return Code::Unit(Eval::run(move |machine| branches[choose(machine)?](machine)));
    }
    fn of_type<T: Value>(choose: Run<usize>, first: Eval<T>, rest: impl Iterator<Item = Code>) -> Eval<T> {
        let rest = rest.map(|code| T::of(code).expect("all branches were made to give one type"));
        let branches: Vec<Eval<T>> = std::iter::once(first).chain(rest).collect();
        Eval::run(move |machine| {
            let place = choose(machine)?;
            branches.get(place).ok_or(Stop)?.get(machine)
        })
    }
    let mut branches = branches.into_iter().map(move |code| fitted(code, of));
    match branches.next() {
        None => Code::Unit(Eval::Const(())),
        Some(Code::List(first, item)) => Code::List(of_type(choose, first, branches), item),
        Some(first) => each_code!(first, eval => Value::code(of_type(choose, eval, branches))),
    }
}
