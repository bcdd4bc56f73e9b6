//! What the end-to-end tests share: a browser, a web server, the page's parts by name, and the scenarios themselves.

pub mod browser;
pub mod mail;
pub mod network;
pub mod page;
pub mod scenarios;
pub mod server;
pub mod visit;

/// What a test returns.
pub type Outcome<T = ()> = anyhow::Result<T>;

/// Makes a test of every named scenario, on the page that `$open` opens.
#[macro_export]
macro_rules! try_on {
    ($open:path => $($scenario:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $scenario() -> $crate::Outcome {
            let visit = $open().await?;
            $crate::scenarios::$scenario(&visit).await?;
            visit.console_is_quiet().await
        }
    )+};
}
