//! What the browser asked the network for, by its own account.

use crate::Outcome;
use serde_json::Value;
use thirtyfour::WebDriver;

/// Every address that the page asked for since the last call, from Chromium's performance log.
pub async fn requests(driver: &WebDriver) -> Outcome<Vec<String>> {
    let mut addresses = Vec::new();
    for entry in driver.get_log("performance").await? {
        let event: Value = serde_json::from_str(&entry.message)?;
        let event = &event["message"];
        let address = match event["method"].as_str() {
            Some("Network.requestWillBeSent") => &event["params"]["request"]["url"],
            Some("Network.webSocketCreated" | "Network.webTransportCreated") => &event["params"]["url"],
            _ => continue,
        };
        addresses.push(address.as_str().unwrap_or("an address that is not text").to_owned());
    }
    Ok(addresses)
}

/// Whether an address names something that is in the browser already, rather than on a network.
pub fn is_local(address: &str) -> bool {
    ["file:", "blob:", "data:", "about:"].iter().any(|scheme| address.starts_with(scheme))
}
