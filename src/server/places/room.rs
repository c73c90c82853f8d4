//! Chooses the connection to close when the limit is reached and another client connects.

use std::collections::HashMap;
use std::sync::Arc;

use super::{ConnectionPool, ConnectionSlot, PAUSE, TICKS_OF_NEW, TICKS_OF_SLOW_READERS};
use crate::server::client::Client;

impl ConnectionPool {
    /// Waits until a slot is free, closing an idle connection if there is one.
    pub(in crate::server) async fn room(&self) {
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
        let places = self.all();
        // A connection that is already closing makes room, too.
        if places.iter().any(|place| place.is_given_notice() || place.is_evicted()) {
            return;
        }
        let now = self.clock.ticks();
        let is_slow = |place: &Arc<ConnectionSlot>| now.saturating_sub(place.stalled()) >= TICKS_OF_SLOW_READERS;
        // A client with very many connections gives up one of its own: the one that has been useless for longest.
        if let Some(client) = self.largest(&places) {
            let own = places.iter().filter(|place| Client::from(place.peer) == client);
            if let Some(place) =
                own.filter(|place| place.is_silent() || is_slow(place)).min_by_key(|place| place.since())
            {
                return place.make_room();
            }
        }
        // A new connection has had no time to send a request.
        let is_idle =
            |place: &&Arc<ConnectionSlot>| place.is_silent() && now.saturating_sub(place.since()) >= TICKS_OF_NEW;
        let idle = places.iter().filter(is_idle).min_by_key(|place| place.since());
        let slow = || places.iter().filter(|place| is_slow(place)).min_by_key(|place| place.since());
        if let Some(place) = idle.or_else(slow) {
            place.make_room();
        }
    }

    /// Returns the client that has more than a quarter of all connections, if any.
    fn largest(&self, places: &[Arc<ConnectionSlot>]) -> Option<Client> {
        let mut numbers: HashMap<Client, usize> = HashMap::new();
        for place in places {
            *numbers.entry(Client::from(place.peer)).or_default() += 1;
        }
        let (client, number) = numbers.into_iter().max_by_key(|(_, number)| *number)?;
        (number > self.limit / 4).then_some(client)
    }
}
