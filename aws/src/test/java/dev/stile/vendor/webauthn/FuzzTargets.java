package dev.stile.vendor.webauthn;

import static dev.stile.vendor.webauthn.Ceremonials.CEREMONIES;
import static dev.stile.vendor.webauthn.Ceremonials.CEREMONY;
import static dev.stile.vendor.webauthn.Ceremonials.KEY;
import static dev.stile.vendor.webauthn.Ceremonials.KNOWN;
import static dev.stile.vendor.webauthn.Ceremonials.OPTIONS;

import dev.stile.edge.Json;
import dev.stile.edge.JsonObject;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.key.Bytes;
import dev.stile.problem.ProblemException;
import dev.stile.vendor.webauthn.SpecificationVectors.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;

/// What reads bytes of strangers, and what must hold for any: nothing is thrown but a problem of
/// the caller's, and nothing is taken that was not signed.
enum FuzzTargets {
  REQUEST_BODY {
    @Override
    void accept(byte[] data) {
      try {
        JsonObject body = Json.object(data);
        body.names().forEach(name -> takeAll(body, name));
        body.noMore();
      } catch (ProblemException e) {
        hold(e.problem().code().status() < 500);
      }
    }

    @Override
    Stream<byte[]> seeds() {
      return Stream.of(
              "{\"action\":\"pay\",\"binding\":{\"amount\":\"1\"},\"max_age\":300}",
              "{\"credential\":{\"id\":\"AA\",\"response\":{\"transports\":[\"usb\"]}},\"a\":[{}]}",
              "{\"code\":\"\\u0031\\ud83d\\ude00\",\"b\":true,\"c\":null,\"d\":-1.5e3}")
          .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
  },

  CLIENT_DATA {
    @Override
    void accept(byte[] data) {
      var assertion =
          new AssertionResponse(
              HONEST.id(),
              Bytes.of(data),
              HONEST.authenticatorData(),
              HONEST.signature(),
              HONEST.userHandle());
      holdSigned(assertion, assertion.clientData().equals(HONEST.clientData()));
      CEREMONIES.register(
          CEREMONY,
          AttestationPolicy.NONE,
          new AttestationResponse(KEY.id(), Bytes.of(data), CREATED.attestationObject(), Set.of()));
    }

    @Override
    Stream<byte[]> seeds() {
      return Stream.concat(
          Stream.of(HONEST.clientData().array(), CREATED.clientData().array()),
          SpecificationVectors.all().stream()
              .flatMap(v -> Stream.of(v.create().clientData(), v.get().clientData()))
              .map(Bytes::array));
    }
  },

  ATTESTATION_OBJECT {
    @Override
    void accept(byte[] data) {
      var response =
          new AttestationResponse(KEY.id(), CREATED.clientData(), Bytes.of(data), Set.of());
      if (CEREMONIES.register(CEREMONY, AttestationPolicy.NONE, response)
          instanceof Registration.Registered(var credential)) {
        hold(credential.id().equals(KEY.id()));
        CredentialKey.of(credential.publicKey());
      }
    }

    @Override
    Stream<byte[]> seeds() {
      return Stream.concat(
          Stream.of(CREATED.attestationObject().array()),
          SpecificationVectors.all().stream().map(v -> v.create().attestationObject().array()));
    }
  },

  AUTHENTICATOR_DATA {
    @Override
    void accept(byte[] data) {
      var assertion =
          new AssertionResponse(
              HONEST.id(),
              HONEST.clientData(),
              Bytes.of(data),
              HONEST.signature(),
              HONEST.userHandle());
      holdSigned(assertion, assertion.authenticatorData().equals(HONEST.authenticatorData()));
    }

    @Override
    Stream<byte[]> seeds() {
      return Stream.concat(
          Stream.of(HONEST.authenticatorData().array()),
          SpecificationVectors.all().stream().flatMap(FuzzTargets::authenticatorData));
    }
  };

  private static final AssertionResponse HONEST = KEY.get(OPTIONS);
  private static final AttestationResponse CREATED = KEY.create(OPTIONS);

  abstract void accept(byte[] data);

  abstract Stream<byte[]> seeds();

  private static Stream<byte[]> authenticatorData(Vector vector) {
    return Stream.of(
        vector.get().authenticatorData().array(),
        CborReader.only(vector.create().attestationObject().array())
            .get(new Cbor.Text("authData"), Cbor.Octets.class)
            .value()
            .array());
  }

  private static void holdSigned(AssertionResponse assertion, boolean signed) {
    Authentication authentication = CEREMONIES.authenticate(CEREMONY, KNOWN, assertion);
    hold(signed == authentication instanceof Authentication.Authenticated);
  }

  private static void takeAll(JsonObject body, String name) {
    for (Runnable take :
        new Runnable[] {
          () -> body.optionalText(name),
          () -> body.wholeNumber(name),
          () -> body.flag(name),
          () -> body.texts(name),
          () -> body.objects(name),
          () -> body.object(name).ifPresent(inner -> inner.names().forEach(n -> takeAll(inner, n))),
          () -> body.optionalParse(name, Bytes::ofText)
        }) {
      try {
        take.run();
      } catch (ProblemException e) {
        hold(e.problem().code().status() < 500);
      }
    }
  }

  private static void hold(boolean condition) {
    if (!condition) {
      throw new AssertionError("taken, though it must not be");
    }
  }
}
