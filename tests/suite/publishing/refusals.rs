//! What publishing refuses: other people's files, and names that cannot be.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use ordinarily::io::publish::PublishError;

use super::{
    Meddle, claim, empty_folder, files_in, inputs, names_in, publish, put, texts, try_publish,
};

/// What `publish` says to `out`, where nothing may change.
fn refusal(out: &Path) -> String {
    let before = files_in(out);
    let error = try_publish(out, &[("index.html", "new")]).unwrap_err().to_string();
    assert_eq!(files_in(out), before, "a refusal touches nothing");
    error
}

#[test]
fn a_folder_of_somebody_else_is_refused_untouched() {
    let out = empty_folder();
    fs::write(out.path().join("thesis.txt"), "three years").unwrap();
    let error = refusal(out.path());
    assert!(error.contains("did not write") && error.contains("--out"), "{error}");
    assert_eq!(names_in(out.path()), ["thesis.txt"]);
}

#[test]
fn an_output_folder_that_is_a_file_is_refused() {
    let out = empty_folder();
    let file = out.path().join("dist");
    fs::write(&file, "text").unwrap();
    let error = try_publish(&file, &[]).unwrap_err();
    assert!(matches!(error, PublishError::NotAFolder { .. }), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "text");
}

#[test]
fn what_we_did_not_write_into_a_site_is_refused_by_name() {
    let intruders: [(Meddle, &str); 4] = [
        (|site| fs::write(site.join("mine.txt"), "mine").unwrap(), "barnet/mine.txt"),
        (
            |site| {
                fs::create_dir(site.join("n"))
                    .and_then(|()| fs::write(site.join("n/m"), ""))
                    .unwrap()
            },
            "barnet/n/m",
        ),
        (|site| symlink("/etc", site.join("link")).unwrap(), "barnet/link"),
        (|site| symlink("nowhere", site.join("a/dangling")).unwrap(), "barnet/a/dangling"),
    ];
    for (intrude, name) in intruders {
        let out = empty_folder();
        publish(out.path(), &[("a/b", "1")]);
        intrude(&out.path().join("barnet"));
        let error = try_publish(out.path(), &[("index.html", "new")]).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("away"), "{error}");
        assert_eq!(fs::read_to_string(out.path().join("barnet/a/b")).unwrap(), "1");
        assert!(out.path().join(name).symlink_metadata().is_ok());
    }
}

#[test]
fn a_site_folder_that_was_there_before_us_is_refused_unless_it_is_empty() {
    let out = empty_folder();
    publish(out.path(), &[("a", "1")]);
    let brent = out.path().join("brent");
    fs::create_dir(&brent).unwrap();
    fs::write(brent.join(".DS_Store"), "").unwrap();
    let folder = claim(out.path());
    folder.publisher("brent").unwrap().finish(inputs(&[])).unwrap();
    let camden = out.path().join("camden");
    fs::create_dir(&camden).unwrap();
    fs::write(camden.join("index.html"), "by hand").unwrap();
    assert!(matches!(folder.publisher("camden"), Err(PublishError::Foreign { .. })));
    assert_eq!(fs::read_to_string(camden.join("index.html")).unwrap(), "by hand");
}

#[test]
fn a_link_in_the_place_of_a_site_is_refused() {
    let (out, elsewhere) = (empty_folder(), empty_folder());
    publish(out.path(), &[("a", "1")]);
    let site = out.path().join("barnet");
    fs::rename(&site, elsewhere.path().join("barnet")).unwrap();
    symlink(elsewhere.path().join("barnet"), &site).unwrap();
    let error = try_publish(out.path(), &[("a", "2")]).unwrap_err();
    assert!(matches!(error, PublishError::NotAFolder { .. }), "{error}");
    assert_eq!(fs::read_to_string(elsewhere.path().join("barnet/a")).unwrap(), "1");
}

#[test]
fn names_that_cannot_lie_side_by_side_are_refused_with_both_named() {
    let pairs = [("files/Form.pdf", "files/form.pdf"), ("needs", "Needs/a"), ("x", "x/y")];
    for (first, second) in pairs {
        let out = empty_folder();
        publish(out.path(), &[("a", "1")]);
        // On a disk that takes capitals for small letters the second `put` may fail already.
        let error = try_publish(out.path(), &[(second, "2"), (first, "1")]).unwrap_err();
        if let PublishError::Clash { .. } = error {
            let text = error.to_string();
            assert!(text.contains(first) && text.contains(second), "{text}");
        }
        assert_eq!(files_in(&out.path().join("barnet")), texts(&[("a", "1")]));
    }
}

#[test]
fn a_file_put_twice_is_refused_even_if_nobody_listens() {
    let out = empty_folder();
    let folder = claim(out.path());
    let publisher = folder.publisher("barnet").unwrap();
    put(&publisher, "a", "1").unwrap();
    assert!(matches!(put(&publisher, "a", "2"), Err(PublishError::Clash { .. })));
    assert!(matches!(publisher.finish(inputs(&[])), Err(PublishError::Incomplete)));
    assert_eq!(names_in(out.path()), [".ordinarily"]);
}

#[test]
fn a_site_cannot_be_named_out_of_its_folder() {
    let out = empty_folder();
    let folder = claim(out.path());
    for name in ["", ".", "..", "a/b", "/etc", ".ordinarily", "a\\b"] {
        assert!(matches!(folder.publisher(name), Err(PublishError::SiteName { .. })), "{name}");
    }
}
