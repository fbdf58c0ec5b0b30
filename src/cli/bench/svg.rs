//! The picture: one horizontal bar an engine, with a line from its least to its greatest time.

use super::table::Spread;

/// One bar.
pub struct Bar {
    pub label: String,
    pub note: String,
    pub spread: Spread,
}

const ROW: usize = 28;
const TOP: usize = 48;
const LEFT: f64 = 170.0;
/// What the longest line takes.
const ROOM: f64 = 420.0;
const WIDTH: usize = 760;

/// Text as XML bears it: marks escaped, characters that XML 1.0 has no room for replaced.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The whole file.
pub fn chart(title: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|b| b.spread.high).fold(0.0, f64::max);
    let x = |ms: f64| match most > 0.0 {
        true => LEFT + ms / most * ROOM,
        false => LEFT,
    };
    let height = TOP + ROW * bars.len() + 24;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>{0}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"12\" y=\"26\" font-size=\"16\">{0}</text>\n",
        escape(title)
    );
    for (i, b) in bars.iter().enumerate() {
        let y = TOP + i * ROW;
        let middle = y + 10;
        let fill = match b.label.starts_with("taipan") {
            true => "#2e7d5b",
            false => "#8a94a6",
        };
        let (end, low, high) = (x(b.spread.median), x(b.spread.low), x(b.spread.high));
        out += &format!(
            "<text x=\"{:.0}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
            LEFT - 8.0,
            y + 15,
            escape(&b.label)
        );
        out += &format!(
            "<rect x=\"{LEFT:.0}\" y=\"{y}\" width=\"{:.1}\" height=\"20\" fill=\"{fill}\"/>\n",
            (end - LEFT).max(1.0)
        );
        out += &format!(
            "<path d=\"M{low:.1} {middle} H{high:.1} M{low:.1} {0} V{1} M{high:.1} {0} V{1}\" \
             stroke=\"#222222\" fill=\"none\"/>\n",
            y + 6,
            y + 14
        );
        out += &format!(
            "<text x=\"{:.1}\" y=\"{}\">{}</text>\n",
            high.max(end) + 8.0,
            y + 15,
            escape(&b.note)
        );
    }
    out += &format!(
        "<text x=\"12\" y=\"{}\" font-size=\"11\" fill=\"#555555\">Wall time of whole processes: \
         median, and a line from the least to the greatest.</text>\n</svg>\n",
        height - 8
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            escape("a<b> & \"c\" 'd'"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"
        );
        assert_eq!(escape("x\0y\n\u{1b}z"), "x\u{fffd}y \u{fffd}z");
    }

    #[test]
    fn bars_are_as_long_as_their_times() {
        let bar = |ms: f64| Bar {
            label: "e".into(),
            note: String::new(),
            spread: Spread {
                median: ms,
                low: ms,
                high: ms,
            },
        };
        let text = chart("t", &[bar(10.0), bar(40.0), bar(0.0)]);
        for w in ["\"105.0\"", "\"420.0\"", "\"1.0\""] {
            assert!(text.contains(&format!("width={w}")), "{w}: {text}");
        }
        assert!(chart("nothing", &[]).ends_with("</svg>\n"));
    }
}
