//! CPython 3.8's grammar, as far as to say which token is the first that it does not take.
//!
//! Its parser looks at one token and knows what to do: what it complains of is the first token that no program
//! has after the ones before. Any parser of the same grammar that never goes back stops there, too; ruff's, whose
//! errors say what is missing or too much, does not. It runs on sources that have an error only, and over a token
//! list that `nest` has bounded.

use ruff_python_ast::token::{Token, TokenKind as T};
use ruff_text_size::Ranged;

/// Goes on, or stops at the current token.
type G = Option<()>;

/// The start of the first token that the grammar does not take.
pub(super) fn stops_at(tokens: &[Token], expression: bool) -> Option<usize> {
    let mut p = Grammar {
        list: tokens,
        at: 0,
    };
    p.skip();
    let done = match expression {
        true => p.eval_input(),
        false => p.file_input(),
    };
    match done {
        Some(()) => None,
        None => p.list.get(p.at).map(|t| t.start().to_usize()),
    }
}

struct Grammar<'a> {
    list: &'a [Token],
    at: usize,
}

impl Grammar<'_> {
    fn kind(&self) -> T {
        self.list.get(self.at).map_or(T::EndOfFile, Token::kind)
    }
    /// Over what the grammar does not see.
    fn skip(&mut self) {
        while matches!(self.kind(), T::Comment | T::NonLogicalNewline) {
            self.at += 1;
        }
    }
    fn go(&mut self) {
        if self.at < self.list.len() {
            self.at += 1;
        }
        self.skip();
    }
    fn eat(&mut self, k: T) -> bool {
        let is = self.kind() == k;
        if is {
            self.go();
        }
        is
    }
    fn need(&mut self, k: T) -> G {
        self.eat(k).then_some(())
    }
    fn is_name(&self) -> bool {
        matches!(
            self.kind(),
            T::Name | T::Case | T::Match | T::Type | T::Lazy
        )
    }
    fn name(&mut self) -> G {
        if !self.is_name() {
            return None;
        }
        self.go();
        Some(())
    }
    fn starts_expr(&self) -> bool {
        self.is_name()
            || matches!(
                self.kind(),
                T::Int
                    | T::Float
                    | T::Complex
                    | T::String
                    | T::FStringStart
                    | T::Lpar
                    | T::Lsqb
                    | T::Lbrace
                    | T::Ellipsis
                    | T::None
                    | T::True
                    | T::False
                    | T::Plus
                    | T::Minus
                    | T::Tilde
                    | T::Await
            )
    }
    fn starts_test(&self) -> bool {
        self.starts_expr() || matches!(self.kind(), T::Not | T::Lambda)
    }

    fn file_input(&mut self) -> G {
        while self.kind() != T::EndOfFile {
            if !self.eat(T::Newline) {
                self.stmt()?;
            }
        }
        Some(())
    }
    fn eval_input(&mut self) -> G {
        self.testlist()?;
        while self.eat(T::Newline) {}
        (self.kind() == T::EndOfFile).then_some(())
    }

    fn stmt(&mut self) -> G {
        match self.kind() {
            T::If => {
                self.headed(Self::named)?;
                while self.kind() == T::Elif {
                    self.headed(Self::named)?;
                }
                self.or_else()
            }
            T::While => {
                self.headed(Self::named)?;
                self.or_else()
            }
            T::For => self.for_stmt(),
            T::Try => self.try_stmt(),
            T::With => self.with_stmt(),
            T::Def => self.def(),
            T::Class => self.class(),
            T::At => self.decorated(),
            T::Async => {
                self.go();
                match self.kind() {
                    T::Def => self.def(),
                    T::With => self.with_stmt(),
                    T::For => self.for_stmt(),
                    _other => None,
                }
            }
            _simple => self.simple(),
        }
    }
    /// A keyword, something, and a suite.
    fn headed(&mut self, head: fn(&mut Self) -> G) -> G {
        self.go();
        head(self)?;
        self.suite()
    }
    fn or_else(&mut self) -> G {
        match self.kind() {
            T::Else => self.headed(|_| Some(())),
            _none => Some(()),
        }
    }
    fn suite(&mut self) -> G {
        self.need(T::Colon)?;
        if !self.eat(T::Newline) {
            return self.simple();
        }
        self.need(T::Indent)?;
        self.stmt()?;
        while !self.eat(T::Dedent) {
            self.stmt()?;
        }
        Some(())
    }
    fn for_stmt(&mut self) -> G {
        self.go();
        self.exprlist()?;
        self.need(T::In)?;
        self.testlist()?;
        self.suite()?;
        self.or_else()
    }
    fn try_stmt(&mut self) -> G {
        self.headed(|_| Some(()))?;
        if self.kind() == T::Finally {
            return self.headed(|_| Some(()));
        }
        if self.kind() != T::Except {
            return None;
        }
        while self.eat(T::Except) {
            if self.starts_test() {
                self.test()?;
                if self.eat(T::As) {
                    self.name()?;
                }
            }
            self.suite()?;
        }
        self.or_else()?;
        match self.kind() {
            T::Finally => self.headed(|_| Some(())),
            _none => Some(()),
        }
    }
    fn with_stmt(&mut self) -> G {
        self.go();
        loop {
            self.test()?;
            if self.eat(T::As) {
                self.expr()?;
            }
            if !self.eat(T::Comma) {
                return self.suite();
            }
        }
    }
    fn decorated(&mut self) -> G {
        while self.eat(T::At) {
            self.dotted()?;
            if self.eat(T::Lpar) {
                self.arguments()?;
            }
            self.need(T::Newline)?;
        }
        match self.kind() {
            T::Class => self.class(),
            T::Def => self.def(),
            T::Async => {
                self.go();
                match self.kind() {
                    T::Def => self.def(),
                    _other => None,
                }
            }
            _other => None,
        }
    }
    fn class(&mut self) -> G {
        self.go();
        self.name()?;
        if self.eat(T::Lpar) {
            self.arguments()?;
        }
        self.suite()
    }
    fn def(&mut self) -> G {
        self.go();
        self.name()?;
        self.need(T::Lpar)?;
        self.parameters(T::Rpar)?;
        self.need(T::Rpar)?;
        if self.eat(T::Rarrow) {
            self.test()?;
        }
        self.suite()
    }
    /// Those of a `def`, which may have annotations, or of a `lambda`, up to this token.
    fn parameters(&mut self, end: T) -> G {
        let (mut plain, mut slash, mut star) = (false, false, false);
        while self.kind() != end {
            match self.kind() {
                T::DoubleStar => {
                    self.go();
                    self.parameter(end)?;
                    self.eat(T::Comma);
                    return Some(());
                }
                T::Star if !star => {
                    self.go();
                    star = true;
                    if self.is_name() {
                        self.parameter(end)?;
                    }
                }
                T::Slash if plain && !slash && !star => {
                    self.go();
                    slash = true;
                }
                _name => {
                    self.parameter(end)?;
                    if self.eat(T::Equal) {
                        self.test()?;
                    }
                    plain = true;
                }
            }
            if !self.eat(T::Comma) {
                break;
            }
        }
        Some(())
    }
    fn parameter(&mut self, end: T) -> G {
        self.name()?;
        if end == T::Rpar && self.eat(T::Colon) {
            self.test()?;
        }
        Some(())
    }

    fn simple(&mut self) -> G {
        loop {
            self.small()?;
            if !self.eat(T::Semi) {
                return self.need(T::Newline);
            }
            if self.eat(T::Newline) {
                return Some(());
            }
        }
    }
    fn small(&mut self) -> G {
        match self.kind() {
            T::Del => {
                self.go();
                self.exprlist()
            }
            T::Pass | T::Break | T::Continue => {
                self.go();
                Some(())
            }
            T::Return => {
                self.go();
                match self.starts_test() || self.kind() == T::Star {
                    true => self.star_list(),
                    false => Some(()),
                }
            }
            T::Raise => {
                self.go();
                if self.starts_test() {
                    self.test()?;
                    if self.eat(T::From) {
                        self.test()?;
                    }
                }
                Some(())
            }
            T::Import => {
                self.go();
                loop {
                    self.dotted()?;
                    self.as_name()?;
                    if !self.eat(T::Comma) {
                        return Some(());
                    }
                }
            }
            T::From => self.import_from(),
            T::Global | T::Nonlocal => {
                self.go();
                loop {
                    self.name()?;
                    if !self.eat(T::Comma) {
                        return Some(());
                    }
                }
            }
            T::Assert => {
                self.go();
                self.test()?;
                match self.eat(T::Comma) {
                    true => self.test(),
                    false => Some(()),
                }
            }
            T::Yield => self.yields(),
            _expression => {
                self.star_list()?;
                self.assigned()
            }
        }
    }
    /// What may follow the first part of an expression statement.
    fn assigned(&mut self) -> G {
        match self.kind() {
            T::Colon => {
                self.go();
                self.test()?;
                match self.eat(T::Equal) {
                    true => self.yields_or(Self::star_list),
                    false => Some(()),
                }
            }
            k if is_augmented(k) => {
                self.go();
                self.yields_or(Self::testlist)
            }
            _end => {
                while self.eat(T::Equal) {
                    self.yields_or(Self::star_list)?;
                }
                Some(())
            }
        }
    }
    fn yields_or(&mut self, other: fn(&mut Self) -> G) -> G {
        match self.kind() {
            T::Yield => self.yields(),
            _other => other(self),
        }
    }
    fn yields(&mut self) -> G {
        self.go();
        if self.eat(T::From) {
            return self.test();
        }
        match self.starts_test() || self.kind() == T::Star {
            true => self.star_list(),
            false => Some(()),
        }
    }
    fn dotted(&mut self) -> G {
        self.name()?;
        while self.eat(T::Dot) {
            self.name()?;
        }
        Some(())
    }
    fn as_name(&mut self) -> G {
        match self.eat(T::As) {
            true => self.name(),
            false => Some(()),
        }
    }
    fn import_from(&mut self) -> G {
        self.go();
        let mut dots = false;
        while self.eat(T::Dot) || self.eat(T::Ellipsis) {
            dots = true;
        }
        if !dots || self.is_name() {
            self.dotted()?;
        }
        self.need(T::Import)?;
        if self.eat(T::Star) {
            return Some(());
        }
        let inside = self.eat(T::Lpar);
        loop {
            self.name()?;
            self.as_name()?;
            if !self.eat(T::Comma) || !self.is_name() {
                break;
            }
        }
        match inside {
            true => self.need(T::Rpar),
            false => Some(()),
        }
    }

    /// Items of a kind with commas between, and maybe one behind.
    fn list(&mut self, starts: fn(&Self) -> bool, item: fn(&mut Self) -> G) -> G {
        loop {
            item(self)?;
            if !self.eat(T::Comma) || !starts(self) {
                return Some(());
            }
        }
    }
    fn testlist(&mut self) -> G {
        self.list(Self::starts_test, Self::test)
    }
    fn star_list(&mut self) -> G {
        self.list(Self::starts_star_test, |g| g.starred(Self::test))
    }
    fn exprlist(&mut self) -> G {
        let starts = |g: &Self| g.starts_expr() || g.kind() == T::Star;
        self.list(starts, |g| g.starred(Self::expr))
    }
    fn starts_star_test(&self) -> bool {
        self.starts_test() || self.kind() == T::Star
    }
    fn starred(&mut self, other: fn(&mut Self) -> G) -> G {
        match self.eat(T::Star) {
            true => self.expr(),
            false => other(self),
        }
    }
    fn named(&mut self) -> G {
        self.test()?;
        match self.eat(T::ColonEqual) {
            true => self.test(),
            false => Some(()),
        }
    }
    fn test(&mut self) -> G {
        loop {
            if self.kind() == T::Lambda {
                self.lambda_head()?;
                continue;
            }
            self.or_test()?;
            if !self.eat(T::If) {
                return Some(());
            }
            self.or_test()?;
            self.need(T::Else)?;
        }
    }
    fn lambda_head(&mut self) -> G {
        self.go();
        self.parameters(T::Colon)?;
        self.need(T::Colon)
    }
    fn test_nocond(&mut self) -> G {
        while self.kind() == T::Lambda {
            self.lambda_head()?;
        }
        self.or_test()
    }
    /// Operators of every level between operands: the grammar takes any of them wherever it takes one, but for
    /// `not`, which stands before a comparison only.
    fn or_test(&mut self) -> G {
        loop {
            while self.eat(T::Not) {}
            loop {
                self.expr()?;
                if !self.comparison()? {
                    break;
                }
            }
            if !self.eat(T::And) && !self.eat(T::Or) {
                return Some(());
            }
        }
    }
    fn comparison(&mut self) -> Option<bool> {
        match self.kind() {
            T::Less
            | T::Greater
            | T::EqEqual
            | T::NotEqual
            | T::LessEqual
            | T::GreaterEqual
            | T::In => self.go(),
            T::Not => {
                self.go();
                self.need(T::In)?;
            }
            T::Is => {
                self.go();
                self.eat(T::Not);
            }
            _other => return Some(false),
        }
        Some(true)
    }
    fn expr(&mut self) -> G {
        loop {
            while matches!(self.kind(), T::Plus | T::Minus | T::Tilde) {
                self.go();
            }
            self.eat(T::Await);
            self.atom()?;
            self.trailers()?;
            match self.kind() {
                T::Vbar
                | T::CircumFlex
                | T::Amper
                | T::LeftShift
                | T::RightShift
                | T::Plus
                | T::Minus
                | T::Star
                | T::Slash
                | T::Percent
                | T::DoubleSlash
                | T::At
                | T::DoubleStar => self.go(),
                _other => return Some(()),
            }
        }
    }
    fn trailers(&mut self) -> G {
        loop {
            match self.kind() {
                T::Lpar => {
                    self.go();
                    self.arguments()?;
                }
                T::Lsqb => {
                    self.go();
                    let starts = |g: &Self| g.starts_test() || g.kind() == T::Colon;
                    self.list(starts, Self::subscript)?;
                    self.need(T::Rsqb)?;
                }
                T::Dot => {
                    self.go();
                    self.name()?;
                }
                _other => return Some(()),
            }
        }
    }
    fn subscript(&mut self) -> G {
        if self.kind() != T::Colon {
            self.test()?;
        }
        for _ in 0..2 {
            if !self.eat(T::Colon) {
                break;
            }
            if self.starts_test() {
                self.test()?;
            }
        }
        Some(())
    }
    fn atom(&mut self) -> G {
        match self.kind() {
            T::Lpar => {
                self.go();
                match self.kind() {
                    T::Rpar => {}
                    T::Yield => self.yields()?,
                    _items => self.items()?,
                }
                self.need(T::Rpar)
            }
            T::Lsqb => {
                self.go();
                if self.kind() != T::Rsqb {
                    self.items()?;
                }
                self.need(T::Rsqb)
            }
            T::Lbrace => {
                self.go();
                if self.kind() != T::Rbrace {
                    self.dict_or_set()?;
                }
                self.need(T::Rbrace)
            }
            T::String | T::FStringStart => {
                while self.string() {}
                Some(())
            }
            T::Int | T::Float | T::Complex | T::Ellipsis | T::None | T::True | T::False => {
                self.go();
                Some(())
            }
            _other => self.name(),
        }
    }
    /// One string; an f-string with all that is in it.
    fn string(&mut self) -> bool {
        if self.eat(T::String) {
            return true;
        }
        if self.kind() != T::FStringStart {
            return false;
        }
        let mut depth = 0;
        while self.at < self.list.len() {
            depth += (self.kind() == T::FStringStart) as i32;
            depth -= (self.kind() == T::FStringEnd) as i32;
            if depth == 0 {
                break;
            }
            self.at += 1;
        }
        self.go();
        true
    }
    fn items(&mut self) -> G {
        self.starred(Self::named)?;
        if self.starts_for() {
            return self.comp_for();
        }
        match self.eat(T::Comma) && self.starts_star_test() {
            true => self.list(Self::starts_star_test, |g| g.starred(Self::named)),
            false => Some(()),
        }
    }
    fn dict_or_set(&mut self) -> G {
        if self.kind() == T::Star {
            self.starred(Self::test)?;
            return self.more_of(Self::starts_star_test, |g| g.starred(Self::test));
        }
        if self.kind() != T::DoubleStar {
            self.test()?;
            if self.kind() != T::Colon {
                return self.more_of(Self::starts_star_test, |g| g.starred(Self::test));
            }
            self.go();
            self.test()?;
        } else {
            self.go();
            self.expr()?;
        }
        let starts = |g: &Self| g.starts_test() || g.kind() == T::DoubleStar;
        self.more_of(starts, |g| {
            if g.eat(T::DoubleStar) {
                return g.expr();
            }
            g.test()?;
            g.need(T::Colon)?;
            g.test()
        })
    }
    /// What follows the first item of a display.
    fn more_of(&mut self, starts: fn(&Self) -> bool, item: fn(&mut Self) -> G) -> G {
        if self.starts_for() {
            return self.comp_for();
        }
        match self.eat(T::Comma) && starts(self) {
            true => self.list(starts, item),
            false => Some(()),
        }
    }
    fn starts_for(&self) -> bool {
        matches!(self.kind(), T::For | T::Async)
    }
    fn comp_for(&mut self) -> G {
        loop {
            if self.starts_for() {
                self.eat(T::Async);
                self.need(T::For)?;
                self.exprlist()?;
                self.need(T::In)?;
                self.or_test()?;
            } else if self.eat(T::If) {
                self.test_nocond()?;
            } else {
                return Some(());
            }
        }
    }
    /// Arguments and the bracket behind them.
    fn arguments(&mut self) -> G {
        while self.kind() != T::Rpar {
            if self.eat(T::Star) || self.eat(T::DoubleStar) {
                self.test()?;
            } else {
                self.test()?;
                if self.starts_for() {
                    self.comp_for()?;
                } else if self.eat(T::ColonEqual) || self.eat(T::Equal) {
                    self.test()?;
                }
            }
            if !self.eat(T::Comma) {
                break;
            }
        }
        self.need(T::Rpar)
    }
}

fn is_augmented(k: T) -> bool {
    matches!(
        k,
        T::PlusEqual
            | T::MinusEqual
            | T::StarEqual
            | T::SlashEqual
            | T::PercentEqual
            | T::AmperEqual
            | T::VbarEqual
            | T::CircumflexEqual
            | T::LeftShiftEqual
            | T::RightShiftEqual
            | T::DoubleStarEqual
            | T::DoubleSlashEqual
            | T::AtEqual
    )
}
