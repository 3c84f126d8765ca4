package dev.stile.local;

import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Protocol;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Transport;

/// What a person may have at hand, as Chromium plays it.
enum Authenticators {
  /// The device itself, which knows its user.
  BUILT_IN(Protocol.CTAP2, Transport.INTERNAL, true, true),
  /// A security key of today with a PIN, that keeps passkeys.
  KEY_WITH_PIN(Protocol.CTAP2, Transport.USB, true, true),
  /// One without a PIN, that keeps none.
  KEY_WITHOUT_PIN(Protocol.CTAP2, Transport.USB, false, false),
  /// A security key of before FIDO2.
  OLD_KEY(Protocol.U2F, Transport.USB, false, false);

  private final Protocol protocol;
  private final Transport transport;
  private final boolean keepsPasskeys;
  private final boolean knowsUser;

  Authenticators(Protocol protocol, Transport transport, boolean keepsPasskeys, boolean knowsUser) {
    this.protocol = protocol;
    this.transport = transport;
    this.keepsPasskeys = keepsPasskeys;
    this.knowsUser = knowsUser;
  }

  boolean knowsUser() {
    return knowsUser;
  }

  VirtualAuthenticator plugInto(RunningBrowser browser) {
    return browser
        .driver()
        .addVirtualAuthenticator(
            new VirtualAuthenticatorOptions()
                .setProtocol(protocol)
                .setTransport(transport)
                .setHasResidentKey(keepsPasskeys)
                .setHasUserVerification(knowsUser)
                .setIsUserVerified(knowsUser)
                .setIsUserConsenting(true));
  }
}
