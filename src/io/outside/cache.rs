//! What was fine a few days ago, so that nobody is asked more often than need be.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Answer;

/// For how many days an answer that is good holds. Others are asked again each time.
const DAYS: i32 = 7;

/// Good answers by address.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct Cache(BTreeMap<String, Kept>);

#[derive(Deserialize, Serialize)]
struct Kept {
    /// The day on which it was asked.
    day: String,
    /// Where it leads, if elsewhere, and whether for good.
    moved: Option<(String, bool)>,
}

impl Cache {
    /// Reads the answers of earlier runs; a file that cannot be read is none.
    pub(super) fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// The answer for an address, if it still holds.
    pub(super) fn fresh(&self, address: &str, today: Date) -> Option<Answer> {
        let kept = self.0.get(address)?;
        let day: Date = kept.day.parse().ok()?;
        let age = today.since(day).ok()?.get_days();
        (0..DAYS).contains(&age).then(|| match &kept.moved {
            Some((to, for_good)) => Answer::Moved { to: to.clone(), for_good: *for_good },
            None => Answer::Fine,
        })
    }

    /// Keeps an answer if it is good, and forgets an earlier one if not.
    pub(super) fn keep(&mut self, address: &str, answer: &Answer, today: Date) {
        let moved = match answer {
            Answer::Fine => None,
            Answer::Moved { to, for_good } => Some((to.clone(), *for_good)),
            _ => {
                self.0.remove(address);
                return;
            }
        };
        self.0.insert(address.to_owned(), Kept { day: today.to_string(), moved });
    }

    /// Writes them for the next run, all or nothing.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = path.with_extension("new");
        fs::write(&new, serde_json::to_vec(self)?)?;
        fs::rename(new, path)
    }
}
