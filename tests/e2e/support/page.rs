//! The parts of the page by their names, and what a person does with them.

use crate::Outcome;
use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// How long anything may take before a test gives up. Generous, because several browsers share a small machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs before the page's first script: remembers every breach of the policy, and counts what workers say.
const WATCHER: &str = r#"
window.hopscopeViolations = [];
document.addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
    window.hopscopeViolations.push(`${violatedDirective} ${blockedURI}`));
window.hopscopeAnswers = 0;
window.Worker = class extends Worker {
    constructor(...from) {
        super(...from);
        this.addEventListener("message", () => window.hopscopeAnswers += 1);
    }
};
"#;

/// Tries to reach an address in three ways and calls back with what came of each.
const REACH: &str = r#"
const [target, done] = arguments;
const code = `fetch(${JSON.stringify(target)}, {mode: "no-cors"}).then(() => postMessage("reached"), () => postMessage("blocked"))`;
const blob = URL.createObjectURL(new Blob([code], {type: "text/javascript"}));
const attempts = [
    fetch(target, {mode: "no-cors"}).then(() => "reached", () => "blocked"),
    new Promise((tell) => {
        const worker = new Worker(blob);
        worker.onmessage = ({data}) => tell(data);
        worker.onerror = () => tell("did not start");
    }),
    new Promise((tell) => {
        const image = new Image();
        image.onload = () => tell("reached");
        image.onerror = () => tell("blocked");
        image.src = target;
    }),
];
Promise.all(attempts).then(([page, worker, image]) => done([`page: ${page}`, `worker: ${worker}`, `image: ${image}`]));
"#;

/// The page in the browser.
pub struct Page {
    /// For what only one test does.
    pub driver: WebDriver,
}

/// A row of the table of hops.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its `data-hop`: 0 is the oldest.
    pub hop: String,
    /// What it says.
    pub text: String,
    /// Whether it is lit.
    pub lit: bool,
}

impl Page {
    /// The page that this driver shows.
    pub fn new(driver: WebDriver) -> Self {
        Self { driver }
    }

