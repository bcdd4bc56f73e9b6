//! The words that stay: those that the analysis itself looks for, and those of protocols and programs. They tell what servers did and
//! what software they run, never who writes to whom. Everything else is replaced, so a word that nobody thought of is none that leaks.
//!
//! `words.txt` is collected from the words in the code of the rooms that read; a test holds it to that.

use std::collections::HashSet;

/// The words in the code of the rooms that read, one a line; names with dots as a whole.
const READ: &str = include_str!("words.txt");

/// What programs write without its being read here: kept for the reader, and because it is nobody's.
const PROGRAMS: &str = "\
    a abuse accept accepted access action added additional address addresses administrator admin after agent aggregate alias allow allowed \
    alternative amavisd an anti anonymous antispam antivirus any application arrival as ascii asp attempt attachment attempts auth \
    authenticating authority author authsource autolearn b bar base bcl be been best bit body boundary bounced but c ca calendar cannot cat \
    catch category cbc cert certificate character chacha charset checked checker chunking cipher class clamav clamd class client closed code \
    command compauth compatible config connected connection contact content control cross crosstenant css ctry custom d daemon data day \
    deadline default defer delivery des description designates details dhe did digest digital direct directionality disabled discarded \
    display disposition dns document domain done double dovecot dsa dsn e ecc ecdhe ecdsa ed edge email encoded encoding encrypted en end \
    engine enhanced entity envelope eop error errors esmtp ess even event expected explicit external extended f failed field fields file filename \
    filename filtered final first flag flagged flow following font format forwarded found frontend full g gcm general generated generator \
    get gif global google group h hash has have header headers help hello helo hfrom higher high home host hosted html http id identity image \
    imap in include infected info inbound inline instance internal internet invalid ip iso it its j jpeg jpg judged k key keywords kx l lang \
    languages last later length less level limit limits line lines link list listed local log login low m machine mail mailbox mailer mailing \
    main manager match maximum may md media medium message messages method microsoft milter mime missing mixed mode ms mta mua multi multipart \
    must mx n name names need network new next nist no non not note null number o object octet of off office on one only open openssl option or \
    order org organization originating originator other out outbound outlook over p package page parameter part parts passed password path \
    pdf per perhaps permanent permitted phrase plain platform please png poly port possible postfix postmaster prefer priority problem process \
    processed product prohibited protection protocol proxy public q queue queued quota r read reason received recipient recipients record \
    refused rejected relay relays related release remote report reported reports request required resolved response result results return \
    returned reverse rfc route rsa rsassa rule rules s said same scan scanned scanner score secp secure security see selector send sender \
    sent server servers service session set sha sid signature signed signature similar simple since site size smtp software some source spam \
    spamassassin spf spoof stage standard start started state status stream string style sub subject submission submit subsystem suite \
    supported suspected system t table tag tags target temporary tenant test tests text than that the their this thread time times tls to \
    token too traffic transaction transfer transmission transport tried try trying type u undefined unable under unencrypted unicode unix unknown \
    unspecified until untrusted up upn url use used user userid users utf uuid v valid value values verified verify version via virus w warning was \
    watched we web were while will windows with without word words x xml xhtml y yes you your z zero zip zone \
    al also aes bytes de delay delivered device does down gmt gnutls hours html igncr jan kb known left mb minutes more name period \
    seconds smtputf8 sp st std successful pro myself cut href title script head header div span table tr td pre strong font img src alt meta relaxed groups tcp temperror us vfs";

/// Domains of providers and programs, beside those in the code. Names below them are replaced.
const DOMAINS: [&str; 16] = [
    "amazonaws.com",
    "amazonses.com",
    "bounces.google.com",
    "cloudflare.net",
    "googlegroups.com",
    "mail.onmicrosoft.com",
    "mailgun.net",
    "mandrillapp.com",
    "mcsv.net",
    "mx.microsoft",
    "onmicrosoft.com",
    "sendgrid.net",
    "sharepoint.com",
    "t-online.de",
    "w3.org",
    "yahoo.co.jp",
];

/// Ends of machine names of large providers: what stands before them names a machine, never a customer.
const MACHINES: [&str; 12] = [
    ".1e100.net",
    ".amazonses.com",
    ".google.com",
    ".hotmail.com",
    ".office365.com",
    ".outbound.protection.outlook.com",
    ".phx.gbl",
    ".prod.exchangelabs.com",
    ".prod.outlook.com",
    ".prod.protection.outlook.com",
    ".protection.office.net",
    ".yahoo.com",
];

