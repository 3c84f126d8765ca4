package dev.stile.engines;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Where the engines listen, and whom they let in. A browser reaches loopback too, so what comes
/// from a page (it has an `Origin`) or by another name (a rebound DNS entry) is turned away.
final class Loopback {
  static final String ADDRESS = "127.0.0.1";

  private Loopback() {}

  static InetSocketAddress anyPort() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
  }

  static URI endpoint(int port) {
    return URI.create("http://" + ADDRESS + ":" + port);
  }

  static boolean admits(@Nullable String host, @Nullable String origin, int port) {
    return origin == null
        && ((ADDRESS + ":" + port).equals(host) || ("localhost:" + port).equals(host));
  }
}
