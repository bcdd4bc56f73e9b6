//! The roots of the lab's hosts: one Debian base, and above it one layer for each mail server, because their packages
//! exclude one another.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a host's file system is made of, besides what the host itself writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// No mail server; everything that every host may need: senders, fetchers, delivery agents, the name server.
    Base,
    Postfix,
    Exim,
    Sendmail,
    OpenSmtpd,
    Courier,
    Chasquid,
    /// Cyrus with Postfix in front of it.
    Cyrus,
    /// Mailman 3 with Postfix in front of it.
    Mailman,
    Nullmailer,
    Dma,
}

const ALL: &[Layer] = &[
    Layer::Postfix,
    Layer::Exim,
    Layer::Sendmail,
    Layer::OpenSmtpd,
    Layer::Courier,
    Layer::Chasquid,
    Layer::Cyrus,
    Layer::Mailman,
    Layer::Nullmailer,
    Layer::Dma,
];

/// Every host has these people. `archive` and `catchall` are mailboxes for programs.
pub const USERS: &[&str] =
    &["alice", "bob", "carol", "dave", "erin", "frank", "archive", "catchall", "lists", "filter"];

/// Of every mailbox, and of every login.
pub const PASSWORD: &str = "lab";

impl Layer {
    fn name(self) -> &'static str {
        match self {
            Layer::Base => "base",
            Layer::Postfix => "postfix",
            Layer::Exim => "exim",
            Layer::Sendmail => "sendmail",
            Layer::OpenSmtpd => "opensmtpd",
            Layer::Courier => "courier",
            Layer::Chasquid => "chasquid",
            Layer::Cyrus => "cyrus",
            Layer::Mailman => "mailman",
            Layer::Nullmailer => "nullmailer",
            Layer::Dma => "dma",
        }
    }

    fn packages(self) -> &'static str {
        match self {
            Layer::Base => {
                "rsyslog iproute2 procps openssl ca-certificates python3 m4 make libfaketime dnsmasq-base \
                 swaks libnet-ssleay-perl libio-socket-ssl-perl libnet-dns-perl libauthen-sasl-perl \
                 procmail maildrop fetchmail getmail6 mpop fdm vacation"
            }
            Layer::Postfix => {
                "postfix dovecot-pop3d dovecot-imapd dovecot-lmtpd dovecot-sieve amavisd-new mlmmj postgrey \
                 postsrsd"
            }
            Layer::Exim => "exim4-daemon-heavy dovecot-pop3d dovecot-imapd dovecot-lmtpd dovecot-sieve mlmmj",
            Layer::Sendmail => {
                "sendmail-bin sasl2-bin libsasl2-modules dovecot-pop3d dovecot-imapd dovecot-lmtpd"
            }
            Layer::OpenSmtpd => "opensmtpd dovecot-pop3d dovecot-imapd dovecot-lmtpd dovecot-sieve",
            Layer::Courier => "courier-mta courier-pop courier-imap",
            Layer::Chasquid => "chasquid dovecot-pop3d dovecot-imapd dovecot-lmtpd",
            Layer::Cyrus => "postfix sasl2-bin libsasl2-modules cyrus-pop3d cyrus-imapd cyrus-admin",
            Layer::Mailman => "postfix mailman3 dbconfig-no-thanks",
            Layer::Nullmailer => "nullmailer",
            Layer::Dma => "dma",
        }
    }
}

/// The finished roots, all below one folder.
#[derive(Debug, Clone)]
pub struct Images {
    folder: PathBuf,
}

impl Images {
    /// Where the roots of a lab lie. Nothing is looked at yet.
    pub fn at(lab: &Path) -> Self {
        Images { folder: lab.join("images") }
    }

    /// Builds what is missing: the base takes about a minute, a layer some seconds.
    pub fn build(lab: &Path) -> Result<Self> {
        let images = Images::at(lab);
        fs::create_dir_all(&images.folder).context("the folder of the lab cannot be made")?;
        if !images.is_built(Layer::Base) {
            images.build_base().context("the base of the hosts cannot be built")?;
        }
        for layer in ALL {
            if !images.is_built(*layer) {
                images
                    .build_layer(*layer)
                    .with_context(|| format!("the layer {} cannot be built", layer.name()))?;
            }
        }
        Ok(images)
    }

    /// The folders of a layer in the order of the overlay file system's `lowerdir`, the upper one first.
    pub fn lower(&self, layer: Layer) -> String {
        let base = self.root(Layer::Base).display().to_string();
        match layer {
            Layer::Base => base,
            _ => format!("{}:{base}", self.root(layer).display()),
        }
    }

    fn root(&self, layer: Layer) -> PathBuf {
        self.folder.join(layer.name())
    }

    /// A layer is built again when its list of packages has changed, or that of the base below it.
    fn is_built(&self, layer: Layer) -> bool {
        fs::read_to_string(self.stamp(layer)).is_ok_and(|packages| packages == ingredients(layer))
    }

    fn stamp(&self, layer: Layer) -> PathBuf {
        self.folder.join(format!("{}.packages", layer.name()))
    }

    fn build_base(&self) -> Result<()> {
        install_debootstrap()?;
        let root = self.root(Layer::Base);
        remove(&root)?;
        println!("Building the base of the hosts (about a minute) …");
        let (codename, mirror) = (codename()?, mirror()?);
        shell::run(
            shell::program("debootstrap").args(["--variant=minbase", &codename]).arg(&root).arg(mirror),
        )?;
        copy_apt_configuration(&root)?;
        // The name is in the mail of every package that asks for one, and a certificate needs one.
        let people: String = USERS.iter().map(|user| format!("useradd -m -s /bin/sh {user}; ")).collect();
        let passwords: String =
            USERS.iter().map(|user| format!("echo {user}:{PASSWORD} | chpasswd; ")).collect();
        self.in_root(
            &root,
            Layer::Base,
            &format!(
                "{people}{passwords}\
                 mkdir -p /etc/lab; openssl req -x509 -newkey rsa:2048 -nodes -days 36500 \
                 -subj /CN=lab.example.org -addext subjectAltName=DNS:*.example.com,DNS:*.example.net,DNS:*.example.org \
                 -keyout /etc/lab/tls.key -out /etc/lab/tls.crt 2>/dev/null; \
                 chmod 644 /etc/lab/tls.key"
            ),
        )?;
        self.write_stamp(Layer::Base)
    }

