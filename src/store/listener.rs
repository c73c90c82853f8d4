//! Listens for new releases, of which PostgreSQL notifies.

#[cfg(feature = "postgres")]
use sqlx::postgres::PgListener;

/// Listens for new releases. Not used without PostgreSQL.
#[derive(Debug)]
pub struct Listener(#[cfg(feature = "postgres")] PgListener);

#[cfg(feature = "postgres")]
impl Listener {
    pub(super) async fn connect(url: &str, channel: &str) -> Result<Self, sqlx::Error> {
        let mut listener = PgListener::connect(url).await?;
        listener.listen(channel).await?;
        Ok(Self(listener))
    }

    /// Waits for a new release. Returns `false` if the connection is lost.
    pub async fn notified(&mut self) -> bool {
        self.0.try_recv().await.is_ok_and(|notification| notification.is_some())
    }
}

#[cfg(not(feature = "postgres"))]
#[expect(clippy::unused_async, reason = "with PostgreSQL they wait")]
impl Listener {
    pub(super) async fn connect(_url: &str, _channel: &str) -> Result<Self, sqlx::Error> {
        Err(sqlx::Error::Configuration("built without PostgreSQL".into()))
    }

    /// Returns `false`, because there is no connection.
    pub async fn notified(&mut self) -> bool {
        false
    }
}
