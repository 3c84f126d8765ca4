package dev.stile.local;

import dev.stile.assurance.Policy;
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
    var judge =
        new Following<>(
            ambience.policies()::current,
            policy -> new LoginAuthorizerHandler(settings(policy, ambience, within)));
    try {
      judge.get();
    } catch (IllegalArgumentException e) {
      throw new BadOptions("the policy is refused: " + e.getMessage());
    }
    return new LocalAuthorizer(judge);
  }

  private static LoginSettings settings(
      Policy policy, LocalModule.Ambience ambience, IdentityProvider within) {
    List<LoginIssuer> issuers =
        LoginSettings.issuers(policy).stream()
            .map(issuer -> isWithin(issuer, within) ? issuer.keys(within.keys()) : issuer)
            .toList();
    var verifier = AccessTokenVerifier.of(issuers, ambience.clock());
    return new LoginSettings(verifier, policy, ambience.log());
  }

  private static boolean isWithin(LoginIssuer issuer, IdentityProvider within) {
    return issuer.issuer().toString().equals(within.issuer());
  }
}
