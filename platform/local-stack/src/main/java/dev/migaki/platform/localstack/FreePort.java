package dev.migaki.platform.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Asks the operating system for a port nobody listens on; somebody else may take it before it is
 * used.
 */
final class FreePort {

  private FreePort() {}

  static int orElseChosen(int port) {
    return port == 0 ? choose() : port;
  }

  static int choose() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LocalStackException("no free port on 127.0.0.1", e);
    }
  }
}
