//! A transaction on a connection that is used again only if the transaction ended as it was told to.
//!
//! sqlx counts how many transactions a connection has open. The count is wrong once the database ends one by itself, as
//! SQLite does on a full disk: the next "transaction" is then a savepoint that nobody commits. So BEGIN, COMMIT and ROLLBACK
//! are plain statements here, and a connection whose state is not certain is closed.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};

/// A transaction. Dropped before its end, it takes the connection with it: the database rolls back.
pub(super) struct Transaction {
    /// None once it has ended.
    connection: Option<PoolConnection<Any>>,
}

impl Transaction {
    /// Begins one with a statement such as `BEGIN`.
    pub(super) async fn begin(pool: &AnyPool, statement: &'static str) -> Result<Self, sqlx::Error> {
        let mut transaction = Self { connection: Some(pool.acquire().await?) };
        transaction.run(statement).await?;
        Ok(transaction)
    }

    /// Ends it with everything that was done in it. After an error nobody knows whether that was kept.
    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        self.end("COMMIT").await
    }

    /// Ends it without a trace.
    pub(super) async fn rollback(self) -> Result<(), sqlx::Error> {
        self.end("ROLLBACK").await
    }

    async fn end(mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        self.run(statement).await?;
        // Only now is the connection as clean as it was: it goes back to the pool.
        self.connection.take();
        Ok(())
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(statement).execute(&mut **self).await.map(|_| ())
    }
}

impl Deref for Transaction {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        self.connection.as_ref().unwrap_or_else(|| unreachable!("only `end` takes the connection, and consumes this"))
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().unwrap_or_else(|| unreachable!("only `end` takes the connection, and consumes this"))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Closed without another word: whatever it would answer, it could not be trusted.
            drop(connection.detach());
        }
    }
}
