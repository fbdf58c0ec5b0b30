//! The second half of the symbol table: over the scopes, from the module inwards, each name
//! is found to be local, cell, free or global.

use super::error::ErrorKind;
use super::lower::{Fail, fail};
use super::symtab::{Block, Place, Scope, Symbol, seen};
use super::tree::{Interner, ScopeId, Sym};

/// Decides the place of every name of every scope.
pub(super) fn resolve(
    scopes: &mut [Option<Scope>],
    names: &Interner,
    class_name: Sym,
) -> Result<(), Fail> {
    let mut analysis = Analysis {
        scopes,
        names,
        class_name,
    };
    analysis.block(0)?;
    Ok(())
}

struct Analysis<'a> {
    scopes: &'a mut [Option<Scope>],
    names: &'a Interner,
    class_name: Sym,
}

impl Analysis<'_> {
    fn get(&mut self, id: ScopeId) -> &mut Scope {
        match &mut self.scopes[id] {
            Some(s) => s,
            None => unreachable!("children are entered scopes"),
        }
    }

    /// Whether some function around `id` binds the name for the scopes inside it.
    fn bound_outside(&self, id: ScopeId, name: Sym) -> bool {
        let mut at = self.scopes[id].as_ref().and_then(|s| s.parent);
        while let Some(scope) = at.and_then(|p| self.scopes[p].as_ref()) {
            match scope.block {
                Block::Function => {
                    let seen = scope.symbols.get(&name).map_or(0, |s| s.seen);
                    if seen & seen::GLOBAL != 0 {
                        return false;
                    }
                    if seen & seen::BOUND != 0 && seen & seen::NONLOCAL == 0 {
                        return true;
                    }
                }
                // What a class binds is not seen inside its methods, but for `__class__`.
                Block::Class => {
                    if name == self.class_name {
                        return true;
                    }
                }
                Block::Module => return false,
            }
            at = scope.parent;
        }
        false
    }

    /// Decides the places of a scope's names and those inside; returns the names free in it.
    fn block(&mut self, id: ScopeId) -> Result<Vec<Sym>, Fail> {
        let scope = self.get(id);
        let block = scope.block;
        let mut list: Vec<(Sym, u16)> = scope.symbols.iter().map(|(&n, s)| (n, s.seen)).collect();
        // In a fixed order, so that the first of several errors is always the same one.
        list.sort();
        let mut free = Vec::new();
        for (name, seen) in list {
            let place = if seen & seen::GLOBAL != 0 {
                if seen & seen::NONLOCAL != 0 {
                    return self
                        .at_directive(id, name, |n| format!("name '{n}' is nonlocal and global"));
                }
                Place::GlobalExplicit
            } else if seen & seen::NONLOCAL != 0 {
                if block == Block::Module {
                    return self.at_directive(id, name, |_| {
                        "nonlocal declaration not allowed at module level".into()
                    });
                }
                if !self.bound_outside(id, name) {
                    return self.at_directive(id, name, |n| {
                        format!("no binding for nonlocal '{n}' found")
                    });
                }
                Place::Free
            } else if seen & seen::BOUND != 0 {
                Place::Local
            } else if block != Block::Module && self.bound_outside(id, name) {
                Place::Free
            } else {
                Place::GlobalImplicit
            };
            if place == Place::Free {
                free.push(name);
            }
            if let Some(s) = self.get(id).symbols.get_mut(&name) {
                s.place = Some(place);
            }
        }
        let children = std::mem::take(&mut self.get(id).children);
        let mut wanted = std::collections::BTreeSet::new();
        for c in children {
            wanted.extend(self.block(c)?);
        }
        let class_name = self.class_name;
        let scope = self.get(id);
        for name in wanted {
            match block {
                Block::Class if name == class_name => {
                    scope.needs_class = true;
                    continue;
                }
                Block::Function | Block::Class | Block::Module => {}
            }
            match scope.symbols.get_mut(&name) {
                Some(s) if block == Block::Function && s.place == Some(Place::Local) => {
                    s.place = Some(Place::Cell);
                    continue;
                }
                Some(s) => {
                    if block == Block::Class && s.seen & (seen::BOUND | seen::GLOBAL) != 0 {
                        s.seen |= seen::FREE_CLASS;
                    }
                }
                None => {
                    scope.symbols.insert(
                        name,
                        Symbol {
                            seen: 0,
                            place: Some(Place::Free),
                        },
                    );
                }
            }
            free.push(name);
        }
        Ok(free)
    }

    fn at_directive<T>(
        &mut self,
        id: ScopeId,
        name: Sym,
        msg: impl Fn(&str) -> String,
    ) -> Result<T, Fail> {
        let text = self.names.name(name);
        let scope = self.get(id);
        let loc = scope
            .directives
            .iter()
            .find(|d| d.0 == name)
            .map_or(scope.loc, |d| d.1);
        fail(ErrorKind::Syntax, loc, msg(&text))
    }
}