    fn build_layer(&self, layer: Layer) -> Result<()> {
        println!("Building the layer {} …", layer.name());
        let (upper, merged, work) = (self.root(layer), self.folder.join("merged"), self.folder.join("work"));
        for folder in [&upper, &merged, &work] {
            remove(folder)?;
            fs::create_dir_all(folder)?;
        }
        self.in_root(&merged, layer, "true")?;
        remove(&work)?;
        remove(&merged)?;
        self.write_stamp(layer)
    }

    fn write_stamp(&self, layer: Layer) -> Result<()> {
        Ok(fs::write(self.stamp(layer), ingredients(layer))?)
    }

    /// Installs a layer's packages and runs `afterwards`, in namespaces of their own: mounts, processes and the
    /// host's name end with the command.
    fn in_root(&self, root: &Path, layer: Layer, afterwards: &str) -> Result<()> {
        let overlay = match layer {
            Layer::Base => String::new(),
            _ => format!(
                "mount -t overlay overlay -o lowerdir={},upperdir={},workdir={} {}\n",
                self.root(Layer::Base).display(),
                self.root(layer).display(),
                self.folder.join("work").display(),
                root.display()
            ),
        };
        let script = format!(
            "set -e\n\
             mount --make-rprivate /\n\
             {overlay}hostname lab.example.org\n\
             cd {root}\n\
             mount -t proc proc proc\n\
             mount -t tmpfs tmpfs dev\n\
             mknod -m 666 dev/null c 1 3; mknod -m 666 dev/zero c 1 5; mknod -m 666 dev/random c 1 8; \
             mknod -m 666 dev/urandom c 1 9; ln -s /proc/self/fd dev/fd\n\
             rm -f etc/resolv.conf; cp /etc/resolv.conf etc/resolv.conf\n\
             echo '127.0.0.1 localhost' > etc/hosts\n\
             echo '127.0.1.1 lab.example.org lab' >> etc/hosts\n\
             echo lab.example.org > etc/hostname; echo lab.example.org > etc/mailname\n\
             printf '#!/bin/sh\\nexit 101\\n' > usr/sbin/policy-rc.d; chmod 755 usr/sbin/policy-rc.d\n\
             export PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive HOME=/root LC_ALL=C.UTF-8\n\
             chroot . apt-get update -q\n\
             chroot . apt-get install -q -y --no-install-recommends {packages}\n\
             chroot . apt-get clean\n\
             chroot . sh -e -c '{afterwards}'\n",
            root = root.display(),
            packages = layer.packages(),
        );
        let log = self.folder.join(format!("{}.log", layer.name()));
        let file = fs::File::create(&log)?;
        let mut unshare = Command::new("unshare");
        unshare
            .args(["--mount", "--uts", "--pid", "--ipc", "--fork", "--kill-child", "sh", "-c", &script])
            .env_remove("CDPATH")
            .stdin(std::process::Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        let status = unshare.status().context("cannot start `unshare`")?;
        if !status.success() {
            bail!("apt-get or a step after it failed; see {}", log.display());
        }
        Ok(())
    }
}

fn ingredients(layer: Layer) -> String {
    match layer {
        Layer::Base => Layer::Base.packages().to_owned(),
        _ => format!("{} + {}", Layer::Base.packages(), layer.packages()),
    }
}

fn install_debootstrap() -> Result<()> {
    if Command::new("debootstrap").arg("--version").output().is_ok() {
        return Ok(());
    }
    println!("Installing debootstrap …");
    shell::run(Command::new("apt-get").args(["update", "-q"]))?;
    shell::run(Command::new("apt-get").args([
        "install",
        "-q",
        "-y",
        "--no-install-recommends",
        "debootstrap",
    ]))
}

/// The release that this machine runs.
fn codename() -> Result<String> {
    let release = fs::read_to_string("/etc/os-release")?;
    let line = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    Ok(line.context("this machine does not say which Debian it runs")?.to_owned())
}

/// The first archive that this machine's own apt uses for its release.
fn mirror() -> Result<String> {
    let codename = codename()?;
    let indexes = shell::output(Command::new("apt-get").args([
        "indextargets",
        "--format",
        "$(SITE) $(RELEASE)",
        "Created-By: Packages",
    ]))?;
    let mut archives = indexes.lines().filter_map(|line| line.split_once(' '));
    let archive = archives.find(|(_, release)| *release == codename);
    Ok(archive.context("this machine's apt knows no archive for its own release")?.0.to_owned())
}

/// The same archives for the hosts as for this machine.
fn copy_apt_configuration(root: &Path) -> Result<()> {
    let mut copy = String::from("set -e\nrm -f \"$1\"/etc/apt/sources.list\n");
    copy.push_str(
        "for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
         /etc/apt/apt.conf; do\n\
         if [ -f \"$file\" ]; then cp \"$file\" \"$1$file\"; fi\ndone\n\
         for file in $(grep -l Acquire /etc/apt/apt.conf.d/* || true); do cp \"$file\" \"$1$file\"; done\n",
    );
    shell::run(Command::new("sh").args(["-c", &copy, "sh"]).arg(root))
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}