/// Labels of host names that say what a machine does, not whose it is; and words by which lines of homes are told.
const DUTIES: &str = "localhost localdomain mail mailer mailin mailout mx mxa mxb mta smtp smtps smtpin smtpout esmtp imap imaps pop pop3 \
    in out inbound outbound incoming outgoing relay relays gw gateway mailgw mailgate ns dns www web webmail list lists bounce bounces \
    backup filter spam antispam av scan submission msa mda lmtp dsl adsl broadband cable dhcp dialin dialup dip dyn dynamic static pool ppp \
    amavis filterd reinject pps ip6 loopback unknown prod protection mail1 mail2 mx1 mx2 eop";

/// Mailboxes that are nobody's, in lower case.
const ROLES: [&str; 41] = [
    "abuse",
    "administrator",
    "catch-all",
    "catch.all",
    "catch_all",
    "catchall",
    "dmarc",
    "list",
    "nicht-zustellbar",
    "noc",
    "security",
    "undeliverable",
    "undelivered",
    "unknown",
    "unknown-users",
    "unzustellbar",
    "anonymous",
    "bounce",
    "bounces",
    "daemon",
    "do-not-reply",
    "donotreply",
    "fetchmail",
    "hostmaster",
    "listserv",
    "mailer-daemon",
    "mailer_daemon",
    "mailerdaemon",
    "mailman",
    "majordomo",
    "mdaemon",
    "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e",
    "no-reply",
    "nobody",
    "noreply",
    "post_master",
    "postmaster",
    "root",
    "undisclosed-recipients",
    "webmaster",
    "www-data",
];

/// Parts of mailbox names that programs put there.
const AFFIXES: [&str; 26] = [
    "admin",
    "bnc",
    "bounce",
    "bounces",
    "btv1",
    "caf_",
    "confirm",
    "errors",
    "help",
    "imceaex",
    "join",
    "leave",
    "msprvs1",
    "no",
    "noreply",
    "owner",
    "post",
    "prvs",
    "reply",
    "request",
    "return",
    "srs",
    "srs0",
    "srs1",
    "subscribe",
    "unsubscribe",
];

/// Words in the place of a name that are those of programs.
const SENDERS: &str = "rfc822 dns x400 utf8 unix mail delivery deliver system subsystem service services administrator postmaster mailer daemon mdaemon imb recipient \
    recipients no to header on input undisclosed unlisted microsoft outlook exchange via the email mailman google gmail post office";

/// Words of subjects that stay, as long as all words before them do.
const SUBJECTS: &str = "a address an auto automatic automatica automatische automática antwort abwesenheit away could delay delayed delivered \
    deliver deliverable delivery delivré délivré email error errors failed failure from has have been mail mailer message messages non nicht \
    not note notice notification notify of office office/vacation out permanent postfix postmaster problem received reply report respond \
    response response respuesta returned returning returns risposta réponse rückantwort remis return read sending sender server smtp still \
    being retried retry status system the there this to unable undeliverable undelivered unzustellbar vacation verzögert warning was will your \
    zustellbar zustellung nondeliverable complaint about autoreply autoresponse autoresponder";

/// What answers and forwarded mails are marked with, wherever it stands before a colon.
const ANSWERS: &str = "re fw fwd aw wg sv vs vb antw rif r tr rv ynt odp enc";

/// Ends of host names on the internet beside those of countries, which have two letters.
const ENDS: &str = "academy agency app arpa asia berlin bio biz blog business bzh camp care cat center city cloud club com community company \
    computer consulting coop corp design dev digital directory domain earth edu education email energy engineering eu events example \
    expert family filterd finance fit foundation fun gbl global gmbh gov green group guru hamburg health help home hosting house info \
    institute int intern internal international intra intranet invalid jobs koeln kim koln lan land law legal life link live loc local \
    localdomain localhost localnet ltd management marketing media microsoft mil mobi moe museum name net network news ngo ninja nrw one online \
    onion ong org page partners party photo plus post press priv private pro pub red reinject rocks ruhr run saarland sale school science \
    services shop show site social software solutions space store stream studio support swiss systems team tech technology test tips today \
    tools top training travel tv university vet vin vip watch website wiki win work works world wtf xyz zone";

/// The words that stay, by the place in which they may.
#[derive(Debug)]
pub struct Vocabulary {
    read: HashSet<&'static [u8]>,
    duties: HashSet<&'static [u8]>,
    senders: HashSet<&'static [u8]>,
    subjects: HashSet<&'static [u8]>,
    ends: HashSet<&'static [u8]>,
}

