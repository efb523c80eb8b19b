//! Names that would break a page.

use crate::desk::Desk;
use crate::{browser, markup};

const SCENARIO: &str = r#"
name: "</title><script>document.title = 'broken'</script>"
start: 2027-01-04
end: 2027-01-17
products: {"</script><img src=x>": {rate: 10}}
teams: {"<b>x": {packs: [{id: "\"><i>", bought: 2026-05-10, size: 50}]}}
people: [{group: "a&lt;'b", count: 3, team: "<b>x", access: all, behaviour: office_week, with: {products: ["</script><img src=x>"]}}]
forecast: {replications: 3}
"#;

#[test]
fn names_stay_names() {
    let desk = Desk::new(SCENARIO);
    desk.done("forecast scenario.yaml --out out --html");
    let page = desk.text("out/page.html");
    for name in ["<b>x", "<img", "<i>", "<script>document", "</title><script"] {
        assert!(!page.contains(name), "{name}");
    }
    assert_eq!((page.matches("</script>").count(), page.matches("</title>\n").count() > 0), (1, true));
    let names: Vec<_> = markup::tags(&page).into_iter().filter(|tag| tag.name == "th").map(|tag| tag.text).collect();
    for name in ["<b>x", "</script><img src=x>", "\"><i>", "a&lt;'b"] {
        assert!(names.iter().any(|shown| shown == name), "{name}: {names:?}");
    }
    if let Some(seen) = browser::see(&desk, "out/page.html", &page, (800, 600)) {
        assert_eq!(seen.errors, Vec::<String>::new());
        assert!(seen.dom.contains("<title>&lt;/title&gt;"), "{}", &seen.dom[..600]);
    }
}
