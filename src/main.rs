//! wip
use std::sync::Arc;
use ordinarily::{io, content, site, diagnostic};
fn main() {
    let t=std::time::Instant::now();
    let mut problems=vec![];
    let tree = io::load::load(std::path::Path::new(".")).into_value(&mut problems);
    eprintln!("load {:?}", t.elapsed());
    let project = content::project::parse(&tree).into_value(&mut problems);
    eprintln!("parse {:?}", t.elapsed());
    if let Some(project)=project {
        let model = site::model::resolve(project, site::model::Day{today: jiff::civil::date(2026,11,22), drafts:false}).into_value(&mut problems);
        eprintln!("resolve {:?}", t.elapsed());
        let model=Arc::new(model);
        for id in site::place::all_sites(&model) {
            let place=site::place::Place::new(model.clone(), id, None);
            let routes=site::routes::routes(&place).into_value(&mut problems);
            problems.extend(site::links::check(&place,&routes));
            eprint!("{}:{} ", place.id, routes.len());
        }
        eprintln!("routes {:?}", t.elapsed());
    }
    diagnostic::sort_and_dedup(&mut problems);
    print!("{}", io::terminal::problems(&problems,&tree,false));
    println!("{}", io::terminal::count(&problems));
}
