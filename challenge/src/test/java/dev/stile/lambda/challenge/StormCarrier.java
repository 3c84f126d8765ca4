package dev.stile.lambda.challenge;

import dev.stile.message.Courier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A carrier that writes down what is sent, is busy at times, and brings the worker down before or
/// after it took a message.
final class StormCarrier implements Courier {
  private static final Pattern CODE = Pattern.compile("\\d{6,8}");

  private final Random random;
  private final Recipients recipients;
  private final Map<String, Integer> sent = new HashMap<>();
  private final Set<String> crashed = new HashSet<>();
  private int crashes;
  private int busy;

  StormCarrier(Random random, Recipients recipients) {
    this.random = random;
    this.recipients = recipients;
  }

  /// Who knows what they wait for.
  @FunctionalInterface
  interface Recipients {
    /// The name of the sending that is due at this address.
    ///
    /// @throws AssertionError where none is, or its code is another
    String receive(String to, String code);
  }

  /// The process is gone, and with it all that it knew.
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Outcome sms(String e164, String body) {
    return take(e164, body);
  }

  @Override
  public Outcome email(String address, Mail mail) {
    return take(address, mail.text());
  }

  private synchronized Outcome take(String to, String body) {
    int fate = random.nextInt(1000);
    if (fate < 25) {
      crashes++;
      throw new Crash();
    }
    if (fate < 55) {
      busy++;
      return new Outcome.Unavailable("throttled");
    }
    Matcher code = CODE.matcher(body);
    if (!code.find()) {
      throw new AssertionError("a message without a code");
    }
    String what = recipients.receive(to, code.group());
    sent.merge(what, 1, Integer::sum);
    if (fate < 80) {
      crashes++;
      crashed.add(what);
      throw new Crash();
    }
    return new Outcome.Accepted("id");
  }

  /// How often each sending went out.
  Map<String, Integer> sent() {
    return sent;
  }

  /// What went out just before a crash.
  Set<String> crashed() {
    return crashed;
  }

  int crashes() {
    return crashes;
  }

  int busy() {
    return busy;
  }
}
