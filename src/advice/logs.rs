//! Where a server's log tells more of one message, by its software.

use super::in_command;

/// The step that looks the message up in the server's log. `software` is the program as its Received line names it, `id` its number for
/// the message.
///
/// Sources: postfix(1), exigrep(8), sendmail's "Installation and Operation Guide", section 2.1; Microsoft, "Get-MessageTrackingLog" and
/// "Get-MessageTraceV2".
#[must_use]
pub fn look_up(software: Option<&str>, id: Option<&str>) -> String {
    let id = in_command(id.unwrap_or_default(), "<its number>");
    match software {
        Some("Postfix") => format!("`grep {id} /var/log/mail.log`: the lines with `status=deferred` say what it waited for."),
        Some("Exim") => format!("`exigrep {id} /var/log/exim4/mainlog`: the lines with `==` say what it waited for."),
        Some("sendmail") => format!("`grep {id} /var/log/mail.log`: the lines with `stat=Deferred` say what it waited for."),
        Some(name) if name.starts_with("Microsoft") || name.starts_with("Exchange") => {
            "`Get-MessageTrackingLog -MessageId \"<the Message-ID>\" | fl Timestamp,EventId,RecipientStatus` (Exchange Online: `Get-MessageTraceV2 -MessageId \"<the Message-ID>\"`) says what it waited for.".to_owned()
        }
        _ => format!("Look the message up in the server's log, by its number there ({id}) or its Message-ID: the log says what it waited for."),
    }
}
