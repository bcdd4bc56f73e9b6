//! What known fields are for, in one sentence each, and where that is laid down.

/// The source of a sentence that nobody who makes the software has written down: experience tells.
pub const UNDOCUMENTED: &str = "not documented";

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// One plain sentence.
    pub text: &'static str,
    /// An RFC, a page or a document of the maker, or [`UNDOCUMENTED`].
    pub source: &'static str,
}

/// What the fields of this name are for; absent where the name is in no list. Names know no case (RFC 5322 section 1.2.2).
#[must_use]
pub fn known(name: &str) -> Option<Known> {
    let name = name.to_ascii_lowercase();
    let whole = NAMES.binary_search_by(|(known, ..)| (*known).cmp(&name)).ok().and_then(|at| NAMES.get(at));
    // Of several beginnings the longest says most.
    let by_start =
        || STARTS.iter().filter(|(start, ..)| name.starts_with(start)).max_by_key(|(start, ..)| start.len());
    whole.or_else(by_start).map(|(_, text, source)| Known { text, source })
}

type Entry = (&'static str, &'static str, &'static str);

/// Whole names in lower case, sorted.
#[rustfmt::skip]
const NAMES: &[Entry] = &[
    ("apparently-to", "Recipients that an old sendmail added where the message had no To.", "sendmail, Installation and Operation Guide"),
    ("arc-authentication-results", "What the checks of the sender said when this forwarder had the message; the number i= names its set.", "RFC 8617, section 4.1.1"),
    ("arc-message-signature", "A forwarder's signature of the message as it had it.", "RFC 8617, section 4.1.2"),
    ("arc-seal", "A forwarder's signature of all ARC sets so far; cv= says whether the chain was whole.", "RFC 8617, section 4.1.3"),
    ("archived-at", "Where the message can be found in an archive.", "RFC 5064"),
    ("authentication-results", "What a server found when it checked the sender (SPF, DKIM, DMARC). Anybody can write one: it counts only from a server of the reader's side.", "RFC 8601"),
    ("authentication-results-original", "Results that another side wrote and a server of Exchange set aside under this name.", UNDOCUMENTED),
    ("auto-submitted", "Says that no person wrote this: auto-replied is an automatic answer, auto-generated comes from a program.", "RFC 3834, section 5"),
    ("autocrypt", "The sender's public key for encrypted mail.", "Autocrypt, Level 1 specification"),
    ("bcc", "Recipients that the others are not to see; it should be gone when the message is sent.", "RFC 5322, section 3.6.3"),
    ("bimi-selector", "Which of its logos the sender's domain wants to have shown.", "Internet draft “Brand Indicators for Message Identification”"),
    ("cc", "Further recipients, for everybody to see.", "RFC 5322, section 3.6.3"),
    ("comments", "A remark of the sender.", "RFC 5322, section 3.6.5"),
    ("content-class", "Outlook's sort of the item: a message, an appointment.", "Microsoft, [MS-OXCMAIL]"),
    ("content-disposition", "Whether this part is shown or attached, and its file name.", "RFC 2183"),
    ("content-id", "The name of a part, by which others point at it.", "RFC 2045, section 7"),
    ("content-language", "The language of the text.", "RFC 3282"),
    ("content-length", "The length of the body in bytes, for mailbox files of some systems.", "RFC 4021"),
    ("content-transfer-encoding", "How the body was made fit for transport: base64, quoted-printable or not at all.", "RFC 2045, section 6"),
    ("content-type", "What the body is (text, HTML, several parts), and its charset.", "RFC 2045, section 5"),
    ("date", "When the sender's program finished the message, by the clock of that machine.", "RFC 5322, section 3.6.1"),
    ("deferred-delivery", "When the message is to be delivered, as the sender asked.", "RFC 4021"),
    ("delivered-to", "The address to which a server delivered the message. The same address twice is the mark of a forwarding loop.", "RFC 9228"),
    ("delivery-date", "When the last server put the message into the mailbox.", "Exim, chapter “Generic options for transports”"),
    ("disposition-notification-to", "To whom a receipt is asked for when the message is read.", "RFC 8098, section 2.1"),
    ("dkim-filter", "The note of OpenDKIM that it signed or checked the message.", "OpenDKIM, opendkim.conf(5)"),
    ("dkim-signature", "The signature of the domain d= over the fields in h= and the body; the key is found under s=.", "RFC 6376"),
    ("dmarc-filter", "The note of OpenDMARC that it checked the message.", "OpenDMARC, opendmarc.conf(5)"),
    ("domainkey-signature", "The forerunner of DKIM-Signature, no longer checked.", "RFC 4870"),
    ("domainkey-status", "How the check of the forerunner of DKIM came out.", "RFC 4870"),
    ("envelope-to", "The envelope recipient for which the server delivered the message.", "Exim, chapter “Generic options for transports”"),
    ("errors-to", "Where bounces were to go before there was Return-Path.", "RFC 2076"),
    ("expires", "From when on the message means nothing any more.", "RFC 4021"),
    ("feedback-id", "Names of a campaign and its sender, by which Gmail counts complaints.", "Google, “Feedback Loop” (Postmaster Tools)"),
    ("from", "Who wrote the message, as the writer says. Only DMARC ties it to anything that is checked.", "RFC 5322, section 3.6.2"),
    ("importance", "How important the sender holds the message to be.", "RFC 4021"),
    ("in-reply-to", "The Message-ID of the message that this one answers.", "RFC 5322, section 3.6.4"),
    ("keywords", "Words by which the message can be found.", "RFC 5322, section 3.6.5"),
    ("lines", "How many lines the body has, a remnant of news.", "RFC 4021"),
    ("list-archive", "Where the archive of the mailing list is.", "RFC 2369, section 3.6"),
    ("list-help", "Where the mailing list explains itself.", "RFC 2369, section 3.1"),
    ("list-id", "The name of the mailing list, the same for all its messages.", "RFC 2919"),
    ("list-owner", "Whom to write to about the mailing list.", "RFC 2369, section 3.5"),
    ("list-post", "The address for posts to the mailing list.", "RFC 2369, section 3.4"),
    ("list-subscribe", "How to join the mailing list.", "RFC 2369, section 3.3"),
    ("list-unsubscribe", "How to leave the mailing list, or get no more of such mail.", "RFC 2369, section 3.2"),
    ("list-unsubscribe-post", "Says that a program may unsubscribe by one request to the address in List-Unsubscribe.", "RFC 8058"),
    ("mail-followup-to", "Where answers to all should go, as the sender asks.", "D. J. Bernstein, “Mail-Followup-To and Mail-Reply-To”"),
    ("mailing-list", "The address of a mailing list, as ezmlm writes it.", "ezmlm(5)"),
    ("message-id", "The name of this message, made once by the sender's program or first server. Copies of one message share it.", "RFC 5322, section 3.6.4"),
    ("mime-version", "Says that the body follows MIME; it is always 1.0.", "RFC 2045, section 4"),
    ("mt-priority", "The priority of the message on its way.", "RFC 6758"),
    ("old-received", "A Received line that somebody renamed, so that it no longer counts.", UNDOCUMENTED),
    ("organization", "The sender's organisation, as the sender's program says.", "RFC 4021"),
    ("original-recipient", "The recipient that the sender's side had asked for.", "RFC 8098, section 2.3"),
    ("precedence", "bulk, list or junk: automatic answers should not be sent to it.", "RFC 2076"),
    ("priority", "How soon the message is to be delivered: urgent, normal or non-urgent.", "RFC 4021"),
    ("received", "One hop: the server behind “by” took the message from the machine behind “from” at this time. The newest stands on top.", "RFC 5321, section 4.4"),
    ("received-spf", "What a server found when it checked whether the client may send for the sender's domain.", "RFC 7208, section 9.1"),
    ("references", "The Message-IDs of the conversation so far.", "RFC 5322, section 3.6.4"),
    ("reply-to", "Where answers are to go instead of to From.", "RFC 5322, section 3.6.2"),
    ("require-recipient-valid-since", "Deliver only if the mailbox has had the same owner since this day.", "RFC 7293"),
    ("resent-cc", "Further recipients of a message that somebody sent on.", "RFC 5322, section 3.6.6"),
    ("resent-date", "When somebody sent the message on.", "RFC 5322, section 3.6.6"),
    ("resent-from", "Who sent the message on to somebody else.", "RFC 5322, section 3.6.6"),
    ("resent-message-id", "The name that the message got when it was sent on.", "RFC 5322, section 3.6.6"),
    ("resent-sender", "Who did the sending for the one in Resent-From.", "RFC 5322, section 3.6.6"),
    ("resent-to", "To whom somebody sent the message on.", "RFC 5322, section 3.6.6"),
    ("return-path", "The envelope sender, written by the last server: here bounces go. <> is that of a bounce itself.", "RFC 5321, section 4.4"),
    ("return-receipt-to", "An old way to ask for a receipt on delivery.", "RFC 2076"),
    ("sender", "Who sent the message for the one in From, such as a secretary or a list.", "RFC 5322, section 3.6.2"),
    ("sensitivity", "Whether the message is personal, private or confidential, for programs to show.", "RFC 4021"),
    ("spamdiagnosticmetadata", "A code of Exchange Online for its spam filter.", UNDOCUMENTED),
    ("spamdiagnosticoutput", "A code of Exchange Online for its spam filter.", UNDOCUMENTED),
    ("status", "R was read, O is not new: the notes of a mailbox file.", "mbox(5)"),
    ("subject", "What the message is about, in the sender's words.", "RFC 5322, section 3.6.5"),
    ("supersedes", "The Message-ID of the message that this one replaces.", "RFC 4021"),
    ("thread-index", "Outlook's place of the message in its conversation; it holds the time at which the conversation began.", "Microsoft, [MS-OXOMSG]"),
    ("thread-topic", "Outlook's subject of the conversation.", "Microsoft, [MS-OXOMSG]"),
    ("tls-report-domain", "The domain that a report on encrypted delivery is about.", "RFC 8460, section 5.3"),
    ("tls-required", "No: deliver also where encryption cannot be had.", "RFC 8689"),
    ("to", "To whom the message is written. Where it goes the envelope alone decides.", "RFC 5322, section 3.6.3"),
    ("user-agent", "The program with which the message was written.", "RFC 2076"),
    ("vbr-info", "Who vouches for the sender's domain.", "RFC 5518"),
    ("x-antiabuse", "What a server under cPanel knows of who handed the message in.", UNDOCUMENTED),
    ("x-apparently-to", "The address to which Yahoo delivered the message.", UNDOCUMENTED),
    ("x-authenticated-sender", "The login with which the message was handed in, as the server says.", UNDOCUMENTED),
    ("x-authentication-warning", "sendmail doubts who the sender is: somebody set the address by hand.", "sendmail, Installation and Operation Guide"),
    ("x-auto-response-suppress", "Which automatic answers Exchange is not to send to this message.", "Microsoft, [MS-OXCMAIL]"),
    ("x-beenthere", "Mailman's mark of a list. Twice with one address: the message went round.", "Mailman 2.1, CookHeaders.py"),
    ("x-brightmail-tracker", "Codes of Symantec's filter.", UNDOCUMENTED),
    ("x-delivered-to", "The address to which the server delivered the message.", UNDOCUMENTED),
    ("x-envelope-from", "The envelope sender, as a server or a filter noted it.", UNDOCUMENTED),
    ("x-envelope-to", "The envelope recipient, as a server or a filter noted it.", UNDOCUMENTED),
    ("x-failed-recipients", "Of a bounce by Exim or Gmail: whom it could not reach.", "Exim, specification"),
    ("x-fetchmail-warning", "fetchmail found nobody in the message for whom it could be.", "fetchmail(1)"),
    ("x-forefront-antispam-report", "The verdict of Microsoft's filter: SCL is the spam level, CAT the class, SFV how it was decided.", "Microsoft, “Anti-spam message headers in Microsoft 365”"),
    ("x-forwarded-encrypted", "A code of Gmail on a message that was forwarded.", UNDOCUMENTED),
    ("x-forwarded-for", "The two addresses of a forward by a setting of Gmail.", UNDOCUMENTED),
    ("x-forwarded-to", "To whom a setting of Gmail forwarded the message.", UNDOCUMENTED),
    ("x-getmail-retrieved-from-mailbox", "The mailbox from which getmail fetched the message.", "getmail, documentation"),
    ("x-gm-message-state", "A code of Gmail that its own servers read.", UNDOCUMENTED),
    ("x-gm-original-to", "To whom the message was before a routing rule of Google Workspace changed it.", "Google Workspace Admin, “Add X-Gm-Original-To header”"),
    ("x-gmail-fetch-info", "Gmail fetched this message from the mailbox of another provider by POP3.", UNDOCUMENTED),
    ("x-gmail-labels", "The labels of the message in Gmail, as its export writes them.", UNDOCUMENTED),
    ("x-google-dkim-signature", "A second signature that Google makes for itself.", UNDOCUMENTED),
    ("x-google-group-id", "The number of the group at Google Groups.", UNDOCUMENTED),
    ("x-google-original-from", "The From before Google replaced it.", UNDOCUMENTED),
    ("x-google-smtp-source", "A code of Gmail that its own servers read.", UNDOCUMENTED),
    ("x-greylist", "How long a server let an unknown client wait before it took the message.", "postgrey(8)"),
    ("x-hmailserver-loopcount", "How often hMailServer passed the message on to another account.", "hMailServer, documentation"),
    ("x-ld-processed", "Tenants of Exchange Online that have had the message, each with a mark; it stops loops.", UNDOCUMENTED),
    ("x-loop", "A mark against loops: who finds its own mark does not answer again.", "procmailex(5)"),
    ("x-mailer", "The program with which the message was written.", "RFC 2076"),
    ("x-mailing-list", "The address of a mailing list.", "SmartList, documentation"),
    ("x-mdarrival-date", "When MDaemon took the message.", "MDaemon, documentation"),
    ("x-mdremoteip", "The address of the client, as MDaemon saw it.", "MDaemon, documentation"),
    ("x-microsoft-antispam", "The verdict of Microsoft's filter: BCL is the level of bulk mail.", "Microsoft, “Anti-spam message headers in Microsoft 365”"),
    ("x-microsoft-antispam-mailbox-delivery", "To which folder Exchange Online delivered the message, in codes of its own.", UNDOCUMENTED),
    ("x-microsoft-antispam-message-info", "A code of Microsoft's filter that only Microsoft can read.", UNDOCUMENTED),
    ("x-mimeole", "The library of Windows that made the message.", UNDOCUMENTED),
    ("x-mozilla-status", "What Thunderbird knows of the message: read, answered, deleted.", "Mozilla, nsMsgMessageFlags"),
    ("x-ms-exchange-crosstenant-authas", "Whether Exchange Online took the sender for one of its own: Internal or Anonymous.", UNDOCUMENTED),
    ("x-ms-exchange-crosstenant-authsource", "The server of Exchange Online that judged who the sender is.", UNDOCUMENTED),
    ("x-ms-exchange-crosstenant-id", "The number of the tenant that sent the message.", UNDOCUMENTED),
    ("x-ms-exchange-crosstenant-originalarrivaltime", "When the message came to Exchange Online for the first time.", UNDOCUMENTED),
    ("x-ms-exchange-inbox-rules-loop", "The mailboxes whose rules have sent the message on; it stops loops.", UNDOCUMENTED),
    ("x-ms-exchange-organization-authas", "Whether this Exchange took the sender for one of its own: Internal or Anonymous.", "Microsoft, [MS-OXCMAIL]"),
    ("x-ms-exchange-organization-authsource", "The server of this organisation that judged who the sender is.", "Microsoft, “Header firewall”"),
    ("x-ms-exchange-organization-avstamp-enterprise", "A virus scanner of Exchange has seen the message.", UNDOCUMENTED),
    ("x-ms-exchange-organization-expirationstarttime", "From when on Exchange counts how long it tries to deliver.", UNDOCUMENTED),
    ("x-ms-exchange-organization-network-message-id", "The number by which a message trace finds the message.", "Microsoft, “Message trace”"),
    ("x-ms-exchange-organization-pcl", "How likely phishing is, from 1 to 8.", "Microsoft, “Anti-spam stamps”"),
    ("x-ms-exchange-organization-scl", "The spam level: -1 was let pass, 0 and 1 are no spam, 5 and more are.", "Microsoft, “Spam confidence level (SCL) in EOP”"),
    ("x-ms-exchange-transport-crosstenantheadersstamped", "Exchange Online wrote fields for another tenant.", UNDOCUMENTED),
    ("x-ms-exchange-transport-endtoendlatency", "How long the message took within Exchange.", UNDOCUMENTED),
    ("x-ms-has-attach", "Whether the message has attachments.", "Microsoft, [MS-OXCMAIL]"),
    ("x-ms-publictraffictype", "The sort of traffic, as Exchange Online counts it.", UNDOCUMENTED),
    ("x-ms-tnef-correlator", "Ties a message to its part in Outlook's own format.", "Microsoft, [MS-OXTNEF]"),
    ("x-ms-traffictypediagnostic", "Which servers of Exchange Online had the message, in short.", UNDOCUMENTED),
    ("x-original-sender", "Who wrote to the Google Group.", UNDOCUMENTED),
    ("x-original-to", "The recipient as the message came to the server, before aliases.", "Postfix, local(8)"),
    ("x-originalarrivaltime", "When the message came to the SMTP service of Windows, with the same time as a number.", UNDOCUMENTED),
    ("x-originating-ip", "The machine from which the message was handed in, as a web mail says.", UNDOCUMENTED),
    ("x-originatororg", "The domain of the organisation that sent the message through Exchange Online.", UNDOCUMENTED),
    ("x-pm-message-id", "A number of the sending service Postmark.", "Postmark, documentation"),
    ("x-priority", "How important the sender holds the message to be: 1 is the highest.", "RFC 2076"),
    ("x-proofpoint-spam-details", "The verdict of Proofpoint's filter with its parts.", UNDOCUMENTED),
    ("x-proofpoint-virus-version", "The version of the virus scanner of Proofpoint.", UNDOCUMENTED),
    ("x-received", "A hop inside Google, which it writes under this name.", UNDOCUMENTED),
    ("x-report-abuse", "Where to complain about the message.", UNDOCUMENTED),
    ("x-rspamd-queue-id", "The number under which Rspamd logged the message.", "Rspamd, module milter_headers"),
    ("x-rspamd-server", "The server on which Rspamd judged the message.", "Rspamd, module milter_headers"),
    ("x-ses-outgoing", "The address from which Amazon SES sent the message, with the day.", "Amazon SES, Developer Guide"),
    ("x-sg-eid", "A code of the sending service SendGrid.", UNDOCUMENTED),
    ("x-sg-id", "A code of the sending service SendGrid.", UNDOCUMENTED),
    ("x-sieve", "The version of the mail filter language Sieve that sorted the message.", "Cyrus IMAP, documentation"),
    ("x-spam-checker-version", "The version of SpamAssassin, and the server on which it ran.", "SpamAssassin, Mail::SpamAssassin::Conf"),
    ("x-spam-flag", "YES: a filter holds the message for spam.", "SpamAssassin, Mail::SpamAssassin::Conf"),
    ("x-spam-level", "The points of the filter as a row of stars.", "SpamAssassin, Mail::SpamAssassin::Conf"),
    ("x-spam-report", "The rules of the filter that fitted, in words.", "SpamAssassin, Mail::SpamAssassin::Conf"),
    ("x-spam-score", "The points of a filter; how many make spam, each server decides.", UNDOCUMENTED),
    ("x-spam-status", "The verdict of the filter: yes or no, the points, the limit and the rules that fitted.", "SpamAssassin, Mail::SpamAssassin::Conf"),
    ("x-spamd-result", "The verdict of Rspamd, with each rule and its points.", "Rspamd, module milter_headers"),
    ("x-uidl", "The number by which a POP3 program knows which mail it has fetched.", "RFC 1939, section 7 (the number only)"),
    ("x-virus-scanned", "A virus scanner has seen the message.", "amavis, README"),
    ("x-virus-status", "What the virus scanner ClamAV found.", "clamav-milter.conf(5)"),
    ("x-ymailisg", "A code of Yahoo's filter.", UNDOCUMENTED),
    ("x-zimbra-forwarded", "The account of Zimbra that forwarded the message; it stops loops.", UNDOCUMENTED),
];

/// How names begin that a product makes in great number.
#[rustfmt::skip]
const STARTS: &[Entry] = &[
    ("arc-", "A part of a chain in which forwarders vouch for the checks before them.", "RFC 8617"),
    ("content-", "About the body, or a part of it.", "RFC 2045, section 9"),
    ("ironport-", "Written by a filter of Cisco (IronPort), in codes of its own.", UNDOCUMENTED),
    ("list-", "About a mailing list.", "RFC 2369"),
    ("resent-", "About a message that somebody sent on.", "RFC 5322, section 3.6.6"),
    ("x-amavis-", "Written by the filter amavis.", "amavis, README"),
    ("x-assp-", "Written by the filter ASSP.", "ASSP, documentation"),
    ("x-barracuda-", "Written by a filter of Barracuda.", "Barracuda, documentation"),
    ("x-cmae-", "A code of the filter Cloudmark.", UNDOCUMENTED),
    ("x-eop", "A note of Exchange Online for itself.", UNDOCUMENTED),
    ("x-forefront-", "Written by Microsoft's filter.", "Microsoft, “Anti-spam message headers in Microsoft 365”"),
    ("x-getmail-", "Written by getmail, which fetched the message.", "getmail, documentation"),
    ("x-gm-", "A code of Gmail.", UNDOCUMENTED),
    ("x-google-", "A code of Google.", UNDOCUMENTED),
    ("x-hmailserver-", "Written by hMailServer.", "hMailServer, documentation"),
    ("x-ironport-", "Written by a filter of Cisco (IronPort).", UNDOCUMENTED),
    ("x-mailgun-", "A number of the sending service Mailgun.", "Mailgun, documentation"),
    ("x-mailman-", "Written by the list manager Mailman.", "Mailman, documentation"),
    ("x-mailscanner-", "Written by the filter MailScanner.", "MailScanner, documentation"),
    ("x-mc-", "A code of Mailchimp, Mandrill or Mimecast.", UNDOCUMENTED),
    ("x-mdav-", "Written by the virus scanner of MDaemon.", "MDaemon, documentation"),
    ("x-microsoft-antispam", "Written by Microsoft's filter.", "Microsoft, “Anti-spam message headers in Microsoft 365”"),
    ("x-mimecast-", "Written by Mimecast.", UNDOCUMENTED),
    ("x-mozilla-", "A note of Thunderbird for itself.", "Mozilla, nsMsgMessageFlags"),
    ("x-ms-exchange-", "A note of Exchange for itself.", UNDOCUMENTED),
    ("x-ms-exchange-antispam-", "A note of Microsoft's filter.", UNDOCUMENTED),
    ("x-ms-exchange-crosstenant-", "A note of Exchange Online that leaves the tenant with the message.", UNDOCUMENTED),
    ("x-ms-exchange-organization-", "A note of this Exchange organisation, taken out when the message leaves it.", "Microsoft, “Header firewall”"),
    ("x-ms-office365-", "A note of Exchange Online for itself.", UNDOCUMENTED),
    ("x-originating-", "Who handed the message in, as a web mail says.", UNDOCUMENTED),
    ("x-pmx-", "Written by the filter PureMessage.", UNDOCUMENTED),
    ("x-proofpoint-", "Written by Proofpoint.", UNDOCUMENTED),
    ("x-rspamd-", "Written by the filter Rspamd.", "Rspamd, module milter_headers"),
    ("x-ses-", "A number of Amazon SES.", "Amazon SES, Developer Guide"),
    ("x-sg-", "A code of the sending service SendGrid.", UNDOCUMENTED),
    ("x-spam-", "Written by a spam filter, most often SpamAssassin.", "SpamAssassin, Mail::SpamAssassin::Conf"),
    ("x-tm-as-", "Written by a filter of Trend Micro.", UNDOCUMENTED),
    ("x-tmase-", "Written by a filter of Trend Micro.", UNDOCUMENTED),
    ("x-virus-", "Written by a virus scanner.", UNDOCUMENTED),
    ("x-vpop3-", "Written by VPOP3, which fetched or passed on the message.", "VPOP3, documentation"),
    ("x-zoho-", "A note of Zoho Mail.", UNDOCUMENTED),
];

#[cfg(test)]
mod tests {
    use super::{NAMES, STARTS, known};

    #[test]
    fn names_are_sorted_and_each_has_one_sentence_and_a_source() {
        assert!(NAMES.len() >= 120 && NAMES.is_sorted_by_key(|(name, ..)| name));
        for (name, text, source) in NAMES.iter().chain(STARTS) {
            assert!(text.ends_with('.') && !source.is_empty(), "{name}");
            assert_eq!(*name, name.to_ascii_lowercase());
        }
    }

    #[test]
    fn a_whole_name_goes_before_how_it_begins_and_the_longest_beginning_before_shorter_ones() {
        let text = |name| known(name).map(|known| known.text);
        assert!(text("X-Spam-Status").is_some_and(|text| text.contains("yes or no")));
        assert!(text("X-Spam-Relay-Country").is_some_and(|text| text.contains("spam filter")));
        assert!(
            text("X-MS-Exchange-CrossTenant-FromEntityHeader")
                .is_some_and(|text| text.contains("leaves the tenant"))
        );
        assert_eq!(text("X-Nobody-Knows"), None);
    }
}
