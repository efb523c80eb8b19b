//! Statements.

use rhai::{ASTFlags, BinaryExpr, Expr, OpAssignment, Position, Stmt};

use super::calls::followed;
use super::compiler::{Compiler, Compiles, fitted, slow, store, unified};
use super::machine::{Leave, Machine};
use super::operators::{Operator, binary};
use super::value::{Code, Eval, Run, Type, Value, each_code};
use crate::behaviour::natives::Effects;

impl Compiler<'_> {
    /// Statements one after the other; the value of the last, where one is wanted.
    pub fn block(&mut self, statements: &[Stmt], wanted: bool) -> Compiles<Code> {
        self.scoped(|inner| {
            let Some((last, first)) = statements.split_last() else { return Ok(Code::Unit(Eval::Const(()))) };
            let mut done: Vec<Run<()>> = Vec::with_capacity(first.len());
            for statement in first {
                match inner.statement(statement, false)? {
                    Code::Never(run) => {
                        done.push(run);
                        return Ok(Code::Never(one_after_the_other(done)));
                    }
                    Code::Unit(Eval::Const(())) => {}
                    code => done.push(code.for_effect()),
                }
            }
            let last = inner.statement(last, wanted)?;
            Ok(match (done.is_empty(), last) {
                (true, last) => last,
                (false, Code::Unit(eval)) => {
                    done.push(Code::Unit(eval).for_effect());
                    Code::Unit(Eval::Run(one_after_the_other(done)))
                }
                (false, last) => followed(one_after_the_other(done), last),
            })
        })
    }

    /// One statement, and its value where one is wanted.
    pub fn statement(&mut self, statement: &Stmt, wanted: bool) -> Compiles<Code> {
        self.node();
        match statement {
            Stmt::Noop(_) => Ok(Code::Unit(Eval::Const(()))),
            Stmt::Expr(expr) => match &**expr {
                Expr::Stmt(block) if !wanted => self.block(block.statements(), false),
                expr => self.expression(expr),
            },
            Stmt::FnCall(call, position) => self.call(call, *position),
            Stmt::Block(block) => self.block(block.statements(), wanted),
            Stmt::Var(definition, flags, _) => self.definition(&definition.0.name, &definition.1, *flags),
            Stmt::Assignment(assignment) => self.assignment(&assignment.0, &assignment.1),
            Stmt::If(flow, _) => {
                let condition = self.condition(&flow.expr)?;
                let body = self.block(flow.body.statements(), wanted)?;
                let branch = self.block(flow.branch.statements(), wanted)?;
                Ok(either(condition, body, branch, wanted))
            }
            Stmt::Switch(switch, position) => self.switch(&switch.0, &switch.1, wanted, *position),
            Stmt::While(flow, _) => self.while_loop(flow),
            Stmt::Do(flow, flags, _) => self.do_loop(flow, *flags),
            Stmt::For(parts, position) => {
                self.for_loop(&parts.0.name, parts.1.as_ref().map(|counter| &counter.name), &parts.2, *position)
            }
            Stmt::BreakLoop(None, flags, _) => {
                let leave = if flags.contains(ASTFlags::BREAK) { Leave::Break } else { Leave::Continue };
                Ok(Code::Never(Box::new(move |machine| Err(machine.leaves(leave)))))
            }
            Stmt::BreakLoop(Some(_), _, position) => slow("`break` with a value", *position),
            Stmt::Return(value, flags, _) if !flags.contains(ASTFlags::BREAK) => self.returned(value.as_deref()),
            // What is thrown, Rhai's engine says.
            Stmt::Return(..) => Ok(Code::Never(Box::new(|machine| Err(machine.trap())))),
            Stmt::TryCatch(_, position) => slow("`try` and `catch`", *position),
            other => slow("this kind of statement", other.position()),
        }
    }

    fn definition(&mut self, name: &rhai::ImmutableString, value: &Expr, flags: ASTFlags) -> Compiles<Code> {
        let value = self.value(value)?;
        let constant = flags.contains(ASTFlags::CONSTANT);
        if constant && !matches!(value.gives(), Type::Bool | Type::Int | Type::Float | Type::Text) {
            return slow("a constant of such a value", Position::NONE);
        }
        let slot = self.declare(name, value.gives(), constant)?;
        Ok(Code::Unit(Eval::Run(store(value, slot))))
    }

    fn assignment(&mut self, operation: &OpAssignment, sides: &BinaryExpr) -> Compiles<Code> {
        self.does(Effects::ASSIGNS);
        if let Some((name, state)) = self.state(&sides.lhs)? {
            return self.state_assignment(operation, name, state, &sides.rhs);
        }
        let Expr::Variable(variable, _, position) = &sides.lhs else {
            return slow("setting a part of a value", sides.lhs.position());
        };
        let (value, steps, effects) = self.apart(|apart| apart.value(&sides.rhs))?;
        // What comes from the right is there before the variable is asked for.
        if operation.is_op_assignment() && effects.assigns {
            return slow("such a change of a variable", *position);
        }
        self.does(effects);
        self.steps += steps;
        self.node();
        let (of, slot, constant) = self.variable(&variable.1, *position)?;
        if constant {
            return slow("setting a constant", *position);
        }
        let value = match operation.get_op_assignment_info() {
            None => value,
            Some((.., symbol)) => match Operator::of(symbol) {
                Some(operator) => binary(operator, Code::local(of, slot), value, symbol, operation.position())?,
                None => return slow(format!("the operator `{symbol}=`"), operation.position()),
            },
        };
        if unified(of, value.gives()) != of {
            return slow(format!("`{}`, which holds values of different types", variable.1), *position);
        }
        Ok(Code::Unit(Eval::Run(store(fitted(value, of), slot))))
    }

    fn returned(&mut self, value: Option<&Expr>) -> Compiles<Code> {
        let value = match value {
            Some(value) => self.value(value)?,
            None => Code::Unit(Eval::Const(())),
        };
        self.learnt = unified(self.learnt, value.gives());
        let run = match self.returns {
            Some((of, slot)) => store(fitted(value, of), slot),
            None => value.for_effect(),
        };
        Ok(Code::Never(Box::new(move |machine: &mut Machine<'_>| {
            run(machine)?;
            Err(machine.leaves(Leave::Return))
        })))
    }
}

