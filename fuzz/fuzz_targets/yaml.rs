//! Any YAML is read or refused, and each node and problem stands where it says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordinarily::content::node::{Node, Value};
use ordinarily::content::yaml;
use ordinarily_fuzz::{file, sound};

fuzz_target!(|bytes: &[u8]| {
    let Some(file) = file("a.yaml", bytes) else { return };
    let read = yaml::parse(&file, 0..file.text.len());
    assert!(read.value.is_some() || !read.problems.is_empty(), "refused in silence");
    sound(&read.problems, &file);
    if let Some(node) = read.value {
        visit(&node);
    }
});

fn visit(node: &Node) {
    let text = &node.at.file.text;
    assert!(text.get(node.at.range.clone()).is_some(), "{:?} of {text:?}", node.at.range);
    node.at.span();
    match &node.value {
        Value::List(items) => items.iter().for_each(visit),
        Value::Map(entries) => entries.iter().for_each(|entry| visit(&entry.node)),
        _ => {}
    }
}
