//! What is embedded in the binary must build the binary again when it changes: the theme, and the
//! site that `init` begins with.

fn main() {
    for folder in ["themes/london", "src/scaffold/starter", "content/vocabulary"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
