//! Puts the whole page into one file that works when it is opened from a disk, without any server.

use super::release::{Page, Release};
use super::{csp, html};
use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Follows the glue in the same script. The page hands the script's own text to its worker, so one hash and one copy
/// serve both; what runs where is decided by whether there is a document.
const BOOT: &str = r#"
if (typeof document === "object") {
  document.addEventListener("DOMContentLoaded", () => {
    const text = atob(document.getElementById("hopscope-wasm").textContent);
    INIT({ module_or_path: Uint8Array.from(text, (letter) => letter.charCodeAt(0)) });
  });
} else {
  self.onmessage = ({ data }) => {
    self.onmessage = null;
    INIT({ module_or_path: data });
  };
}
})();
"#;

/// The single file, with its policy.
pub fn write(release: &Release) -> Result<Page> {
    let boot = boot_script(&release.glue)?;
    let (style, style_changes) = inline_styles(release)?;
    let mut changes = style_changes;
    for link in html::links(&release.html) {
        match link.attribute("rel") {
            Some("modulepreload" | "preload") => changes.push((link, String::new())),
            Some("icon") => {
                let icon = inline_icon(release, &link)?;
                changes.push((link, icon));
            }
            Some("stylesheet") => {}
            other => bail!("a <link rel={other:?}> cannot be put into the single file yet"),
        }
    }
    // In the head, where trunk's own script stood: the app replaces everything in the body, and the worker needs the
    // boot script's text after that.
    let loader = html::inline_scripts(&release.html).pop().context("trunk wrote no inline script")?;
    let wasm = STANDARD.encode(&release.wasm);
    let scripts = format!(
        "<script type=\"application/octet-stream\" id=\"hopscope-wasm\">{wasm}</script>\n\
         <script id=\"hopscope-boot\">{boot}</script>"
    );
    changes.push((loader, scripts));
    let hashes = csp::Hashes { scripts: vec![csp::hash(&boot)], styles: vec![csp::hash(&style)] };
    let page = html::replaced(&release.html, changes);
    refuse_references(&page)?;
    let html = html::with_policy(&page, &csp::meta(&csp::single_file(&hashes)))?;
    Ok(Page { html, hashes })
}

/// The glue as a script that starts itself. It is no module: Chromium refuses to start a module worker from a page that
/// was opened from the disk. Its names stay inside a function, as they would inside a module.
fn boot_script(glue: &str) -> Result<String> {
    let mut init = None;
    let mut script = String::from("\n(() => {\n\"use strict\";\n");
    for line in glue.lines() {
        if let Some(names) = line.strip_prefix("export {") {
            init = names
                .split([',', '}'])
                .find_map(|name| name.trim().strip_suffix(" as default"))
                .map(str::to_owned);
            continue;
        }
        script.push_str(line.strip_prefix("export ").unwrap_or(line));
        script.push('\n');
    }
    // The address that the wasm would be fetched from if the boot code did not bring it along.
    let mut script = script.replace("import.meta.url", "location.href");
    for module_only in ["\nexport ", "\nimport ", "import.meta"] {
        ensure!(
            !script.contains(module_only),
            "the glue contains {module_only:?}, which the single file cannot hold"
        );
    }
    let init = init.context("the glue has no `export { … as default }`")?;
    script.push_str(&BOOT.replace("INIT", &init));
    for ending in ["</script", "<!--"] {
        ensure!(
            !script.to_lowercase().contains(ending),
            "the glue contains {ending:?}, which would end the script early"
        );
    }
    Ok(script)
}

/// The text of all style sheets in their order, and the changes that put it into the page.
fn inline_styles(release: &Release) -> Result<(String, Vec<(html::Element, String)>)> {
    let links =
        html::links(&release.html).into_iter().filter(|link| link.attribute("rel") == Some("stylesheet"));
    let links: Vec<_> = links.collect();
    let mut style = String::from("\n");
    for link in &links {
        let text = String::from_utf8(file(release, link)?.to_vec()).context("a style sheet is not UTF-8")?;
        for foreign in ["@import", "url(", "</style"] {
            ensure!(
                !text.contains(foreign),
                "a style sheet contains {foreign:?}; the single file cannot hold that"
            );
        }
        style.push_str(&text);
    }
    // The parser turns CRLF into LF before the browser computes the hash.
    let style = style.replace("\r\n", "\n");
    ensure!(!links.is_empty(), "the page has no style sheet");
    let element = format!("<style>{style}</style>");
    let texts = std::iter::once(element).chain(std::iter::repeat(String::new()));
    Ok((style, links.into_iter().zip(texts).collect()))
}

fn inline_icon(release: &Release, link: &html::Element) -> Result<String> {
    let icon = STANDARD.encode(file(release, link)?);
    Ok(format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">"))
}

/// The file that a link points to.
fn file<'a>(release: &'a Release, link: &html::Element) -> Result<&'a [u8]> {
    let href = link
        .attribute("href")
        .and_then(|href| href.strip_prefix("./"))
        .context("a <link> has no relative href")?;
    let found = release.files.iter().find(|(name, _)| name.to_string_lossy() == href);
    found.map(|(_, content)| content.as_slice()).with_context(|| format!("trunk wrote no file {href}"))
}

/// Fails when the page still points to another file.
fn refuse_references(page: &str) -> Result<()> {
    for reference in ["href=\"./", "src=\"./", "from './"] {
        ensure!(
            !page.contains(reference),
            "the single file still has a reference to another file ({reference}…)"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::boot_script;

    #[test]
    fn exports_are_cut_and_the_default_one_is_called() {
        let script =
            boot_script("export function analyze() {}\nexport { initSync, __wbg_init as default };\n");
        let script = script.expect("this is what wasm-bindgen writes");
        assert!(!script.contains("export"));
        assert!(script.contains("\nfunction analyze() {}\n"));
        assert!(script.contains("__wbg_init({ module_or_path:"));
    }

    #[test]
    fn glue_that_cannot_stand_inline_is_refused() {
        let end = "\nexport { x as default };\n";
        for glue in ["import { a } from './snippets/a.js';", "const a = '</SCRIPT>';", "const a = '<!--';"] {
            assert!(boot_script(&format!("{glue}{end}")).is_err(), "{glue}");
        }
        assert!(boot_script("function a() {}").is_err());
    }
}
