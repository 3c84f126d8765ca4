package dev.stile.vendor.webauthn;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The targets of the fuzzer on their seeds and on mutations of these, the same in every run; the
/// fuzzer itself runs by hand (docs/testing.md).
@Tag("R25")
class FuzzRegressionTest {
  private static final int MUTATIONS = 2_000;
  private static final int MOST = 8;

  @ParameterizedTest
  @EnumSource
  void holdsForSeeds(FuzzTargets target) {
    target.seeds().forEach(target::accept);
  }

  @ParameterizedTest
  @EnumSource
  void holdsForMutations(FuzzTargets target) {
    List<byte[]> seeds = target.seeds().toList();
    var random = new Random(target.name().hashCode());
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] data = seeds.get(random.nextInt(seeds.size()));
      for (int change = random.nextInt(MOST); change >= 0; change--) {
        data = mutated(data, random);
      }
      byte[] mutation = data;
      assertThatCode(() -> target.accept(mutation))
          .as(() -> HexFormat.of().formatHex(mutation))
          .doesNotThrowAnyException();
    }
  }

  /// A bit or a byte changed, a part left out, doubled or cut off.
  private static byte[] mutated(byte[] data, Random random) {
    if (data.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    byte[] changed = data.clone();
    int at = random.nextInt(data.length);
    int length = 1 + random.nextInt(Math.min(16, data.length - at));
    switch (random.nextInt(5)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt();
      case 2 -> changed = join(data, at, data, at + length);
      case 3 -> changed = join(data, at + length, data, at);
      default -> changed = Arrays.copyOf(data, at);
    }
    return changed;
  }

  /// The beginning of one up to here, and the end of another from there.
  private static byte[] join(byte[] head, int end, byte[] tail, int from) {
    byte[] joined = Arrays.copyOf(head, end + tail.length - from);
    System.arraycopy(tail, from, joined, end, tail.length - from);
    return joined;
  }
}
