//! Hears of releases as they are published, where the database tells of them: a PostgreSQL does.

#[cfg(feature = "postgres")]
use sqlx::postgres::PgListener;

/// Hears of releases as they are published. Without PostgreSQL there is nobody to hear.
#[derive(Debug)]
pub struct Listener(#[cfg(feature = "postgres")] PgListener);

#[cfg(feature = "postgres")]
impl Listener {
    pub(super) async fn connect(url: &str, channel: &str) -> Result<Self, sqlx::Error> {
        let mut listener = PgListener::connect(url).await?;
        listener.listen(channel).await?;
        Ok(Self(listener))
    }

    /// Waits for a release. False if the connection is gone.
    pub async fn heard(&mut self) -> bool {
        self.0.try_recv().await.is_ok_and(|told| told.is_some())
    }
}

#[cfg(not(feature = "postgres"))]
#[expect(clippy::unused_async, reason = "with PostgreSQL they wait")]
impl Listener {
    pub(super) async fn connect(_url: &str, _channel: &str) -> Result<Self, sqlx::Error> {
        Err(sqlx::Error::Configuration("built without PostgreSQL".into()))
    }

    /// False, because there is no connection.
    pub async fn heard(&mut self) -> bool {
        false
    }
}
