//! `init`: a small site to begin with.

use std::path::Path;

use super::{Outcome, fail, print};
use crate::cli::Init;
use crate::io::{clock, files};
use crate::scaffold::starter;

/// Writes the site.
pub fn run(arguments: &Init) -> Outcome {
    match write(&arguments.dir, arguments.borough.as_deref()) {
        Ok(text) => print(text.as_bytes()),
        Err(message) => fail(&message),
    }
}

fn write(folder: &Path, borough: Option<&str>) -> Result<String, String> {
    let borough = borough.map(starter::authority).transpose()?;
    if !files::is_empty(folder)? {
        return Err(format!(
            "{} is not empty, and nothing was written: name a folder that is not there yet",
            folder.display()
        ));
    }
    let all = starter::files(clock::today_in_london(), borough.as_ref());
    for (path, bytes) in &all {
        files::write_new(&folder.join(path), bytes)?;
    }
    let shown = folder.display();
    let site = borough.map_or_else(|| "hub".to_owned(), |borough| borough.id.to_string());
    Ok(format!(
        "wrote {} files into {shown}: README.md says what is where\n\n\
         cd {shown}\n\
         ordinarily serve --open\n\
         ordinarily build --site {site}\n",
        all.len()
    ))
}
