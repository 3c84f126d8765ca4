package dev.stile.local;

import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// `./stile`: its commands by name, and what they say when they cannot do their work.
final class Main {
  private static final int BAD_USE = 2;

  private static final Map<String, Command> COMMANDS =
      Map.of(
          "up", Main::up,
          "policy", arguments -> PolicyCommand.run(arguments, System.out),
          "keys", arguments -> KeysCommand.run(arguments, System.out),
          "receipt", arguments -> ReceiptCommand.run(arguments, System.out));

  /// Gets all arguments, its own name first, and gives the exit status.
  private interface Command {
    int run(List<String> arguments) throws IOException, InterruptedException;
  }

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length == 0 || Arrays.asList(arguments).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    Command command = COMMANDS.get(arguments[0]);
    if (command == null) {
      fail("unknown command " + arguments[0] + "; ./stile --help");
      return;
    }
    try {
      System.exit(command.run(List.of(arguments)));
    } catch (BadOptions | PolicyRefused e) {
      fail(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      fail("there is no file " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      fail("failed: " + e.getMessage());
    }
  }

  /// Starts everything, says where it is, and waits to be stopped.
  private static int up(List<String> arguments) throws IOException, InterruptedException {
    Options options = Options.parse(arguments.toArray(String[]::new));
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
    return 0;
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
