package dev.stile.vendor.totp;

import com.warrenstrange.googleauth.GoogleAuthenticator;
import com.warrenstrange.googleauth.GoogleAuthenticatorConfig.GoogleAuthenticatorConfigBuilder;
import com.warrenstrange.googleauth.HmacHashFunction;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.Hotp;
import dev.stile.key.Base32;
import dev.stile.key.Secret;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The primitive of googleauth and nothing else of it: its `authorize` refuses the valid code
/// 000000, accepts replays and does not tell the step that matched; its random numbers are
/// SHA1PRNG.
public final class GoogleAuthHotp implements Hotp {
  private final ConcurrentMap<TotpParameters, GoogleAuthenticator> authenticators =
      new ConcurrentHashMap<>();

  @Inject
  public GoogleAuthHotp() {}

  @Override
  public String digits(Secret seed, TotpParameters parameters, long step) {
    // The library knows moments only; the first of a step stands for it.
    long moment = Math.multiplyExact(step, parameters.period().toMillis());
    GoogleAuthenticator authenticator =
        authenticators.computeIfAbsent(parameters, GoogleAuthHotp::authenticator);
    int code = authenticator.getTotpPassword(Base32.UPPER.encode(seed.reveal()), moment);
    return padded(code, parameters.digits());
  }

  /// Without a format, whose digits would be those of the machine's language.
  private static String padded(int code, int digits) {
    return Integer.toString(powerOfTen(digits) + code).substring(1);
  }

  private static int powerOfTen(int digits) {
    return digits == 8 ? 100_000_000 : 1_000_000;
  }

  private static GoogleAuthenticator authenticator(TotpParameters parameters) {
    return new GoogleAuthenticator(
        new GoogleAuthenticatorConfigBuilder()
            .setCodeDigits(parameters.digits())
            .setTimeStepSizeInMillis(parameters.period().toMillis())
            .setHmacHashFunction(HmacHashFunction.valueOf(parameters.hash().mac()))
            .build());
  }
}
