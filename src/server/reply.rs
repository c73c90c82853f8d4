//! A response that may still be in progress, and the service for one connection.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use hyper::{Request, Response};
use tokio::sync::oneshot;

use super::answer::ResponseBody;
use super::body_file::StoredBody;
use super::live::ServerState;
use super::meter::Route;
use super::places::ConnectionSlot;
use super::service::Service;
use super::short::something_went_wrong;

/// The response to a request: ready, or in progress.
pub struct Reply {
    pub(super) state: ReplyState,
    pub(super) live: Arc<ServerState>,
    pub(super) route: Route,
    pub(super) begun: Instant,
    /// The body, if it is also in a file.
    pub(super) stored: Option<Arc<StoredBody>>,
}

/// The progress of a response.
pub(super) enum ReplyState {
    Ready(Option<Response<ResponseBody>>),
    /// In progress. If this is dropped, the job need not begin.
    UnderWay(oneshot::Receiver<Response<ResponseBody>>),
}

impl Future for Reply {
    type Output = Result<Response<ResponseBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match &mut self.state {
            ReplyState::Ready(response) => {
                return Poll::Ready(Ok(response.take().unwrap_or_else(something_went_wrong)));
            }
            ReplyState::UnderWay(work) => match Pin::new(work).poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(done) => done.unwrap_or_else(|_| something_went_wrong()),
            },
        };
        self.live.meter().answered(self.route, &response, self.begun.elapsed());
        Poll::Ready(Ok(response))
    }
}

/// The service for one connection.
pub(super) struct ConnectionService {
    pub(super) service: Service,
    pub(super) place: Arc<ConnectionSlot>,
}

impl<B> hyper::service::Service<Request<B>> for ConnectionService {
    type Response = Response<ResponseBody>;
    type Error = Infallible;
    type Future = Reply;

    fn call(&self, request: Request<B>) -> Reply {
        self.place.mark_busy();
        let client = self.service.client(self.place.peer(), request.headers());
        let mut reply = self.service.answer_to(client, &request);
        self.place.sends(reply.stored.take());
        reply
    }
}
