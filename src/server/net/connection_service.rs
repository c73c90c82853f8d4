//! A response that may still be in progress, and the service for one connection.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use hyper::{Request, Response};
use tokio::sync::oneshot;

use crate::server::net::connection_pool::ConnectionSlot;
use crate::server::response::answer::ResponseBody;
use crate::server::response::body_file::StoredBody;
use crate::server::response::fixed::something_went_wrong;
use crate::server::routes::service::Service;
use crate::server::state::ServerState;
use crate::server::state::metrics::Route;

/// The response to a request: ready, or in progress.
pub struct ResponseFuture {
    pub(in crate::server) progress: ResponseProgress,
    pub(in crate::server) state: Arc<ServerState>,
    pub(in crate::server) route: Route,
    pub(in crate::server) started: Instant,
    /// The body, if it is also in a file.
    pub(in crate::server) stored: Option<Arc<StoredBody>>,
}

/// The progress of a response.
pub(in crate::server) enum ResponseProgress {
    Ready(Option<Response<ResponseBody>>),
    /// In progress. If this is dropped, the job need not begin.
    Pending(oneshot::Receiver<Response<ResponseBody>>),
}

impl Future for ResponseFuture {
    type Output = Result<Response<ResponseBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match &mut self.progress {
            ResponseProgress::Ready(response) => {
                return Poll::Ready(Ok(response.take().unwrap_or_else(something_went_wrong)));
            }
            ResponseProgress::Pending(work) => match Pin::new(work).poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(done) => done.unwrap_or_else(|_| something_went_wrong()),
            },
        };
        self.state.metrics().count_answer(self.route, &response, self.started.elapsed());
        Poll::Ready(Ok(response))
    }
}

/// The service for one connection.
pub(in crate::server) struct ConnectionService {
    pub(in crate::server) service: Service,
    pub(in crate::server) slot: Arc<ConnectionSlot>,
}

impl<B> hyper::service::Service<Request<B>> for ConnectionService {
    type Response = Response<ResponseBody>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn call(&self, request: Request<B>) -> ResponseFuture {
        self.slot.mark_busy();
        let client = self.service.client(self.slot.peer(), request.headers());
        let mut reply = self.service.answer_to(client, &request);
        self.slot.set_stored(reply.stored.take());
        reply
    }
}
