//! What the case knows of the sender's identity and of filters, as plain data.

use std::collections::HashSet;

use super::place;
use crate::case::Message;
use crate::case::auth::{ArcPart, Form, Statement, Trust};
use crate::case::filters;
use crate::report::identity::CHECKS;
use crate::report::model::{
    ArcSeal, Auth, AuthOutcome, AuthResults, AuthStatement, DkimSignature, Filter, FilterMeaning,
};
use crate::text::Span;

pub fn auth(message: &Message<'_>) -> Auth {
    let results = message.auth_results.iter().map(|results| AuthResults {
        authserv_id: results.authserv_id.clone(),
        text: results.text.clone(),
        span: place(results.span),
    });
    let auth = &message.auth;
    let signatures = auth.signatures.iter().map(|signed| DkimSignature {
        domain: signed.signature.domain.as_deref().map(str::to_owned),
        selector: signed.signature.selector.as_deref().map(str::to_owned),
        fields: signed.signature.fields.clone(),
        span: place(signed.span),
    });
    let seals = auth.seals.iter().filter_map(|sealed| {
        let ArcPart::Seal(seal) = &sealed.part else { return None };
        Some(ArcSeal {
            instance: seal.instance,
            domain: seal.domain.as_deref().map(str::to_owned),
            chain: seal.chain.as_ref().map(|chain| chain.word().to_owned()),
            span: place(sealed.span),
        })
    });
    let counted = counted(message);
    Auth {
        results: results.collect(),
        statements: auth.statements.iter().map(|it| statement(message, it, &counted)).collect(),
        signatures: signatures.collect(),
        seals: seals.collect(),
        from_domain: auth.from_domain.clone(),
        is_from_proved: auth.is_from_proved(),
        passed_on_by: message.relay.as_ref().map(crate::case::relay::Relay::words),
    }
}

/// The places of the results that count.
fn counted(message: &Message<'_>) -> HashSet<Span> {
    let believed = CHECKS.iter().flat_map(|method| message.auth.believed(method));
    believed.map(|result| result.outcome.span).collect()
}

fn statement(message: &Message<'_>, statement: &Statement, counted: &HashSet<Span>) -> AuthStatement {
    let outcomes = statement.results.iter().map(|outcome| AuthOutcome {
        method: outcome.method.value.clone(),
        result: outcome.word.value.clone(),
        domain: outcome.domain(),
        is_aligned: message.auth.is_aligned(outcome),
        reason: outcome.why().map(|why| why.value.clone()),
        ip: outcome.client().map(|ip| ip.to_string()),
        counts: counted.contains(&outcome.span),
        span: place(outcome.span),
    });
    AuthStatement {
        field: statement.name.clone(),
        span: place(statement.span),
        writer: statement.writer.clone(),
        hop: statement.hop,
        trust: trust(statement.trust).to_owned(),
        arc_instance: if let Form::Arc(instance) = statement.form { instance } else { None },
        results: outcomes.collect(),
    }
}

const fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Proven => "proven",
        Trust::Named => "named",
        Trust::Appended => "appended",
        Trust::Earlier => "earlier",
        Trust::Unknown => "unknown",
    }
}

pub fn filter(filter: &filters::Filter) -> Filter {
    let meanings = filter.filtered.meanings.iter().map(|meaning| FilterMeaning {
        key: meaning.key.clone(),
        value: meaning.value.clone(),
        text: meaning.text.clone(),
        source: meaning.source.to_owned(),
    });
    Filter {
        product: filter.filtered.product.to_owned(),
        field: filter.name.clone(),
        raw: filter.text.clone(),
        span: place(filter.span),
        hop: filter.hop,
        verdict: filter.filtered.judgement.map(|judgement| judgement.words().to_owned()),
        meanings: meanings.collect(),
    }
}
