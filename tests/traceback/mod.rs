//! What tests look at in the error of a call.

use taipan::Error;

/// The last line of a traceback.
pub fn last<T: std::fmt::Debug>(r: Result<T, Error>) -> String {
    let text = r.unwrap_err().to_string();
    text.trim_end()
        .lines()
        .last()
        .unwrap_or_default()
        .to_owned()
}