/// Runs one piece after the other.
fn one_after_the_other(mut runs: Vec<Run<()>>) -> Run<()> {
    match runs.len() {
        1 => runs.remove(0),
        2 => {
            let second = runs.remove(1);
            let first = runs.remove(0);
            Box::new(move |machine: &mut Machine<'_>| {
                first(machine)?;
                second(machine)
            })
        }
        _ => Box::new(move |machine: &mut Machine<'_>| {
            for run in &runs {
                run(machine)?;
            }
            Ok(())
        }),
    }
}

/// One of two branches.
pub(super) fn either(condition: Eval<bool>, body: Code, branch: Code, wanted: bool) -> Code {
    let of = unified(body.gives(), branch.gives());
    if let (false, Code::Unit(Eval::Const(()))) = (wanted, &branch) {
        let body = body.for_effect();
        return Code::Unit(Eval::run(move |machine| if condition.get(machine)? { body(machine) } else { Ok(()) }));
    }
    if of == Type::Never || !wanted {
        let (body, branch) = (body.for_effect(), branch.for_effect());
        let run: Run<()> = Box::new(
            move |machine: &mut Machine<'_>| {
                if condition.get(machine)? { body(machine) } else { branch(machine) }
            },
        );
        return if of == Type::Never { Code::Never(run) } else { Code::Unit(Eval::Run(run)) };
    }
    fn chosen<T: Value>(condition: Eval<bool>, body: Eval<T>, branch: Option<Eval<T>>) -> Eval<T> {
        let branch = branch.expect("both branches were made to give one type");
        Eval::run(move |machine| if condition.get(machine)? { body.get(machine) } else { branch.get(machine) })
    }
    let (body, branch) = (fitted(body, of), fitted(branch, of));
    match body {
        Code::List(body, item) => Code::List(chosen(condition, body, Value::of(branch)), item),
        body => each_code!(body, eval => Value::code(chosen(condition, eval, Value::of(branch)))),
    }
}
