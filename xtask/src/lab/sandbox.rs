//! Runs one scenario: hosts on a bridge, the mail, the waiting. Everything lives in namespaces that end with this
//! process.

use super::host::{Host, wait_for};
use super::images::{Images, PASSWORD};
use super::scenario::{Mail, Scenario, Step};
use super::site::File;
use super::{dns, servers};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long the mailboxes must stay the same before the outcome counts as final.
const QUIET: Duration = Duration::from_secs(4);

pub struct Sandbox {
    pub hosts: Vec<Host>,
}

impl Sandbox {
    /// Starts all hosts and their programs, in the order of the scenario.
    pub fn start(scenario: &Scenario, images: &Images, folder: &Path) -> Result<Self> {
        let bridge = "set -e; ip link set lo up; ip link add bridge0 type bridge forward_delay 0; ip link set bridge0 up";
        let status = Command::new("sh").args(["-c", bridge]).status()?;
        if !status.success() {
            bail!("the bridge of the sandbox cannot be made");
        }
        let name_server = Host::start(&dns::site(), 0, images, folder)?;
        let setup = dns::setup(scenario);
        for file in &setup.files {
            name_server.write(file)?;
        }
        name_server.run(&setup.start, 20)?;
        let mut hosts = vec![name_server];
        for (number, site) in scenario.sites.iter().enumerate() {
            let host = Host::start(site, number + 1, images, folder)?;
            let setup = servers::setup(site);
            for file in setup.files.iter().chain(&site.files) {
                host.write(file)?;
            }
            host.run(&setup.start, 60).with_context(|| format!("{} does not start", site.programs()))?;
            for script in &site.start {
                host.run(script, 60)?;
            }
            hosts.push(host);
        }
        Ok(Sandbox { hosts })
    }

    pub fn host(&self, name: &str) -> Result<&Host> {
        let found = self.hosts.iter().find(|host| host.site.host == name);
        found.with_context(|| format!("the scenario has no host {name}"))
    }

    pub fn step(&self, step: &Step) -> Result<()> {
        match step {
            Step::Send(mail) => self.send(mail),
            Step::Run { host, script } => self.host(host)?.run(script, 120),
            Step::Pause { seconds } => {
                std::thread::sleep(Duration::from_secs(*seconds));
                Ok(())
            }
            Step::Await { messages, seconds } => {
                let count = || self.hosts.iter().map(Host::messages).sum();
                await_count(count, *messages, *seconds).context("in all mailboxes")
            }
            Step::AwaitIn { mailbox, messages, seconds } => {
                let (user, host) = mailbox.split_once('@').context("a mailbox is user@host")?;
                let host = self.host(host)?;
                await_count(|| host.mailbox(user).len(), *messages, *seconds)
                    .with_context(|| format!("in the mailbox {mailbox}"))
            }
        }
    }

    fn send(&self, mail: &Mail) -> Result<()> {
        let desk = self.host(&mail.desk)?;
        let mut text = format!("Date: @DATE@\nMessage-ID: <{}@{}>\n", mail.id, mail.desk);
        for (name, value) in &mail.fields {
            text.push_str(&format!("{name}: {value}\n"));
        }
        text.push('\n');
        text.push_str(&mail.body);
        let file = format!("/tmp/mail-{}", mail.id);
        if !mail.again {
            desk.write(&File::new(&file, text))?;
        }
        let mut options = String::new();
        if mail.tls {
            options.push_str(" --tls");
        }
        if mail.login {
            options.push_str(&format!(" --auth PLAIN --auth-user {} --auth-password {PASSWORD}", mail.from));
        }
        let script = format!(
            "sed -i \"s/@DATE@/$(date -R)/\" {file}\n\
             swaks --server {} --port {} --ehlo {} --from '{}' --to '{}' --data @{file} {options}",
            mail.server,
            mail.port,
            mail.desk,
            mail.from,
            mail.recipients.join(",")
        );
        desk.run(&script, 120)
    }
}

fn await_count(count: impl Fn() -> usize, messages: usize, seconds: u64) -> Result<()> {
    let reached = wait_for(Duration::from_secs(seconds), || (count() >= messages).then_some(()));
    if reached.is_none() {
        bail!("{} of {messages} messages came within {seconds} seconds", count());
    }
    let mut last = (count(), Instant::now());
    let quiet = wait_for(Duration::from_secs(90), || {
        let now = count();
        if now != last.0 {
            last = (now, Instant::now());
        }
        (last.1.elapsed() > QUIET).then_some(())
    });
    quiet.context("the mailboxes do not come to rest")
}
