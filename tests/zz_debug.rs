//! scratch
mod common;
use common::damage::DAMAGES;
use common::{files, report_on};
use hopscope::report::Hop;
fn facts(text: &[u8]) -> Vec<Hop> {
    let report = report_on(text);
    let hops = report.messages.into_iter().next().map(|message| message.hops).unwrap_or_default();
    hops.into_iter().map(|hop| Hop { raw: String::new(), span: [0, 0], lines: [0, 0], ..hop }).collect()
}
fn header(mail: &[u8]) -> String {
    let mail = String::from_utf8_lossy(mail).replace("\r\n", "\n");
    let header = mail.split("\n\n").next().unwrap_or_default();
    format!("{}\n", header.trim_matches('\n'))
}
#[test]
fn show() {
    let want = std::env::var("DMG").unwrap();
    let skip: usize = std::env::var("SKIP").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let n: usize = std::env::var("N").ok().and_then(|s| s.parse().ok()).unwrap_or(5);
    let mut shown = 0;
    for path in files("../shared/corpus/headers", ".eml") {
        let h = header(&std::fs::read(&path).unwrap());
        for (name, damage) in DAMAGES {
            if name != want { continue; }
            let d = damage(&h);
            let (a, b) = (facts(&d), facts(h.as_bytes()));
            if a != b {
                shown += 1;
                if shown <= skip || shown > skip + n { continue; }
                println!("=== {} hops {} vs clean {}", path.file_name().unwrap().to_string_lossy(), a.len(), b.len());
                if let Some((x, y)) = a.iter().zip(&b).find(|(x, y)| x != y) {
                    let (jx, jy) = (serde_json::to_value(x).unwrap(), serde_json::to_value(y).unwrap());
                    for (k, v) in jx.as_object().unwrap() { if v != &jy[k] { println!("   {k}: {v}  <> clean {}", jy[k]); } }
                }
                if a.len() != b.len() { println!("{}", String::from_utf8_lossy(&d).chars().take(1500).collect::<String>()); }
                let r = report_on(&d);
                if let Some(m) = r.messages.first() { println!("   repairs {:?}", m.repairs.iter().filter(|r| r.kind != "lost-fold").map(|r| format!("{} {}", r.kind, r.line)).take(12).collect::<Vec<_>>()); }
            }
        }
    }
    println!("total {shown}");
}
