//! How are connections taken and let go? So that slow clients hold up nobody, and a server that is told to stop finishes
//! what it has begun.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use super::routes::router;
use super::state::State;

/// A client has this long to say what it wants.
const HEAD: Duration = Duration::from_secs(10);

/// After a failed `accept` (too many open files, say) others may succeed a moment later.
const BREATH: Duration = Duration::from_millis(50);

pub(super) async fn run(
    state: Arc<State>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let service = TowerToHyperService::new(router(&state));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    let connections = Arc::new(Semaphore::new(state.settings.connections.max(1)));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&connections).acquire_owned() => place,
            () = &mut stop => break,
        };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = stream else {
            sleep(BREATH).await;
            continue;
        };
        let connection = builder.serve_connection(TokioIo::new(watched(&state, stream)), service.clone()).into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _place = place;
            // A client that breaks its connection off is no trouble of ours.
            let _ = connection.await;
        });
    }
    drop(listener);
    let _ = timeout(state.longest(), graceful.shutdown()).await;
    Ok(())
}

/// A connection that ends when its client neither takes nor gives for too long. While a query runs the client has nothing
/// to give, so reading has the time of a query besides.
fn watched(state: &State, stream: TcpStream) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    // Answers are sent whole or in large pieces; without this the last would wait for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_read_timeout(Some(state.settings.idle + state.longest()));
    stream.set_write_timeout(Some(state.settings.idle));
    Box::pin(stream)
}
