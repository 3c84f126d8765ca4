package dev.stile.vendor.webauthn;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// The targets under Jazzer, which looks for inputs that reach new code. Its name keeps it out of
/// the build, where [FuzzRegressionTest] stands for it: Jazzer instruments every class of its
/// process, and fuzzes one target at a time (docs/testing.md).
class CeremoniesFuzz {
  private static final String MINUTE = "60s";

  @MethodSource
  @FuzzTest(maxDuration = MINUTE)
  void requestBody(byte[] data) {
    FuzzTargets.REQUEST_BODY.accept(data);
  }

  @MethodSource
  @FuzzTest(maxDuration = MINUTE)
  void clientData(byte[] data) {
    FuzzTargets.CLIENT_DATA.accept(data);
  }

  @MethodSource
  @FuzzTest(maxDuration = MINUTE)
  void attestationObject(byte[] data) {
    FuzzTargets.ATTESTATION_OBJECT.accept(data);
  }

  @MethodSource
  @FuzzTest(maxDuration = MINUTE)
  void authenticatorData(byte[] data) {
    FuzzTargets.AUTHENTICATOR_DATA.accept(data);
  }

  static Stream<byte[]> requestBody() {
    return FuzzTargets.REQUEST_BODY.seeds();
  }

  static Stream<byte[]> clientData() {
    return FuzzTargets.CLIENT_DATA.seeds();
  }

  static Stream<byte[]> attestationObject() {
    return FuzzTargets.ATTESTATION_OBJECT.seeds();
  }

  static Stream<byte[]> authenticatorData() {
    return FuzzTargets.AUTHENTICATOR_DATA.seeds();
  }
}
