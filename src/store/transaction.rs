//! A database transaction whose connection goes back to the pool only after a clean end.
//!
//! sqlx counts the open transactions of a connection. The count is wrong once the database ends a transaction by
//! itself, as SQLite does when the disk is full: the next "transaction" is then a savepoint that nobody commits.
//! BEGIN, COMMIT and ROLLBACK are therefore plain statements here, and a connection in an unknown state is closed.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};

/// A transaction. Dropping it before its end closes the connection, so that the database rolls back.
pub(super) struct Transaction {
    /// `None` after the end.
    connection: Option<PoolConnection<Any>>,
}

impl Transaction {
    /// Begins a transaction with a statement such as `BEGIN`.
    pub(super) async fn begin(pool: &AnyPool, statement: &'static str) -> Result<Self, sqlx::Error> {
        let mut transaction = Self { connection: Some(pool.acquire().await?) };
        transaction.run(statement).await?;
        Ok(transaction)
    }

    /// Commits. After an error it is unknown whether the changes were kept.
    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        self.end("COMMIT").await
    }

    /// Rolls back.
    pub(super) async fn rollback(self) -> Result<(), sqlx::Error> {
        self.end("ROLLBACK").await
    }

    /// Closes the connection, and waits until it is closed. The database rolls back.
    pub(super) async fn close(mut self) {
        if let Some(connection) = self.connection.take() {
            // The connection is gone in any case.
            let _ = connection.close().await;
        }
    }

    async fn end(mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        self.run(statement).await?;
        // Only now is the connection clean: it goes back to the pool.
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
            // Close without a ROLLBACK: no reply of this connection can be trusted.
            drop(connection.detach());
        }
    }
}
