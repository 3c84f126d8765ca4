package dev.stile.local;

import dev.stile.lambda.authorizer.LoginAuthorizerHandler;
import dev.stile.lambda.authorizer.LoginSettings;
import dev.stile.local.Options.BadOptions;
import dev.stile.verifier.AccessTokenVerifier;
import dev.stile.verifier.LoginIssuer;
import java.util.List;

/// Judges access tokens at the self-service door as the function does in an account: those of the
/// identity provider within, whose key needs no asking for, and those of any other issuer that the
/// policy trusts.
final class LocalLogin {
  private LocalLogin() {}

  /// @throws BadOptions if the policy trusts an issuer in a way that cannot be judged
  static LocalAuthorizer of(LocalModule.Ambience ambience, IdentityProvider within) {
    try {
      return judging(ambience, within);
    } catch (IllegalArgumentException e) {
      throw new BadOptions("the policy is refused: " + e.getMessage());
    }
  }

  private static LocalAuthorizer judging(LocalModule.Ambience ambience, IdentityProvider within) {
    List<LoginIssuer> issuers =
        LoginSettings.issuers(ambience.policy()).stream()
            .map(issuer -> isWithin(issuer, within) ? issuer.keys(within.keys()) : issuer)
            .toList();
    var verifier = AccessTokenVerifier.of(issuers, ambience.clock());
    return new LocalAuthorizer(
        new LoginAuthorizerHandler(new LoginSettings(verifier, ambience.policy(), ambience.log())));
  }

  private static boolean isWithin(LoginIssuer issuer, IdentityProvider within) {
    return issuer.issuer().toString().equals(within.issuer());
  }
}
