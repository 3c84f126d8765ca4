package dev.stile.factor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.factor.webauthn.SignedChallenge.Question;
import dev.stile.key.Bytes;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedChallengeTest {
  private static final Bytes NONCE = Bytes.of(new byte[SignedChallenge.NONCE_BYTES]);
  private static final Subject ADA = new Subject(new Tenant("acme"), "ada");
  private static final Question QUESTION = new Question("chl_1", "pay", "bnd", "Pay 10 EUR to Bo");
  private static final SignedChallenge CHALLENGE = new SignedChallenge(NONCE, ADA, QUESTION);

  @Test
  void isTheDigestOfItsFieldsEachWithItsLength() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    update(digest, "stile-assertion-v1".getBytes(StandardCharsets.UTF_8));
    update(digest, new byte[32]);
    for (String field : List.of("acme", "ada", "chl_1", "pay", "bnd", "Pay 10 EUR to Bo")) {
      update(digest, field.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(CHALLENGE.value()).isEqualTo(Bytes.of(digest.digest()));
  }

  @Test
  void changesWithEveryField() {
    byte[] other = new byte[32];
    other[31] = 1;
    assertThat(
            List.of(
                CHALLENGE.value(),
                new SignedChallenge(Bytes.of(other), ADA, QUESTION).value(),
                of(new Subject(new Tenant("acm"), "eada"), QUESTION),
                of(new Subject(new Tenant("acme"), "bo"), QUESTION),
                of(ADA, new Question("chl_2", "pay", "bnd", "Pay 10 EUR to Bo")),
                of(ADA, new Question("chl_1", "login", "bnd", "Pay 10 EUR to Bo")),
                of(ADA, new Question("chl_1", "pay", "bnd2", "Pay 10 EUR to Bo")),
                of(ADA, new Question("chl_1", "pay", "bnd", "Pay 99 EUR to Bo")),
                of(ADA, new Question("chl_1", "pa", "ybnd", "Pay 10 EUR to Bo"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesANonceOfAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignedChallenge(Bytes.of(new byte[31]), ADA, QUESTION));
  }

  private static Bytes of(Subject subject, Question question) {
    return new SignedChallenge(NONCE, subject, question).value();
  }

  private static void update(MessageDigest digest, byte[] field) {
    digest.update(ByteBuffer.allocate(4).putInt(field.length).array());
    digest.update(field);
  }
}
