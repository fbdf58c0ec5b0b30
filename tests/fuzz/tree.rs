//! A program as a tree of lines and expressions, so that it can be made smaller part by part.

/// Text with expressions in it.
#[derive(Clone, Debug, Default)]
pub struct Expr {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Sub(Expr),
}

/// A line, and what is indented below it. `else`, `except` and their like are lines of their own,
/// behind the one they belong to.
#[derive(Clone, Debug)]
pub struct Stmt {
    pub head: Expr,
    /// None: a simple statement.
    pub body: Option<Vec<Stmt>>,
}

/// Fills the `$`s of a pattern.
pub fn ex(pattern: &str, subs: impl IntoIterator<Item = Expr>) -> Expr {
    let mut subs = subs.into_iter();
    let mut e = Expr::default();
    for (i, text) in pattern.split('$').enumerate() {
        if i > 0
            && let Some(s) = subs.next()
        {
            e.parts.push(Part::Sub(s));
        }
        if !text.is_empty() {
            e.parts.push(Part::Text(text.into()));
        }
    }
    e
}

/// An expression without parts.
pub fn text(t: impl Into<String>) -> Expr {
    Expr {
        parts: vec![Part::Text(t.into())],
    }
}

/// Expressions with `, ` between them.
pub fn list(all: impl IntoIterator<Item = Expr>) -> Expr {
    let mut e = Expr::default();
    for x in all {
        if !e.parts.is_empty() {
            e.parts.push(Part::Text(", ".into()));
        }
        e.parts.push(Part::Sub(x));
    }
    e
}

impl Expr {
    pub fn write(&self, out: &mut String) {
        for p in &self.parts {
            match p {
                Part::Text(t) => out.push_str(t),
                Part::Sub(e) => e.write(out),
            }
        }
    }
    pub fn show(&self) -> String {
        let mut s = String::new();
        self.write(&mut s);
        s
    }
    /// Whether any of its text holds this.
    pub fn has(&self, what: &str) -> bool {
        self.parts.iter().any(|p| match p {
            Part::Text(t) => t.contains(what),
            Part::Sub(e) => e.has(what),
        })
    }
    /// Its direct sub-expressions.
    pub fn subs(&self) -> impl Iterator<Item = &Expr> {
        self.parts.iter().filter_map(|p| match p {
            Part::Text(_) => None,
            Part::Sub(e) => Some(e),
        })
    }
    fn subs_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        self.parts.iter_mut().filter_map(|p| match p {
            Part::Text(_) => None,
            Part::Sub(e) => Some(e),
        })
    }
    /// Calls `f` with the way to each sub-expression, outer ones first.
    pub fn each(&self, path: &mut Vec<usize>, f: &mut dyn FnMut(&[usize], &Expr)) {
        for (i, e) in self.subs().enumerate() {
            path.push(i);
            f(path, e);
            e.each(path, f);
            path.pop();
        }
    }
    pub fn at(&mut self, path: &[usize]) -> Option<&mut Expr> {
        match path.split_first() {
            None => Some(self),
            Some((&i, rest)) => self.subs_mut().nth(i)?.at(rest),
        }
    }
}

impl Stmt {
    pub fn simple(head: Expr) -> Stmt {
        Stmt { head, body: None }
    }
    pub fn line(t: impl Into<String>) -> Stmt {
        Stmt::simple(text(t))
    }
    pub fn block(head: Expr, body: Vec<Stmt>) -> Stmt {
        Stmt {
            head,
            body: Some(body),
        }
    }
    /// Whether it goes on with what an earlier line began.
    pub fn is_clause(&self) -> bool {
        let h = self.head.show();
        ["else", "elif ", "except", "finally"]
            .iter()
            .any(|k| h.starts_with(k))
    }
    fn write(&self, depth: usize, out: &mut String) {
        for _ in 0..depth {
            out.push_str("    ");
        }
        self.head.write(out);
        match &self.body {
            None => out.push('\n'),
            Some(b) => {
                out.push_str(":\n");
                if b.is_empty() {
                    out.push_str(&"    ".repeat(depth + 1));
                    out.push_str("pass\n");
                }
                for s in b {
                    s.write(depth + 1, out);
                }
            }
        }
    }
}

/// The text of a program.
pub fn source(program: &[Stmt]) -> String {
    let mut out = String::new();
    for s in program {
        s.write(0, &mut out);
    }
    out
}

/// Reads a program that is indented by fours and has one statement a line, for what is written by hand.
pub fn parse(source: &str) -> Vec<Stmt> {
    let mut open: Vec<Vec<Stmt>> = vec![Vec::new()];
    let close = |open: &mut Vec<Vec<Stmt>>, depth: usize| {
        while open.len() > depth + 1 {
            let body = open.pop();
            let owner = open.last_mut().and_then(|l| l.last_mut());
            if let (Some(b), Some(o)) = (body, owner) {
                o.body = Some(b);
            }
        }
    };
    for l in source.lines().filter(|l| !l.trim().is_empty()) {
        let depth = (l.len() - l.trim_start().len()) / 4;
        while open.len() <= depth {
            open.push(Vec::new());
        }
        close(&mut open, depth);
        let t = l.trim();
        let s = match t.strip_suffix(':') {
            Some(h) => Stmt::block(text(h), Vec::new()),
            None => Stmt::line(t),
        };
        open[depth].push(s);
    }
    close(&mut open, 0);
    open.pop().unwrap_or_default()
}

/// The lists of statements in a program, each by its way from the root; inner ones first.
pub fn lists(program: &[Stmt]) -> Vec<Vec<usize>> {
    fn walk(all: &[Stmt], path: &mut Vec<usize>, out: &mut Vec<Vec<usize>>) {
        for (i, s) in all.iter().enumerate() {
            if let Some(b) = &s.body {
                path.push(i);
                walk(b, path, out);
                path.pop();
            }
        }
        out.push(path.clone());
    }
    let mut out = Vec::new();
    walk(program, &mut Vec::new(), &mut out);
    out
}

/// The list at the end of this way.
pub fn list_at<'a>(program: &'a mut Vec<Stmt>, path: &[usize]) -> Option<&'a mut Vec<Stmt>> {
    match path.split_first() {
        None => Some(program),
        Some((&i, rest)) => list_at(program.get_mut(i)?.body.as_mut()?, rest),
    }
}
