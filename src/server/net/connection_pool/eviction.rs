//! Chooses the connection to close when the limit is reached and another client connects.

use std::collections::HashMap;
use std::sync::Arc;

use super::{ConnectionPool, ConnectionSlot, PAUSE, TICKS_OF_NEW, TICKS_OF_SLOW_READERS};
use crate::server::net::client::Client;

impl ConnectionPool {
    /// Waits until a slot is free, closing an idle connection if there is one.
    pub(in crate::server) async fn wait_for_slot(&self) {
        loop {
            let freed = self.freed.notified();
            if self.taken().len() < self.limit {
                return;
            }
            self.make_room();
            // If all connections are busy, one that becomes idle is found a little later.
            let _ = tokio::time::timeout(PAUSE, freed).await;
        }
    }

    fn make_room(&self) {
        let slots = self.all();
        // A connection that is already closing makes room, too.
        if slots.iter().any(|slot| slot.is_close_requested() || slot.is_evicted()) {
            return;
        }
        let now = self.clock.ticks();
        let is_slow = |slot: &Arc<ConnectionSlot>| now.saturating_sub(slot.stalled()) >= TICKS_OF_SLOW_READERS;
        // A client with very many connections gives up one of its own: the one that has been useless for longest.
        if let Some(client) = self.largest(&slots) {
            let own = slots.iter().filter(|slot| Client::from(slot.peer) == client);
            if let Some(slot) = own.filter(|slot| slot.is_idle() || is_slow(slot)).min_by_key(|slot| slot.since()) {
                return slot.make_room();
            }
        }
        // A new connection has had no time to send a request.
        let is_idle = |slot: &&Arc<ConnectionSlot>| slot.is_idle() && now.saturating_sub(slot.since()) >= TICKS_OF_NEW;
        let idle = slots.iter().filter(is_idle).min_by_key(|slot| slot.since());
        let slow = || slots.iter().filter(|slot| is_slow(slot)).min_by_key(|slot| slot.since());
        if let Some(slot) = idle.or_else(slow) {
            slot.make_room();
        }
    }

    /// Returns the client that has more than a quarter of all connections, if any.
    fn largest(&self, slots: &[Arc<ConnectionSlot>]) -> Option<Client> {
        let mut counts: HashMap<Client, usize> = HashMap::new();
        for slot in slots {
            *counts.entry(Client::from(slot.peer)).or_default() += 1;
        }
        let (client, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (count > self.limit / 4).then_some(client)
    }
}
