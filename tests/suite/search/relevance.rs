//! What people type, and the page that should come first: on a borough's site and in the hub, by
//! the real client on the shipped content.

use serde_json::{Value, json};

use super::client::{Searched, addresses};
use crate::shipped::tree;

/// Queries on Barnet's site, each with the page that should come first.
const BARNET: &[(&str, &str)] = &[
    // A need by its name, short form, another name, or misspelt.
    ("autism", "needs/autism/"),
    ("autistic", "needs/autism/"),
    ("asd", "needs/autism/"),
    ("autisum", "needs/autism/"),
    ("aspergers", "needs/autism/"),
    ("adhd", "needs/adhd/"),
    ("dyslexia", "needs/dyslexia/"),
    ("dislexia", "needs/dyslexia/"),
    ("dyspraxia", "needs/dyspraxia/"),
    ("dyscalculia", "needs/dyscalculia/"),
    ("slcn", "needs/speech-language-communication/"),
    ("semh", "needs/social-emotional-mental-health/"),
    ("pmld", "needs/profound-multiple-learning-difficulty/"),
    ("deaf", "needs/hearing/"),
    ("visual impairment", "needs/vision/"),
    ("downs syndrome", "needs/down-syndrome/"),
    ("anxiety", "needs/anxiety/"),
    ("anxity", "needs/anxiety/"),
    ("pda", "needs/demand-avoidance/"),
    ("glue ear", "needs/hearing/"),
    // Parents' words.
    ("my son cant sit still", "needs/adhd/"),
    ("wont sit still in class", "needs/adhd/"),
    ("daughter hates noise and covers ears", "needs/autism/"),
    ("meltdowns after school", "needs/autism/"),
    ("cant read yet", "needs/dyslexia/"),
    ("bad at maths times tables", "needs/dyscalculia/"),
    ("messy handwriting clumsy", "needs/dyspraxia/"),
    ("scared of school", "needs/anxiety/"),
    ("wont talk at school", "needs/speech-language-communication/"),
    ("says no to everything", "needs/demand-avoidance/"),
    ("angry outbursts", "needs/social-emotional-mental-health/"),
    ("adopted child trauma", "needs/attachment/"),
    ("wheelchair", "needs/physical/"),
    ("falling behind at school", "needs/moderate-learning-difficulty/"),
    ("waiting for a diagnosis", "needs/no-specialist-assessment/"),
    ("epipen allergy", "provision/medical-needs/"),
    ("not toilet trained", "guides/starting-nursery/"),
    // The way to help.
    ("worried about my child", "guides/getting-help/"),
    ("what is an ehcp", "guides/ehc-plan/"),
    ("ehcp how to apply", "guides/ehc-needs-assessment/"),
    ("echp", "guides/ehc-plan/"),
    ("how to get an ehcp", "guides/ehc-needs-assessment/"),
    ("refused ehcp appeal", "guides/disagreeing/"),
    ("tribunal", "guides/disagreeing/"),
    ("annual review", "guides/annual-review/"),
    ("sen support", "guides/sen-support/"),
    ("what is an arp", "guides/inclusion-bases-and-arps/"),
    ("personal budget", "guides/personal-budgets/"),
    ("school transport taxi", "guides/travel/"),
    ("respite", "guides/short-breaks/"),
    ("excluded from school", "guides/exclusion-and-off-rolling/"),
    ("sent home early", "guides/exclusion-and-off-rolling/"),
    ("not allowed on school trip", "guides/trips-and-clubs/"),
    ("moving to secondary school", "guides/moving-to-secondary/"),
    ("leaving school college", "guides/moving-on-at-16/"),
    ("is it legal", "guides/what-schools-must-do/"),
    ("starting nursery", "guides/starting-nursery/"),
    ("top-up funding", "guides/money-for-sen/"),
    ("english as an additional language", "provision/english-as-an-additional-language/"),
    // Who helps.
    ("speach therapy", "services/speech-and-language-therapy/"),
    ("salt", "services/speech-and-language-therapy/"),
    ("ed psych", "services/educational-psychology/"),
    ("occupational therapist", "services/occupational-therapy/"),
    ("camhs referral", "services/camhs/"),
    ("sendiass", "services/sendiass/"),
    ("sen team", "services/sen-team/"),
    ("teacher of the deaf", "services/specialist-teaching/"),
    // What schools ask for.
    ("senco training autism", "training/autism/"),
    ("attachment training", "training/attachment/"),
    ("senco toolkit", "toolkits/senco-toolkit/"),
    ("one page profile", "toolkits/one-page-profile/"),
    ("pupil passport", "toolkits/one-page-profile/"),
    ("reasonable adjustments checklist", "toolkits/reasonable-adjustments-checklist/"),
    ("apdr record", "toolkits/assess-plan-do-review/"),
    ("transition passport", "toolkits/transition-passport/"),
    ("reception buddies", "practice/orion-reception-buddies/"),
    ("moderation meetings", "networks/senco-moderation/"),
    ("parents drop in", "events/parents-drop-ins/"),
    ("parent training", "training/parents-programme/"),
    ("ordinarily available", "provision/ordinarily-available/"),
    ("sen register", "data/sen-register/"),
    ("accessibility statement", "guides/accessibility-statement/"),
    ("graduated approach", "guides/sen-support/"),
    ("training", "training/"),
];

