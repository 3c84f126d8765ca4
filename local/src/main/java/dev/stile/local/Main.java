package dev.stile.local;

import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/// `./stile`: starts everything, says where it is, and waits to be stopped.
final class Main {
  private static final int BAD_USE = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length == 0 || Arrays.asList(arguments).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    if (!arguments[0].equals("up")) {
      fail("unknown command " + arguments[0] + "; ./stile --help");
    }
    try {
      up(Options.parse(arguments));
    } catch (BadOptions | PolicyRefused e) {
      fail(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      fail("cannot start: " + e.getMessage());
    }
  }

  private static void up(Options options) throws IOException, InterruptedException {
    LocalStile stile = LocalStile.start(options, System.err);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stile)));
    System.out.println("Stile is ready: " + stile.base());
    System.out.println(
        """

          Open it in a browser: sign in as anyone, enroll, step up, read the grant.
          Or with curl, as the README shows:

            curl -s %1$s/local/token -d '{"sub":"ada"}'
            curl -s %1$s/local/inbox

          A back end signs for its users (SigV4, key STILELOCAL, secret stilelocalsecret,
          region eu-central-1, service execute-api):

            curl -s %1$s/v1/users/ada/challenges -d '{"action":"login"}' \\
              --aws-sigv4 aws:amz:eu-central-1:execute-api --user STILELOCAL:stilelocalsecret

          Ctrl-C stops everything%2$s.\
        """
            .formatted(stile.base(), options.data() == null ? " and forgets it" : ""));
    new CountDownLatch(1).await();
  }

  /// At once: the hooks of libraries would wait for threads that have nothing to do any more.
  private static void stop(LocalStile stile) {
    stile.close();
    Runtime.getRuntime().halt(0);
  }

  private static void fail(String message) {
    System.err.println("stile: " + message);
    System.exit(BAD_USE);
  }
}
