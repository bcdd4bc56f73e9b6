//! A web server on this machine: serves dist/ below a path as a real host would, and records every request.

use crate::Outcome;
use anyhow::Context;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::Response;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

/// Where the page lies on the server: not at its root, because a help desk's own page lies there.
pub const PATH: &str = "/help/desk/hopscope/";

/// One request and the answer's status.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The path, without the query.
    pub path: String,
    /// The HTTP status of the answer.
    pub status: u16,
}

/// A running server. It ends when it is dropped.
pub struct Server {
    /// `http://127.0.0.1:` and its port.
    pub origin: String,
    record: Record,
    task: JoinHandle<()>,
}

type Record = Arc<Mutex<Vec<Asked>>>;

/// What a request passes: the record, and the headers of the hosting settings.
#[derive(Clone)]
struct Hosting {
    record: Record,
    headers: Arc<[(HeaderName, HeaderValue)]>,
}

impl Server {
    /// Serves dist/ with exactly the headers that dist/hosting/_headers asks for.
    pub async fn start() -> Outcome<Self> {
        Self::start_with(&dist()).await
    }

    /// Serves a folder with the same headers.
    pub async fn start_with(folder: &Path) -> Outcome<Self> {
        let hosting = Hosting { record: Record::default(), headers: shipped_headers()?.into() };
        let record = hosting.record.clone();
        let router = Router::new()
            .nest_service(PATH.trim_end_matches('/'), ServeDir::new(folder))
            .layer(middleware::from_fn_with_state(hosting, answer));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(async move {
            // It serves until the task is aborted; an error before that shows as a failing request.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { origin, record, task })
    }

    /// The address of the page.
    pub fn page(&self) -> String {
        format!("{}{PATH}", self.origin)
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(hosting): State<Hosting>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let asked = Asked { path, status: response.status().as_u16() };
    hosting.record.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    response.headers_mut().extend(hosting.headers.iter().cloned());
    response
}

/// The folder that `cargo xtask dist` writes.
pub fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}

fn shipped_headers() -> Outcome<Vec<(HeaderName, HeaderValue)>> {
    let path = dist().join("hosting/_headers");
    let text = std::fs::read_to_string(path).context("dist/ is not there; run `cargo xtask dist` first")?;
    let lines = text.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
    lines.map(|(name, value)| Ok((HeaderName::try_from(name)?, HeaderValue::try_from(value)?))).collect()
}