/// Queries in the hub.
const HUB: &[(&str, &str)] = &[
    ("autism", "needs/autism/"),
    ("break card", "boroughs/richmond-upon-thames/practice/orleans-park-break-card/"),
    ("20/10 timetable", "boroughs/newham/practice/monega-20-10-timetable/"),
    ("autism outreach", "boroughs/greenwich/services/autism-outreach/"),
    ("thrive training", "boroughs/barking-and-dagenham/training/thrive/"),
    ("greenwich sen support profile", "boroughs/greenwich/toolkits/sen-support-profile/"),
    (
        "precision teaching",
        "boroughs/kingston-upon-thames/practice/christ-church-precision-teaching/",
    ),
    ("postcards to teachers", "boroughs/kingston-upon-thames/practice/tolworth-postcards/"),
    ("boccia", "boroughs/richmond-upon-thames/practice/orleans-park-sports-and-boccia/"),
    ("barnet", "boroughs/barnet/"),
    (
        "early intervention panel",
        "partners/achieving-for-children/services/early-intervention-panel/",
    ),
    ("arps barking", "boroughs/barking-and-dagenham/places/arps/"),
    ("reflection sheet", "toolkits/reflection-sheet/"),
    ("refused a place survey", "data/admissions-survey-2018/"),
    ("boroughs", "boroughs/"),
];

#[test]
fn the_page_that_people_want_comes_first() {
    let (mut first, mut three, mut all) = (0, 0, 0);
    let mut missed = Vec::new();
    for (site, queries) in [("barnet", BARNET), ("hub", HUB)] {
        let searched = Searched::new(tree(), site);
        let asks: Vec<Value> =
            queries.iter().map(|(q, _)| json!({"do": "see", "text": q})).collect();
        for ((query, wanted), answer) in queries.iter().zip(searched.ask(&asks)) {
            let shown = addresses(&answer);
            let place = shown.iter().position(|url| url == wanted);
            all += 1;
            first += usize::from(place == Some(0));
            three += usize::from(place.is_some_and(|place| place < 3));
            if place != Some(0) {
                let three = &shown[..shown.len().min(3)];
                missed.push(format!("{site}: {query}: {wanted} at {place:?}, after {three:?}"));
            }
        }
    }
    assert!(all >= 60, "only {all} queries were asked");
    let told =
        format!("{first} first and {three} in the first three of {all}\n{}", missed.join("\n"));
    println!("{told}");
    assert!(first * 100 >= all * 85, "{told}");
    assert!(three * 100 >= all * 97, "{told}");
}
