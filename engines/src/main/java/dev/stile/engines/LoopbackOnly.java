package dev.stile.engines;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Stands before DynamoDB Local, which by itself answers every web page (`Allow-Origin: *`).
final class LoopbackOnly extends Handler.Wrapper {
  LoopbackOnly(Handler guarded) {
    super(guarded);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var headers = request.getHeaders();
    if (Loopback.admits(
        headers.get(HttpHeader.HOST),
        headers.get(HttpHeader.ORIGIN),
        Request.getLocalPort(request))) {
      return super.handle(request, response, callback);
    }
    Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
    return true;
  }
}
