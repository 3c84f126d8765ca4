package dev.stile.factor.totp;

import dev.stile.factor.TotpParameters;
import dev.stile.key.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// RFC 4226 §5.3 and §5.4 word for word, to hold the adapter and the check to.
public final class ReferenceHotp implements Hotp {
  @Override
  public String digits(Secret seed, TotpParameters parameters, long step) {
    byte[] hs = hmac(seed, parameters.hash().mac(), step);
    int offset = hs[hs.length - 1] & 0xf;
    int snum =
        (hs[offset] & 0x7f) << 24
            | (hs[offset + 1] & 0xff) << 16
            | (hs[offset + 2] & 0xff) << 8
            | (hs[offset + 3] & 0xff);
    var digits = new StringBuilder();
    for (int i = 0; i < parameters.digits(); i++) {
      digits.insert(0, (char) ('0' + snum % 10));
      snum /= 10;
    }
    return digits.toString();
  }

  private static byte[] hmac(Secret seed, String algorithm, long step) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(seed.reveal(), algorithm));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
