package dev.stile.local;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An authenticator app, straight from RFC 6238, at the server's time.
final class Authenticator implements Device {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private final Answer enrollment;
  private final Time time;
  private long shown;

  Authenticator(Answer enrollment, Time time) {
    this.enrollment = enrollment;
    this.time = time;
    this.shown = step(time.instant()) - 1;
  }

  Answer enrollment() {
    return enrollment;
  }

  @Override
  public String id() {
    return enrollment.id();
  }

  String secret() {
    return enrollment.text("/secret");
  }

  Duration period() {
    return Duration.ofSeconds(enrollment.at("/period").asLong());
  }

  private int digits() {
    return enrollment.at("/digits").asInt();
  }

  long step(Instant moment) {
    return moment.getEpochSecond() / period().toSeconds();
  }

  Instant begin(long step) {
    return Instant.ofEpochSecond(step * period().toSeconds());
  }

  /// Moves to a step whose code was not shown yet.
  @Override
  public void rest() {
    time.until(begin(shown + 1));
  }

  /// Moves to the beginning of the next step, so that tests have the whole of it.
  void startStep() {
    time.until(begin(step(time.instant()) + 1));
  }

  @Override
  public String code() {
    Instant now = time.instant();
    shown = step(now);
    return codeAt(now);
  }

  String codeAt(Instant moment) {
    return codeOf(step(moment));
  }

  String codeOf(long step) {
    try {
      String algorithm = "Hmac" + enrollment.text("/algorithm");
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(seed(), algorithm));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int offset = hash[hash.length - 1] & 0x0f;
      int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
      return String.format(
          Locale.ROOT, "%0" + digits() + "d", number % (int) Math.pow(10, digits()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  byte[] seed() {
    var bytes = ByteBuffer.allocate(secret().length() * 5 / 8);
    long bits = 0;
    int count = 0;
    for (char c : secret().toCharArray()) {
      bits = bits << 5 | BASE32.indexOf(c);
      count += 5;
      if (count >= 8) {
        count -= 8;
        bytes.put((byte) (bits >> count));
      }
    }
    return bytes.array();
  }

  /// A code of the right length that is far from right; another one for each `i`.
  String wrong(int i) {
    long now = step(time.instant());
    return IntStream.iterate(i, n -> n + 1)
        .mapToObj(n -> String.format(Locale.ROOT, "%0" + digits() + "d", 314_159 + n * 7))
        .filter(code -> IntStream.rangeClosed(-4, 8).noneMatch(n -> codeOf(now + n).equals(code)))
        .findFirst()
        .orElseThrow();
  }

  String wrong() {
    return wrong(0);
  }
}
