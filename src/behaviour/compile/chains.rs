//! Chains of dots and indices: `me.uses(..).on(..)`, `me.products[0]`.
//!
//! Rhai's engine evaluates the arguments of all links before it asks for what the chain starts with. Compiled code goes along the
//! chain, which is the same unless two pieces that change places both draw, plan or set variables; such chains aren't compiled.

use rhai::{ASTFlags, Expr, Position};

use super::compiler::{Compiler, Compiles, slow};
use super::given;
use super::value::{Code, Type};
use crate::behaviour::natives::Effects;

/// One link of a chain.
enum Link<'e> {
    Property(&'e str, Position),
    Call(&'e rhai::FnCallExpr, Position),
    Index(&'e Expr, Position),
}

impl Compiler<'_> {
    /// A chain.
    pub fn chain(&mut self, expr: &Expr) -> Compiles<Code> {
        let (start, links) = links(expr)?;
        let before = std::mem::take(&mut self.effects);
        let mut code = self.value(start)?;
        // What has been done along the chain, and would come after the arguments yet to come.
        let mut done = self.effects;
        let mut all = done;
        for link in links {
            self.node();
            self.node();
            self.effects = Effects::NONE;
            let (args, place) = match &link {
                Link::Property(_, place) => (Vec::new(), *place),
                Link::Call(call, place) => (self.arguments(&call.args)?.0, *place),
                Link::Index(index, place) => (vec![self.value(index)?], *place),
            };
            if !self.effects.commute(done) {
                return slow("a chain of calls whose order matters", place);
            }
            let arguments = std::mem::take(&mut self.effects);
            code = match link {
                Link::Property(name, place) => self.property(code, name, place)?,
                Link::Call(call, place) => self.method(code, &call.name, args, place)?,
                Link::Index(..) => indexed(code, args, place)?,
            };
            done = done.and(self.effects);
            all = all.and(arguments).and(self.effects);
        }
        self.effects = before.and(all);
        Ok(code)
    }

    fn method(&mut self, receiver: Code, name: &str, args: Vec<Code>, place: Position) -> Compiles<Code> {
        if self.functions.contains_key(&(name.to_owned(), args.len())) {
            return slow("a function of the script called as a method", place);
        }
        let all = std::iter::once(receiver).chain(args).collect();
        self.word(name, all, place)
    }

    fn property(&mut self, of: Code, name: &str, place: Position) -> Compiles<Code> {
        let gives = of.gives();
        if gives == Type::Me
            && let Some(value) = self.given.get(name)
        {
            return Ok(given::constant(value));
        }
        if gives == Type::Me
            && let Some(state) = self.states.get(name)
        {
            let code = state.read();
            // Nothing that may set it changes places with it.
            self.does(Effects::ACTS);
            return Ok(code);
        }
        let natives = self.table.properties.get(name);
        let native = natives.and_then(|natives| natives.iter().find(|native| native.takes == [gives]));
        match native {
            Some(native) => Ok((native.compile)(vec![of])),
            None => slow(format!("the property `{name}`"), place),
        }
    }
}

/// What a chain starts with, and its links.
fn links(expr: &Expr) -> Compiles<(&Expr, Vec<Link<'_>>)> {
    let mut links = Vec::new();
    let (start, mut next, mut dot) = match expr {
        Expr::Dot(chain, flags, place) => (&chain.lhs, (&chain.rhs, *flags, *place), true),
        Expr::Index(chain, flags, place) => (&chain.lhs, (&chain.rhs, *flags, *place), false),
        other => return slow("this chain", other.position()),
    };
    loop {
        let (expr, flags, place) = next;
        if flags.contains(ASTFlags::NEGATED) {
            return slow("`?.` and `?[`", place);
        }
        let stops = flags.contains(ASTFlags::BREAK);
        let (link, rest) = match expr {
            Expr::Dot(chain, flags, place) if !stops => (&chain.lhs, Some(((&chain.rhs, *flags, *place), true))),
            Expr::Index(chain, flags, place) if !stops => (&chain.lhs, Some(((&chain.rhs, *flags, *place), false))),
            last => (last, None),
        };
        links.push(match link {
            Expr::Property(property, place) if dot => Link::Property(&property.2, *place),
            Expr::MethodCall(call, place) if dot => Link::Call(call, *place),
            index if !dot => Link::Index(index, place),
            other => return slow("this chain", other.position()),
        });
        match rest {
            Some((following, is_dot)) => (next, dot) = (following, is_dot),
            None => return Ok((start, links)),
        }
    }
}

/// An item of a list; a negative index counts from the end.
fn indexed(list: Code, index: Vec<Code>, place: Position) -> Compiles<Code> {
    match (list, index.into_iter().next()) {
        (Code::List(list, item), Some(Code::Int(index))) => Ok(item.at(list, index)),
        _ => slow("`[..]` of other than a list", place),
    }
}
