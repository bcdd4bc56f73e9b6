//! A drawing in a sentence, for those who do not see it.

use super::super::{Circle, Message};
use super::sheet::{fitting, isolated};
use super::stops::{Sort, Stop};

/// A name is hardly longer, in letters.
pub const NAME: f64 = 80.0;

/// The course of a message.
pub fn describe(message: &Message, stops: &[Stop]) -> String {
    let name =
        |stop: Option<&Stop>| stop.map_or_else(String::new, |stop| isolated(&fitting(&stop.name, NAME, 1.0)));
    let course = format!(
        "The message went from {} to {} in {} hops",
        name(stops.first()),
        name(stops.iter().rfind(|stop| !matches!(stop.sort, Sort::Refused | Sort::Inside))),
        message.hops.len()
    );
    let round = message
        .circle
        .as_ref()
        .filter(|circle| circle.is_loop)
        .map(|circle| format!(", and went round {}", round(circle)));
    let refused = stops.last().filter(|stop| stop.sort == Sort::Refused).map(|_| ", until it was refused");
    format!(
        "{course}{}{}. The table below has all of them.",
        round.unwrap_or_default(),
        refused.unwrap_or_default()
    )
}

fn round(circle: &Circle) -> String {
    const NAMED: usize = 8;
    let mut names: Vec<String> =
        circle.members.iter().take(NAMED).map(|member| isolated(&fitting(&member.name, NAME, 1.0))).collect();
    if circle.members.len() > NAMED {
        names.push(format!("{} more", circle.members.len() - NAMED));
    }
    format!("{} {} times", names.join(", "), circle.laps)
}
