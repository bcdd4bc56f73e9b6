//! A running host: an overlay root and namespaces of its own, all of whose programs end with one process.

use super::images::{Images, USERS};
use super::site::{File, Site};
use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The name server of the sandbox.
pub const NAME_SERVER: &str = "192.0.2.53";
/// Everything that exists in the sandbox.
pub const NETS: &[&str] = &["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"];

pub struct Host {
    pub site: Site,
    /// The first process inside, as the sandbox numbers it.
    pid: u32,
    log: PathBuf,
    /// Owns the namespaces: when it ends, the kernel ends everything inside.
    _unshare: Child,
}

impl Host {
    /// Starts an empty host and connects it to the bridge; `number` tells its cable from the others.
    pub fn start(site: &Site, number: usize, images: &Images, folder: &Path) -> Result<Self> {
        let own = folder.join(&site.host);
        for part in ["upper", "work", "root"] {
            fs::create_dir_all(own.join(part))?;
        }
        let log = own.join("host.log");
        let file = fs::File::create(&log)?;
        let script = boot_script(site, &images.lower(site.software.layer()), &own);
        let unshare = Command::new("unshare")
            .args(["--net", "--mount", "--uts", "--pid", "--ipc", "--fork", "--kill-child"])
            .args(["sh", "-c", &script])
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .context("cannot start `unshare`")?;
        let parent = unshare.id();
        let ready = own.join("ready");
        let pid = wait_for(Duration::from_secs(20), || {
            if !ready.exists() {
                return None;
            }
            let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).ok()?;
            children.split_whitespace().next()?.parse::<u32>().ok()
        })
        .with_context(|| format!("{} did not start; see {}", site.host, log.display()))?;
        let host = Host { site: site.clone(), pid, log, _unshare: unshare };
        host.connect(number)?;
        Ok(host)
    }

    fn connect(&self, number: usize) -> Result<()> {
        let pid = self.pid;
        let mut script = format!(
            "set -e; ip link add port{number} type veth peer name eth0 netns {pid}\n\
             ip link set port{number} master bridge0 up\n\
             inside() {{ nsenter -t {pid} -n \"$@\"; }}\n\
             inside ip link set lo up; inside ip link set eth0 up\n\
             inside ip address add {}/32 dev eth0\n",
            self.site.address
        );
        for net in NETS {
            script.push_str(&format!("inside ip route add {net} dev eth0 src {}\n", self.site.address));
        }
        if let Some(address) = &self.site.address6 {
            script.push_str(&format!("inside ip -6 address add {address}/32 dev eth0 nodad\n"));
        }
        let output = Command::new("sh").args(["-c", &script]).output()?;
        if !output.status.success() {
            bail!("{} got no network: {}", self.site.host, String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }

    /// Runs shell commands as root inside; what they print goes to the host's log.
    pub fn run(&self, script: &str, seconds: u64) -> Result<()> {
        let file = fs::OpenOptions::new().append(true).open(&self.log)?;
        let status = Command::new("timeout")
            .args(["--kill-after=5", &seconds.to_string()])
            .args(["nsenter", "-t", &self.pid.to_string(), "-m", "-u", "-i", "-n", "-p", "-r", "-w", "--"])
            .args(["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8"])
            .args(["sh", "-e", "-c", script])
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .status()
            .context("cannot start `nsenter`")?;
        if !status.success() {
            let log = fs::read(&self.log).unwrap_or_default();
            let log = String::from_utf8_lossy(&log);
            let tail: Vec<&str> = log.lines().rev().take(8).collect();
            let tail: Vec<&str> = tail.into_iter().rev().collect();
            bail!("on {}, `{script}` failed ({status}):\n{}", self.site.host, tail.join("\n"));
        }
        Ok(())
    }

    /// A path inside, as seen from outside.
    pub fn path(&self, inside: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root{inside}", self.pid))
    }

    pub fn write(&self, file: &File) -> Result<()> {
        let path = self.path(&file.path);
        let write = || -> Result<()> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, &file.text)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(file.mode))?;
            Ok(())
        };
        write().with_context(|| format!("{} cannot be written on {}", file.path, self.site.host))
    }

    /// The messages of a person, the oldest first.
    pub fn mailbox(&self, user: &str) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for folder in ["new", "cur"] {
            let folder = self.path(&format!("/home/{user}/Maildir/{folder}"));
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            files.extend(entries.filter_map(|entry| {
                let modified = entry.metadata().ok()?.modified().ok()?;
                Some((modified, entry.path()))
            }));
        }
        files.sort();
        files.into_iter().map(|(_, path)| path).collect()
    }

    /// How many messages lie in the mailboxes of people. Copies kept for the lab do not count.
    pub fn messages(&self) -> usize {
        USERS.iter().filter(|user| **user != "archive").map(|user| self.mailbox(user).len()).sum()
    }
}

/// Asks every 20 ms until there is an answer or the time is over.
pub fn wait_for<T>(time: Duration, mut answer: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = answer() {
            return Some(found);
        }
        if start.elapsed() > time {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What the first process of a host does before it falls asleep: it builds the root and goes into it.
/// Nothing of the machine's own /dev may be seen inside: through /dev/log its name would come into the logs.
fn boot_script(site: &Site, lower: &str, own: &Path) -> String {
    let own = own.display();
    let Site { host, address, zone, .. } = site;
    let label = site.label();
    let mut script = format!(
        "set -e\n\
         mount --make-rprivate /\n\
         mount -t overlay overlay -o lowerdir={lower},upperdir={own}/upper,workdir={own}/work,volatile {own}/root\n\
         hostname {host}\n\
         cd {own}/root\n\
         mount -t proc proc proc\n\
         mount -t tmpfs tmpfs dev\n\
         mkdir dev/pts dev/shm; mount -t devpts devpts dev/pts -o newinstance,ptmxmode=666; ln -s pts/ptmx dev/ptmx\n\
         mount -t tmpfs -o mode=1777 tmpfs dev/shm\n\
         for node in 'null 3' 'zero 5' 'full 7' 'random 8' 'urandom 9'; do\n\
         set -- $node; mknod -m 666 dev/$1 c 1 $2; done\n\
         mknod -m 666 dev/tty c 5 0\n\
         ln -s /proc/self/fd dev/fd; ln -s /proc/self/fd/0 dev/stdin; ln -s /proc/self/fd/1 dev/stdout; \
         ln -s /proc/self/fd/2 dev/stderr\n\
         rm -f etc/resolv.conf etc/localtime etc/hosts\n\
         echo 'nameserver {NAME_SERVER}' > etc/resolv.conf\n\
         printf '127.0.0.1 localhost\\n{address} {host} {label}\\n' > etc/hosts\n\
         echo {host} > etc/hostname; echo {host} > etc/mailname\n\
         ln -s /usr/share/zoneinfo/{zone} etc/localtime; echo {zone} > etc/timezone\n"
    );
    if site.clock != 0 {
        // The preload reaches every program, whatever environment its parent gives it.
        let offset = site.clock;
        script.push_str(&format!(
            "echo '{offset:+}' > etc/faketimerc\n\
             echo '/usr/$LIB/faketime/libfaketimeMT.so.1' > etc/ld.so.preload\n"
        ));
    }
    script.push_str(&format!("touch {own}/ready\nexec chroot . sleep infinity\n"));
    script
}
