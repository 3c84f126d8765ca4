package dev.stile.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.subject.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {
  private static final Tenant ACME = new Tenant("acme");
  private final FixedKeys keys = new FixedKeys();
  private final KeyedDigest digest = new KeyedDigest(keys);

  @Test
  void isHmacSha256OverTheJoinedFields() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(keys.key(ACME, KeyUse.ANSWER, 3));
    byte[] expected = mac.doFinal("\0\0\0\1a\0\0\0\2bc".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(digest.of(ACME, KeyUse.ANSWER, 3, "a", "bc")).isEqualTo(expected);
    assertThat(digest.text(ACME, KeyUse.ANSWER, 3, "a", "bc"))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(expected))
        .hasSize(43);
  }

  @Test
  void changesWithTenantUseEpochAndEveryField() {
    Set<String> digests = new HashSet<>();
    digests.add(digest.text(ACME, KeyUse.ANSWER, 1, "a", "b"));
    digests.add(digest.text(new Tenant("other"), KeyUse.ANSWER, 1, "a", "b"));
    digests.add(digest.text(ACME, KeyUse.INDEX, 1, "a", "b"));
    digests.add(digest.text(ACME, KeyUse.ANSWER, 2, "a", "b"));
    digests.add(digest.text(ACME, KeyUse.ANSWER, 1, "b", "a"));
    digests.add(digest.text(ACME, KeyUse.ANSWER, 1, "ab"));
    digests.add(digest.text(ACME, KeyUse.ANSWER, 1, "ab", ""));
    assertThat(digests).hasSize(7);
  }

  @Test
  void passesOnThatAKeyCannotBeHad() {
    assertThatExceptionOfType(Keys.KeyUnavailable.class)
        .isThrownBy(() -> digest.of(ACME, KeyUse.ANSWER, 65_536, "a"));
  }
}
