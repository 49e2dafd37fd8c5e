//! The theme is embedded in the binary, so a change to it must build the binary again.

fn main() {
    println!("cargo:rerun-if-changed=themes/london");
}
