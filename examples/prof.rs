fn main() {
    let bytes = std::fs::read("/tmp/big.mbox").unwrap();
    let t = std::time::Instant::now();
    let opened = hopscope::input::open(&bytes);
    println!("open {:?}", t.elapsed());
    let source = hopscope::text::Source::new(None, &opened.text);
    println!("source {:?}", t.elapsed());
    let items = hopscope::input::read(&source, &opened);
    println!("read {:?} {}", t.elapsed(), items.len());
    let inputs = [hopscope::Input { name: None, bytes: &bytes }];
    let t = std::time::Instant::now();
    let r = hopscope::analyze(&inputs, &hopscope::Options::default());
    println!("analyze {:?} {}", t.elapsed(), r.messages.len());
}
