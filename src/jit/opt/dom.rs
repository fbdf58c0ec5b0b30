//! Dominators and natural loops: analyses that passes share.

use crate::jit::ssa::func::Func;
use crate::jit::ssa::types::Block;

/// The dominator tree over the blocks that can be reached.
pub struct Dom {
    /// Reverse post-order.
    pub rpo: Vec<Block>,
    /// Position in `rpo`, or `u32::MAX`.
    number: Vec<u32>,
    /// Immediate dominator by position; the entry's is itself.
    idom: Vec<u32>,
    /// Entry and exit time of each position in a walk of the tree.
    span: Vec<(u32, u32)>,
    /// Reached predecessors, once for each edge, by block.
    pub preds: Vec<Vec<Block>>,
}

impl Dom {
    pub fn new(f: &Func) -> Dom {
        let rpo = f.rpo();
        let n = rpo.len();
        let mut number = vec![u32::MAX; f.blocks.len()];
        for (i, b) in rpo.iter().enumerate() {
            number[b.index()] = i as u32;
        }
        let mut preds = vec![Vec::new(); f.blocks.len()];
        for &b in &rpo {
            for s in f.succs(b) {
                preds[s.index()].push(b);
            }
        }
        let mut idom = vec![u32::MAX; n];
        if n > 0 {
            idom[0] = 0;
        }
        let mut again = n > 0;
        while again {
            again = false;
            for i in 1..n {
                let mut new = u32::MAX;
                for p in &preds[rpo[i].index()] {
                    let mut a = number[p.index()];
                    if idom[a as usize] == u32::MAX {
                        continue;
                    }
                    if new == u32::MAX {
                        new = a;
                        continue;
                    }
                    while a != new {
                        while a > new {
                            a = idom[a as usize];
                        }
                        while new > a {
                            new = idom[new as usize];
                        }
                    }
                }
                if idom[i] != new {
                    idom[i] = new;
                    again = true;
                }
            }
        }
        let mut d = Dom {
            rpo,
            number,
            idom,
            span: vec![(0, 0); n],
            preds,
        };
        let mut clock = 0;
        let kids = d.children();
        let mut work = vec![(0usize, 0usize)];
        while let Some((b, k)) = work.last_mut() {
            if n == 0 {
                break;
            }
            if *k == 0 {
                d.span[*b].0 = clock;
                clock += 1;
            }
            match kids[*b].get(*k) {
                Some(&c) => {
                    *k += 1;
                    work.push((c as usize, 0));
                }
                None => {
                    d.span[*b].1 = clock;
                    clock += 1;
                    work.pop();
                }
            }
        }
        d
    }

    /// Children in the tree, by position.
    pub fn children(&self) -> Vec<Vec<u32>> {
        let mut kids = vec![Vec::new(); self.rpo.len()];
        for (i, &d) in self.idom.iter().enumerate().skip(1) {
            kids[d as usize].push(i as u32);
        }
        kids
    }
    /// Position of a block in reverse post-order, if it can be reached.
    pub fn number(&self, b: Block) -> Option<usize> {
        Some(self.number[b.index()])
            .filter(|n| *n != u32::MAX)
            .map(|n| n as usize)
    }
    /// The immediate dominator of any block but the entry.
    pub fn idom(&self, b: Block) -> Option<Block> {
        let n = self.number(b)?;
        (n > 0).then(|| self.rpo[self.idom[n] as usize])
    }
    /// Whether every way to `b` goes through `a`.
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        match (self.number(a), self.number(b)) {
            (Some(a), Some(b)) => {
                self.span[a].0 <= self.span[b].0 && self.span[b].1 <= self.span[a].1
            }
            (None, _) | (_, None) => false,
        }
    }
}

/// A natural loop.
pub struct Loop {
    pub header: Block,
    /// Where it comes back from.
    pub latches: Vec<Block>,
    /// Its blocks in reverse post-order, header first.
    pub blocks: Vec<Block>,
}

/// The natural loops, inner ones before those around them. Loops with one header are one.
pub fn loops(d: &Dom) -> Vec<Loop> {
    let mut out = Vec::new();
    for &h in &d.rpo {
        let latches: Vec<Block> = d.preds[h.index()]
            .iter()
            .copied()
            .filter(|p| d.dominates(h, *p))
            .collect();
        if latches.is_empty() {
            continue;
        }
        let mut inside = vec![false; d.number.len()];
        inside[h.index()] = true;
        let mut work = latches.clone();
        while let Some(b) = work.pop() {
            if !std::mem::replace(&mut inside[b.index()], true) {
                work.extend(&d.preds[b.index()]);
            }
        }
        let blocks = d
            .rpo
            .iter()
            .copied()
            .filter(|b| inside[b.index()])
            .collect();
        out.push(Loop {
            header: h,
            latches,
            blocks,
        });
    }
    out.sort_by_key(|l: &Loop| l.blocks.len());
    out
}
