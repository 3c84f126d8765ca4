package dev.stile.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/// A function that the gateway calls: its edge and its routes.
public record HttpFunction(HttpEdge edge, Router router) {
  public void answer(InputStream in, OutputStream out) throws IOException {
    edge.answer(in, out, router);
  }

  /// The route keys that the gateway sends here.
  public Set<String> routes() {
    return router.keys();
  }
}
