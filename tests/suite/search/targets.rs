use super::ranking::{corpus, queries};
use serde_json::json;
#[test]
fn measure() {
    for pages in [300, 10200] {
        let s = corpus(pages);
        let q = queries(&s, 900);
        for (k, n) in [(0, 1), (2, 3)] {
            let asks: Vec<_> = q
                .iter()
                .skip(k)
                .step_by(3)
                .map(|q| json!({"do":"see","text":q,"cold":true}))
                .collect();
            let mut b: Vec<(u64, u64)> = s
                .ask(&asks)
                .iter()
                .map(|a| (a["bytes"].as_u64().unwrap(), a["requests"].as_u64().unwrap()))
                .collect();
            b.sort();
            println!(
                "{pages} {n} words: median {:?} p95 {:?} max {:?}",
                b[b.len() / 2],
                b[b.len() * 95 / 100],
                b[b.len() - 1]
            );
        }
        let urls: Vec<_> = s.export.urls().collect();
        let mut by = std::collections::BTreeMap::new();
        for u in &urls {
            let parts: Vec<_> = u.as_str().split('/').collect();
            let k = parts[parts.len() - 1 - usize::from(parts.len() > 3)];
            let k = if parts.len() > 3 { parts[2] } else { k };
            let e = by.entry(k.to_owned()).or_insert((0usize, 0usize));
            e.0 += 1;
            e.1 += s.export.bytes(u).unwrap().len();
        }
        let total: usize = by.values().map(|x| x.1).sum();
        println!(
            "{pages}: {} docs {} files, {} bytes = {} per doc {by:?}",
            s.english.collection.pages.len(),
            urls.len(),
            total,
            total / s.english.collection.pages.len()
        );
        // typos
        let forms: std::collections::BTreeSet<String> = s
            .english
            .collection
            .pages
            .iter()
            .flat_map(|p| p.analysed.surfaces.iter().map(|f| f.text.to_string()))
            .collect();
        let long: Vec<&String> = forms
            .iter()
            .filter(|f| f.len() >= 5 && f.bytes().all(|b| b.is_ascii_lowercase()))
            .collect();
        let mut seed = 5u64;
        let mut below = |end: usize| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as usize % end
        };
        let mut typos = vec![];
        while typos.len() < 1000 {
            let w = long[below(long.len())];
            let mut c: Vec<u8> = w.bytes().collect();
            let at = below(c.len());
            let l = b'a' + below(26) as u8;
            match below(4) {
                0 => {
                    c.remove(at);
                }
                1 => c.insert(at, l),
                2 => c[at] = l,
                _ => {
                    if at + 1 < c.len() {
                        c.swap(at, at + 1)
                    }
                }
            }
            let t = String::from_utf8(c).unwrap();
            if !forms.contains(&t) {
                typos.push((w.to_string(), t));
            }
        }
        let asks: Vec<_> = typos.iter().map(|(_, t)| json!({"do":"nearest","text":t})).collect();
        let ans = s.ask(&asks);
        let mut first = 0;
        let mut three = 0;
        let mut bad = vec![];
        for ((w, t), a) in typos.iter().zip(&ans) {
            let got: Vec<&str> =
                a["answer"].as_array().unwrap().iter().map(|x| x.as_str().unwrap()).collect();
            if got.first() == Some(&w.as_str()) {
                first += 1
            } else {
                bad.push(format!("{w} {t} {got:?}"))
            }
            if got.contains(&w.as_str()) {
                three += 1
            }
        }
        println!("typos {first} {three} of 1000; words {}", forms.len());
        println!("{}", bad.iter().take(25).cloned().collect::<Vec<_>>().join("\n"));
    }
}
#[test]
fn dump() {
    for pages in [300, 10200] {
        let s = corpus(pages);
        for u in s.export.urls() {
            let p = std::path::Path::new("/tmp/dump").join(pages.to_string()).join(u.as_str());
            std::fs::create_dir_all(p.parent().unwrap()).unwrap();
            std::fs::write(p, s.export.bytes(u).unwrap()).unwrap();
        }
    }
}
#[test]
fn real() {
    let loaded = ordinarily::io::load::load(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
    for site in ["hub", "barnet", "camden"] {
        let s = super::client::Searched::new(&loaded.value, site);
        let urls: Vec<_> = s.export.urls().collect();
        let mut by = std::collections::BTreeMap::new();
        for u in &urls {
            let parts: Vec<_> = u.as_str().split('/').collect();
            let k = if parts.len() > 2 { parts[2] } else { "root" };
            let e = by.entry(k.to_owned()).or_insert((0usize, 0usize));
            e.0 += 1;
            e.1 += s.export.bytes(u).unwrap().len();
        }
        let total: usize = by.values().map(|x| x.1).sum();
        println!(
            "{site}: {} docs {} files, {} bytes = {} per doc {by:?}",
            s.english.collection.pages.len(),
            urls.len(),
            total,
            total / s.english.collection.pages.len()
        );
        for q in [
            "my son cant sit still",
            "speach therapy",
            "what is an arp",
            "senco training autism",
            "ehcp how to apply",
            "break card",
            "training",
            "autism",
        ] {
            println!("{q}: {:?}", s.shown(q).iter().take(5).collect::<Vec<_>>());
        }
    }
}