    /// Shows the page in a window of this width, in the scheme `light` or `dark`.
    pub async fn emulate(&self, width: u32, scheme: &str) -> Outcome {
        let cdp = self.driver.cdp();
        let metrics = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        cdp.send_raw("Emulation.setScrollbarsHidden", json!({"hidden": true})).await?;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        cdp.send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Starts to watch every page that is opened from now on.
    pub async fn watch(&self) -> Outcome {
        self.driver.cdp().page().add_script_to_evaluate_on_new_document(WATCHER).await?;
        Ok(())
    }

    /// What the policy has blocked so far.
    pub async fn violations(&self) -> Outcome<Vec<String>> {
        self.ask("return window.hopscopeViolations", vec![]).await
    }

    /// How often a worker has said something.
    pub async fn answers_of_workers(&self) -> Outcome<u32> {
        self.ask("return window.hopscopeAnswers", vec![]).await
    }

    /// Waits until the page can be used.
    pub async fn is_ready(&self) -> Outcome {
        self.part("input").await?.wait_until().displayed().await?;
        Ok(())
    }

    /// Lets the page, a worker and an image try to reach an address, and returns what became of it.
    pub async fn try_to_reach(&self, address: &str) -> Outcome<[String; 3]> {
        Ok(self.driver.execute_async(REACH, vec![json!(address)]).await?.convert()?)
    }

    /// The first part of this name, once there is one.
    pub async fn part(&self, name: &str) -> Outcome<WebElement> {
        let query = self.driver.query(named(name)).wait(PATIENCE, Duration::from_millis(50));
        query.first().await.with_context(|| format!("the page has no [data-testid={name}]"))
    }

    /// All parts of this name that are there now.
    pub async fn parts(&self, name: &str) -> Outcome<Vec<WebElement>> {
        Ok(self.driver.find_all(named(name)).await?)
    }

    /// What a script in the page returns.
    pub async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Outcome<T> {
        Ok(self.driver.execute(script, arguments).await?.convert()?)
    }

    /// Brings the text field back when the result has taken its place.
    pub async fn show_input(&self) -> Outcome<WebElement> {
        if let Some(button) = self.parts("edit-input").await?.first()
            && button.is_displayed().await?
        {
            button.click().await?;
        }
        let input = self.part("input").await?;
        input.wait_until().wait(PATIENCE, Duration::from_millis(50)).displayed().await?;
        Ok(input)
    }

    /// Replaces what is in the text field by pasting: a real paste, from the browser's clipboard.
    pub async fn paste(&self, text: &str) -> Outcome {
        self.copy(text).await?;
        let input = self.show_input().await?;
        input.focus().await?;
        input.send_keys(Key::Control + "a").await?;
        input.send_keys(Key::Control + "v").await?;
        Ok(())
    }

    /// Puts a text on the clipboard of this browser. Only a person's gesture may do that; the protocol of the developer
    /// tools can stand in for one.
    pub async fn copy(&self, text: &str) -> Outcome {
        let script = format!(
            "document.addEventListener('copy', (event) => {{ event.clipboardData.setData('text/plain', {}); \
             event.preventDefault(); }}, {{once: true}}); document.execCommand('copy')",
            json!(text)
        );
        let call = json!({"expression": script, "userGesture": true, "returnByValue": true});
        let answer = self.driver.cdp().send_raw("Runtime.evaluate", call).await?;
        ensure!(
            answer["result"]["value"] == true,
            "the browser did not copy the text to its clipboard: {answer}"
        );
        Ok(())
    }

    /// The rows of the table of hops, from top to bottom.
    pub async fn rows(&self) -> Outcome<Vec<Row>> {
        let script = "return [...document.querySelectorAll('[data-testid=hops] [data-testid=hop]')].map((row) => \
            [row.dataset.hop, row.innerText, row.dataset.lit === 'true'])";
        let rows: Vec<(String, String, bool)> = self.ask(script, vec![]).await?;
        Ok(rows.into_iter().map(|(hop, text, lit)| Row { hop, text, lit }).collect())
    }

    /// The rows, once there are as many as expected and the analysis has come to rest.
    pub async fn rows_once_there_are(&self, count: usize) -> Outcome<Vec<Row>> {
        eventually(&format!("{count} rows of hops"), async || {
            let rows = self.rows().await?;
            let found = rows.len();
            Ok((found == count).then_some(rows).ok_or(format!("{found} rows")))
        })
        .await
    }

    /// The numbers of the source lines that are lit.
    pub async fn lit_lines(&self) -> Outcome<Vec<u32>> {
        let script = "return [...document.querySelectorAll('[data-testid=source-line][data-lit=true]')].map((line) => \
            Number(line.dataset.line))";
        self.ask(script, vec![]).await
    }

    /// Presses the button of a row of hops.
    pub async fn press_in_row(&self, hop: usize, button: &str) -> Outcome {
        let selector = format!("[data-testid=hop][data-hop='{hop}'] [data-testid={button}]");
        let button =
            self.driver.query(By::Css(selector)).wait(PATIENCE, Duration::from_millis(50)).first().await?;
        button.scroll_into_view().await?;
        button.click().await?;
        Ok(())
    }

    /// What the status line says, once it says something that fits.
    pub async fn status_once(&self, fits: impl Fn(&str) -> bool) -> Outcome<String> {
        eventually("a fitting status", async || {
            let status = self.part("status").await?.text().await?;
            Ok(if fits(&status) { Ok(status) } else { Err(format!("{status:?}")) })
        })
        .await
    }

    /// What a screen reader calls a part.
    pub async fn accessible_name(&self, name: &str) -> Outcome<String> {
        let cdp = self.driver.cdp();
        let part = json!({"expression": format!("document.querySelector('[data-testid={name}]')")});
        let part = cdp.send_raw("Runtime.evaluate", part).await?;
        let question = json!({"objectId": part["result"]["objectId"], "fetchRelatives": false});
        let answer = cdp.send_raw("Accessibility.getPartialAXTree", question).await?;
        Ok(answer["nodes"][0]["name"]["value"].as_str().unwrap_or_default().to_owned())
    }

    /// The name of the part that has the focus.
    pub async fn focused(&self) -> Outcome<String> {
        self.ask("return document.activeElement?.dataset?.testid ?? ''", vec![]).await
    }

    /// Presses Tab until the part of this name has the focus.
    pub async fn tab_to(&self, name: &str) -> Outcome {
        for _ in 0..200 {
            if self.focused().await? == name {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        bail!("200 presses of Tab did not reach [data-testid={name}]")
    }

    /// Gives a part the focus, and presses a key there.
    pub async fn press_key_on(&self, name: &str, key: Key) -> Outcome {
        self.part(name).await?.focus().await?;
        self.press(key).await
    }

    /// Presses the key of a letter, wherever the focus is.
    pub async fn press_letter(&self, letter: char) -> Outcome {
        self.driver.action_chain().send_keys(letter.to_string()).perform().await?;
        Ok(())
    }

    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: Key) -> Outcome {
        self.driver.action_chain().send_keys(key).perform().await?;
        Ok(())
    }
}

/// Asks again and again until there is an answer; what stood in the way comes into the error.
pub async fn eventually<T>(what: &str, ask: impl AsyncFn() -> Outcome<Result<T, String>>) -> Outcome<T> {
    let start = Instant::now();
    let mut pulse = tokio::time::interval(Duration::from_millis(50));
    loop {
        pulse.tick().await;
        match ask().await? {
            Ok(answer) => return Ok(answer),
            Err(instead) if start.elapsed() > PATIENCE => bail!("waited for {what}, found {instead}"),
            Err(_) => {}
        }
    }
}

fn named(name: &str) -> By {
    By::Css(format!("[data-testid={name}]"))
}
