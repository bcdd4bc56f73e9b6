//! Programs that collect mail from a POP3 mailbox: their configuration, and one run of each.

use crate::lab::images::PASSWORD;

/// The mailbox that is collected.
#[derive(Debug, Clone, Copy)]
pub struct Box {
    pub server: &'static str,
    pub user: &'static str,
}

/// As the makers of a fetcher write it.
pub fn title(program: &str) -> &str {
    if program == "getmail" { "getmail6" } else { program }
}

/// Exit code 1 says that there was no mail.
pub fn fetchmail(mailbox: Box, multidrop: &str, options: &str) -> String {
    let Box { server, user } = mailbox;
    format!(
        "cat > /root/.fetchmailrc <<'END'\n\
         set postmaster \"erin\"\n\
         poll {server} protocol pop3 timeout 30 {multidrop}\n\
         user \"{user}\" password \"{PASSWORD}\" fetchall sslproto \"\" {options}\n\
         END\n\
         chmod 600 /root/.fetchmailrc; fetchmail -v --nosyslog -f /root/.fetchmailrc || [ $? = 1 ]"
    )
}

/// `destination` is the section of that name, without its head.
pub fn getmail(mailbox: Box, retriever: &str, destination: &str, options: &str) -> String {
    let Box { server, user } = mailbox;
    format!(
        "mkdir -p /root/.getmail; cat > /root/.getmail/getmailrc <<'END'\n\
         [retriever]\n{retriever}\nserver = {server}\nusername = {user}\npassword = {PASSWORD}\n\
         [destination]\n{destination}\n\
         [options]\nverbose = 2\n{options}\n\
         END\n\
         getmail"
    )
}

pub fn mpop(mailbox: Box, delivery: &str, options: &str) -> String {
    let Box { server, user } = mailbox;
    format!(
        "cat > /root/.mpoprc <<'END'\n\
         account box\nhost {server}\nuser {user}\npassword {PASSWORD}\nauth user\ntls off\n\
         delivery {delivery}\n{options}\n\
         END\n\
         chmod 600 /root/.mpoprc; mpop box"
    )
}

pub fn fdm(mailbox: Box, action: &str, options: &str) -> String {
    let Box { server, user } = mailbox;
    format!(
        "cat > /root/.fdm.conf <<'END'\n\
         set default-user \"lists\"\n\
         account \"box\" pop3 server \"{server}\" user \"{user}\" pass \"{PASSWORD}\" {options}\n\
         action \"in\" {action}\n\
         match all action \"in\"\n\
         END\n\
         chmod 600 /root/.fdm.conf; fdm -v fetch"
    )
}
