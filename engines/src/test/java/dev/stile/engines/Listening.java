package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/// Asserts where an engine can be reached, by knocking at every address of this machine.
final class Listening {
  private Listening() {}

  static void onLoopbackAlone(URI endpoint) throws IOException {
    assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
    knock(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
    // Another loopback address stands for the rest on machines that have no other.
    refuses(new InetSocketAddress("127.0.0.2", endpoint.getPort()));
    NetworkInterface.networkInterfaces()
        .filter(Listening::reachesOut)
        .flatMap(NetworkInterface::inetAddresses)
        .forEach(address -> refuses(new InetSocketAddress(address, endpoint.getPort())));
  }

  private static void refuses(InetSocketAddress address) {
    assertThatIOException().isThrownBy(() -> knock(address));
  }

  private static boolean reachesOut(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }

  private static void knock(InetSocketAddress address) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, 1_000);
    }
  }
}