impl Vocabulary {
    /// All of them.
    pub fn new() -> Self {
        let set = |words: &'static str| words.split_whitespace().map(str::as_bytes).collect::<HashSet<_>>();
        let mut read = set(READ);
        read.extend(set(PROGRAMS));
        read.extend(DOMAINS.map(str::as_bytes));
        Self { read, duties: set(DUTIES), senders: set(SENDERS), subjects: set(SUBJECTS), ends: set(ENDS) }
    }

    /// Whether a word, or a name with dots, may stand anywhere but in a name or subject. In lower case.
    pub fn has(&self, word: &[u8]) -> bool {
        self.read.contains(word)
    }

    /// Whether a text is made of such words and of short numbers: `AES256`, `auto-replied`, `TLS1_2`. Letters beyond ASCII end a word:
    /// in other encodings than UTF-8 they cannot be read.
    pub fn has_parts(&self, text: &[u8]) -> bool {
        is_made_of(text, |word| self.read.contains(word))
    }

    /// Whether a label of a host's name only says what the machine does: `mx2`, `smtp-out`.
    pub fn is_duty(&self, label: &[u8]) -> bool {
        let digits = label.iter().filter(|byte| byte.is_ascii_digit()).count();
        digits <= 3
            && label.iter().any(u8::is_ascii_alphabetic)
            && (self.duties.contains(label) || is_made_of(label, |word| self.duties.contains(word)))
    }

    /// Whether a word may stand in the place of a name.
    pub fn is_sender(&self, word: &[u8]) -> bool {
        self.senders.contains(word)
    }

    /// Whether a word may stand at the start of a subject.
    pub fn is_subject(&self, word: &str) -> bool {
        const STARTS: [&str; 3] = ["abwesenheit", "autorespon", "undeliver"];
        self.subjects.contains(word.as_bytes()) || STARTS.iter().any(|start| word.starts_with(start))
    }

    /// Whether a label is the end of a name on the internet, or of one inside a network.
    pub fn is_end(&self, label: &[u8]) -> bool {
        let is_country = label.len() == 2 && label.iter().all(u8::is_ascii_alphabetic);
        is_country || self.ends.contains(label) || label.starts_with(b"xn--")
    }
}

/// Whether a text consists of words that fit and of numbers of up to four figures.
fn is_made_of(text: &[u8], fits: impl Fn(&[u8]) -> bool) -> bool {
    let mut has_word = false;
    let mut pieces = text.split(|byte| matches!(byte, b'.' | b'-' | b'_')).filter(|piece| !piece.is_empty());
    let is_made = pieces.all(|piece| {
        if fits(piece) {
            has_word = true;
            return true;
        }
        // A queue id such as `3F535AF2688` is no word with a number.
        let runs = || piece.chunk_by(|one, other| class(*one) == class(*other));
        runs().count() <= 3
            && runs().all(|run| {
                has_word |= !run.iter().all(u8::is_ascii_digit);
                match class(run.first().copied().unwrap_or_default()) {
                    Class::Digit => run.len() <= 4,
                    Class::Letter => fits(run),
                    Class::Other => false,
                }
            })
    });
    is_made && has_word
}

#[derive(PartialEq)]
enum Class {
    Digit,
    Letter,
    Other,
}

fn class(byte: u8) -> Class {
    match byte {
        b'0'..=b'9' => Class::Digit,
        _ if byte.is_ascii_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether a host's name is that of a machine of a large provider. In lower case.
pub fn is_provider_machine(name: &str) -> bool {
    // A tenant's door is called after its domain: `example-com.mail.protection.outlook.com`.
    let door =
        name.strip_suffix(".mail.protection.outlook.com").is_some_and(|label| !label.contains(['-', '.']));
    door || MACHINES.iter().any(|end| name.ends_with(end))
}

/// Whether a mailbox is nobody's. In lower case.
pub fn is_role(local: &str) -> bool {
    ROLES.contains(&local)
}

/// Whether a program puts this into the names of mailboxes. In lower case.
pub fn is_affix(part: &str) -> bool {
    AFFIXES.contains(&part)
}

/// Whether a word before a colon marks an answer. In lower case.
pub fn is_answer(word: &[u8]) -> bool {
    ANSWERS.split(' ').any(|answer| answer.as_bytes() == word)
}
